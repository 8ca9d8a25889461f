import { beforeAll, expect, test } from "vitest";
import { type DecodedLog, loadHandlers } from "../inMemory/indexLogs.ts";
import type { Tables } from "../inMemory/memoryDatabase.ts";

const address = (byte: string) => `0x${byte.repeat(20)}` as const;
const [FACTORY, MANAGER, POOL, ALICE] = [address("fa"), address("ee"), address("aa"), address("a1")];
const RANGE = { owner: ALICE, sender: ALICE, recipient: ALICE, tickLower: -60, tickUpper: 60 };

let index: (logs: readonly DecodedLog[]) => Promise<Tables>;
beforeAll(async () => {
  index = await loadHandlers({ factory: FACTORY, positionManager: MANAGER });
});

const log = (contract: string, name: string, args: object, blockNumber: number): DecodedLog => {
  const hash = `0x${"00".repeat(32)}`;
  const of = contract === "UniswapV3Factory" ? FACTORY : POOL;
  const block = { number: BigInt(blockNumber), hash, parentHash: hash, timestamp: 1_700_000_000n };
  const event = { args, block, log: { address: of, logIndex: 0 }, transaction: { hash } };
  return { name: `${contract}:${name}`, address: of, event };
};

// A pool of one unit of liquidity; what follows needs 2^127 more, whose Mint is lost.
const few = [
  log(
    "UniswapV3Factory",
    "PoolCreated",
    { token0: address("10"), token1: address("11"), fee: 3000, tickSpacing: 60, pool: POOL },
    1,
  ),
  log("UniswapV3Pool", "Initialize", { sqrtPriceX96: 2n ** 96n, tick: 0 }, 2),
  log("UniswapV3Pool", "Mint", { ...RANGE, amount: 1n, amount0: 1n, amount1: 1n }, 3),
];

test.for([
  ["a flash", "Flash", { amount0: 0n, amount1: 0n, paid0: 2n ** 200n, paid1: 0n }],
  [
    "a swap of token0",
    "Swap",
    { amount0: 2n ** 192n, amount1: -1n, sqrtPriceX96: 2n ** 96n - 1n, tick: -1, liquidity: 1n },
  ],
  [
    "a swap of token1",
    "Swap",
    { amount0: -1n, amount1: 2n ** 192n, sqrtPriceX96: 2n ** 96n + 1n, tick: 0, liquidity: 1n },
  ],
] as const)(
  "%s that outgrows 256 bits by the liquidity that is known quarantines its pool",
  async ([, name, args]) => {
    const rows = await index([...few, log("UniswapV3Pool", name, { ...RANGE, ...args }, 4)]);
    expect([...(rows.get("quarantine")?.values() ?? [])]).toMatchObject([{ poolId: POOL, blockNumber: 4 }]);
  },
);
