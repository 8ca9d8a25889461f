import { decodeEventLog, type Hex } from "viem";
import { expect, test } from "vitest";
import { uniswapV2FactoryAbi } from "../../abis/uniswapV2Factory.ts";
import { uniswapV2PairAbi } from "../../abis/uniswapV2Pair.ts";
import { change, pairTerms, swap, sync, transfer } from "../../src/protocols/uniswapV2.ts";

// Topics as the published contracts emit them; addresses in the mixed case that a client hands over.
const FACTORY = "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f";
const PAIR = "0xB4e16d0168e52d35CaCD2c6185b44281Ec28C9Dc";
const USDC = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
const WETH = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
const ROUTER = "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D";
const word = (hex: string): Hex => `0x${hex.replace("0x", "").toLowerCase().padStart(64, "0")}`;
const data = (...words: string[]): Hex => `0x${words.map((hex) => word(hex).slice(2)).join("")}`;

const log = { address: PAIR } as const;
const pairLog = (topics: Hex[], payload: Hex) =>
  decodeEventLog({ abi: uniswapV2PairAbi, topics: topics as [Hex, ...Hex[]], data: payload });

test("PairCreated is a pool with the fee of every pair and without ticks", () => {
  const { args } = decodeEventLog({
    abi: uniswapV2FactoryAbi,
    topics: ["0x0d3648bd0f6ba80134a33ba9275ac585d9d315f0ad8355cddefde31afa28d0e9", word(USDC), word(WETH)],
    data: data(PAIR, "1"),
  });
  expect(pairTerms({ args, log: { address: FACTORY } })).toEqual({
    poolId: "0xb4e16d0168e52d35cacd2c6185b44281ec28c9dc",
    factory: "0x5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f",
    token0: "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
    token1: "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
    fee: 3000,
    dynamicFee: false,
    tickSpacing: null,
    hooks: null,
  });
});

test("a Swap keeps its four unsigned legs apart: which of them is the price's comes later", () => {
  const decoded = pairLog(
    ["0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822", word(ROUTER), word(USDC)],
    data("1", "2", "3", "4"),
  );
  if (decoded.eventName !== "Swap") throw new Error(decoded.eventName);
  expect(swap({ args: decoded.args, log })).toEqual({
    poolId: PAIR.toLowerCase(),
    sender: ROUTER.toLowerCase(),
    recipient: USDC.toLowerCase(),
    amount0In: 1n,
    amount1In: 2n,
    amount0Out: 3n,
    amount1Out: 4n,
  });
});

test("Mint and Burn say amounts alone; LP tokens and holders are in Transfers, reserves in Sync", () => {
  const minted = pairLog(
    ["0x4c209b5fc8ad50758f13e2e1088ba56a560dff690a1c6fef26394f4c03821c4f", word(ROUTER)],
    data("5", "6"),
  );
  const burnt = pairLog(
    ["0xdccd412f0b1252819cb1fd330b93224ca42612892bb3f4f789976e6d81936496", word(ROUTER), word(USDC)],
    data("7", "8"),
  );
  const moved = pairLog(
    ["0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", word(USDC), word(PAIR)],
    data("9"),
  );
  const synced = pairLog(
    ["0x1c411e9a96e071241c2f21f7726b17ae89e3cab4c78be50e062b03a9fffbbad1"],
    data("a", "b"),
  );
  const poolId = PAIR.toLowerCase();
  if (minted.eventName !== "Mint" || burnt.eventName !== "Burn") throw new Error("another event");
  if (moved.eventName !== "Transfer" || synced.eventName !== "Sync") throw new Error("another event");
  expect(change({ args: minted.args, log })).toEqual({ poolId, amount0: 5n, amount1: 6n });
  expect(change({ args: burnt.args, log })).toEqual({ poolId, amount0: 7n, amount1: 8n });
  expect(transfer({ args: moved.args, log })).toEqual({
    ...{ poolId, from: USDC.toLowerCase(), to: poolId, shares: 9n },
  });
  expect(sync({ args: synced.args, log })).toEqual({ poolId, reserve0: 10n, reserve1: 11n });
});
