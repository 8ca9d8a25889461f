import { createRequire } from "node:module";
import { type AbiEvent, toEventSelector } from "viem";
import { expect, it } from "vitest";
import { algebraFactoryAbi } from "../../abis/algebraFactory.ts";
import { algebraPoolAbi } from "../../abis/algebraPool.ts";
import { algebraPositionManagerAbi } from "../../abis/algebraPositionManager.ts";
import { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import { pancakeV3PoolAbi } from "../../abis/pancakeV3Pool.ts";
import { uniswapV2FactoryAbi } from "../../abis/uniswapV2Factory.ts";
import { uniswapV2PairAbi } from "../../abis/uniswapV2Pair.ts";
import { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { uniswapV4PoolManagerAbi } from "../../abis/uniswapV4PoolManager.ts";
import { uniswapV4PositionManagerAbi } from "../../abis/uniswapV4PositionManager.ts";

const require = createRequire(import.meta.url);

type Item = { type: string; name?: string };

const CASES: [file: string, ours: readonly Item[]][] = [
  ["@uniswap/v2-core/build/UniswapV2Factory.json", uniswapV2FactoryAbi],
  ["@uniswap/v2-core/build/UniswapV2Pair.json", uniswapV2PairAbi],
  ["@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json", uniswapV3FactoryAbi],
  ["@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json", uniswapV3PoolAbi],
  [
    "@uniswap/v3-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json",
    nonfungiblePositionManagerAbi,
  ],
  ["@uniswap/v4-core/out/PoolManager.sol/PoolManager.json", uniswapV4PoolManagerAbi],
  ["@uniswap/v4-periphery/foundry-out/PositionManager.sol/PositionManager.json", uniswapV4PositionManagerAbi],
  [
    "@pancakeswap/v3-core/artifacts/contracts/PancakeV3Factory.sol/PancakeV3Factory.json",
    uniswapV3FactoryAbi,
  ],
  ["@pancakeswap/v3-core/artifacts/contracts/PancakeV3Pool.sol/PancakeV3Pool.json", pancakeV3PoolAbi],
  [
    "@cryptoalgebra/integral-core/artifacts/contracts/AlgebraFactory.sol/AlgebraFactory.json",
    algebraFactoryAbi,
  ],
  ["@cryptoalgebra/integral-core/artifacts/contracts/AlgebraPool.sol/AlgebraPool.json", algebraPoolAbi],
  [
    "@cryptoalgebra/integral-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json",
    algebraPositionManagerAbi,
  ],
];

it.each(CASES)("%s: every item that we read is one of the published contract's", (file, ours) => {
  const { abi } = require(file) as { abi: Item[] };
  const theirs = new Set(abi.map(wireForm));
  expect(ours.map(wireForm).filter((form) => !theirs.has(form))).toEqual([]);
  expect(ours.length).toBeGreaterThan(0);
});

/** What of an item decides how it looks on the chain: parameters' names do not. */
function wireForm(item: Item): string {
  if (item.type === "event") {
    const event = item as AbiEvent;
    return `${toEventSelector(event)} ${event.inputs.map(({ indexed }) => indexed)}`;
  }
  const { name, inputs = [], outputs = [] } = item as Item & { inputs?: Item[]; outputs?: Item[] };
  return `${name}(${inputs.map(({ type }) => type)}) -> ${outputs.map(({ type }) => type)}`;
}
