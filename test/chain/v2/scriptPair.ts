import { type AbiEvent, type Address, type Hex, padHex, toHex } from "viem";
import { uniswapV2FactoryAbi } from "../../../abis/uniswapV2Factory.ts";
import { uniswapV2PairAbi } from "../../../abis/uniswapV2Pair.ts";
import { encodeLog } from "../../replay/encodeLog.ts";
import type { PairLog } from "./indexPairs.ts";

export const FACTORY = "0x00000000000000000000000000000000000000fa";
export const PAIR = "0x00000000000000000000000000000000000000aa";
export const TOKEN0 = "0x0000000000000000000000000000000000000010";
export const TOKEN1 = "0x0000000000000000000000000000000000000011";
export const ZERO = `0x${"00".repeat(20)}` as const;
export const [ALICE, BOB, CAROL, FEE_TO] = ["a1", "b0", "c0", "fe"].map((byte) => `0x${byte.repeat(20)}`) as [
  Address,
  Address,
  Address,
  Address,
];

type Encoded = { address: Address; topics: Hex[]; data: Hex };

const pairLog = (name: string, args: object): Encoded => {
  const event = uniswapV2PairAbi.find((item) => item.type === "event" && item.name === name) as AbiEvent;
  return { address: PAIR, ...encodeLog(event, { ...args }) };
};

export const created = (): Encoded => ({
  address: FACTORY,
  ...encodeLog(uniswapV2FactoryAbi[0], { token0: TOKEN0, token1: TOKEN1, pair: PAIR, allPairsLength: 1n }),
});
export const transfer = (from: Address, to: Address, value: bigint) =>
  pairLog("Transfer", { from, to, value });
export const sync = (reserve0: bigint, reserve1: bigint) => pairLog("Sync", { reserve0, reserve1 });
export const mint = (amount0: bigint, amount1: bigint) =>
  pairLog("Mint", { sender: ALICE, amount0, amount1 });
export const burn = (amount0: bigint, amount1: bigint, to = BOB) =>
  pairLog("Burn", { sender: ALICE, amount0, amount1, to });
export const swap = (legs: {
  amount0In?: bigint;
  amount1In?: bigint;
  amount0Out?: bigint;
  amount1Out?: bigint;
}) =>
  pairLog("Swap", {
    ...{ sender: ALICE, to: BOB, amount0In: 0n, amount1In: 0n, amount0Out: 0n, amount1Out: 0n },
    ...legs,
  });

/** Logs of a chain from block 1 on: each list is the one transaction of a block, a minute after the one before. */
export function script(...transactions: Encoded[][]): PairLog[] {
  return transactions.flatMap((logs, i) =>
    logs.map((log, logIndex) => ({
      ...log,
      ...{ blockNumber: i + 1, logIndex, timestamp: 1_700_000_000 + 60 * i },
      transactionHash: padHex(toHex(i + 1), { size: 32 }),
    })),
  );
}
