import { decodeEventLog, type Hex } from "viem";
import { expect, test } from "vitest";
import { algebraFactoryAbi } from "../../abis/algebraFactory.ts";
import { algebraPoolAbi } from "../../abis/algebraPool.ts";
import { algebraPositionManagerAbi } from "../../abis/algebraPositionManager.ts";
import {
  burn,
  collect,
  excessTokens,
  firstPrice,
  lessBurnFee,
  mint,
  nftIncrease,
  poolTerms,
  swap,
} from "../../src/protocols/algebraIntegral.ts";

const POOL = "0xC09A7c1bE2Fd5E5B8c7D2f2Bd5fE1E3d0a5B9f01";
const log = { address: POOL } as const;
const OWNER = "0x00000000000000000000000000000000000c0ffe";
const word = (value: bigint): string => BigInt.asUintN(256, value).toString(16).padStart(64, "0");
const words = (...values: bigint[]): Hex => `0x${values.map(word).join("")}`;
const topic = (value: bigint): Hex => `0x${word(value)}`;
const owner = topic(BigInt(OWNER));

test("a Swap keeps the pool's signs and says nothing of its fee, which the log before it does", () => {
  const { args } = decodeEventLog({
    abi: algebraPoolAbi,
    eventName: "Swap",
    topics: ["0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67", owner, owner],
    data: words(1_000n, -990n, 2n ** 96n - 7n, 10n ** 18n, -1n),
  });
  expect(swap({ args, log })).toEqual({
    poolId: "0xc09a7c1be2fd5e5b8c7d2f2bd5fe1e3d0a5b9f01",
    sender: OWNER,
    recipient: OWNER,
    fee: null,
    amount0: 1_000n,
    amount1: -990n,
    sqrtPriceX96: 79228162514264337593543950329n,
    tick: -1,
    liquidity: 1_000_000_000_000_000_000n,
  });
});

test("Mint, Burn and Collect name their ticks bottom and top, and mean Uniswap's", () => {
  const range = { tickLower: -120, tickUpper: 60, owner: OWNER, poolId: POOL.toLowerCase() };
  const ticks = [owner, topic(-120n), topic(60n)] as const;
  const minted = decodeEventLog({
    abi: algebraPoolAbi,
    eventName: "Mint",
    topics: ["0x7a53080ba414158be7ec69b987b5fb7d07dee101fe85488f0853ae16239d0bde", ...ticks],
    data: words(BigInt(OWNER), 500n, 3n, 4n),
  });
  expect(mint({ args: minted.args, log })).toEqual({
    ...range,
    sender: OWNER,
    liquidityDelta: 500n,
    amount0: 3n,
    amount1: 4n,
  });
  const burnt = decodeEventLog({
    abi: algebraPoolAbi,
    eventName: "Burn",
    topics: ["0x0c396cd989a39f4459b5fa1aed6a9a8dcdbc45908acfd67e028cd568da98982c", ...ticks],
    data: words(200n, 1n, 2n),
  });
  expect(burn({ args: burnt.args, log })).toEqual({
    ...range,
    liquidityDelta: -200n,
    amount0: 1n,
    amount1: 2n,
  });
  const paid = decodeEventLog({
    abi: algebraPoolAbi,
    eventName: "Collect",
    topics: ["0x70935338e69775456a85ddef226c395fb668b63fa0115f5f20610b388e6ca9c0", ...ticks],
    data: words(BigInt(OWNER), 5n, 0n),
  });
  expect(collect({ args: paid.args, log })).toEqual({ ...range, amount0: 5n, amount1: 0n });
});

test("a token of which the pool lacks some has given nothing", () => {
  const args = { amount0: 7n, amount1: 2n ** 256n - 3n };
  expect(excessTokens({ args, log })).toEqual({ amount0: 7n, amount1: 0n });
});

test("a plugin's part of withdrawn principal is rounded down for each token", () => {
  const principal = { amount0: 1_999n, amount1: 10n };
  expect(lessBurnFee(principal, 1_000)).toEqual({ amount0: 1_998n, amount1: 10n });
  expect(lessBurnFee(principal, 999_999)).toEqual({ amount0: 1n, amount1: 1n });
  expect(lessBurnFee(principal, 0)).toEqual(principal);
});

test("a pool has no fee and no tick spacing before its own logs tell them; its first price is called so", () => {
  const { args } = decodeEventLog({
    abi: algebraFactoryAbi,
    eventName: "Pool",
    topics: ["0x91ccaa7a278130b65168c3a0c8d3bcae84cf5e43704342bd3ec0b59e59c036db", topic(1n), topic(2n)],
    data: `0x${word(BigInt(POOL))}`,
  });
  expect(poolTerms({ args, log: { address: "0x00000000000000000000000000000000000000FA" } })).toEqual({
    poolId: "0xc09a7c1be2fd5e5b8c7d2f2bd5fe1e3d0a5b9f01",
    factory: "0x00000000000000000000000000000000000000fa",
    token0: "0x0000000000000000000000000000000000000001",
    token1: "0x0000000000000000000000000000000000000002",
    fee: null,
    dynamicFee: true,
    tickSpacing: null,
    hooks: null,
  });
  expect(firstPrice({ args: { price: 5n, tick: -3 }, log })).toEqual({ sqrtPriceX96: 5n, tick: -3 });
});

test("IncreaseLiquidity counts the liquidity that came of the one that was asked for", () => {
  const { args } = decodeEventLog({
    abi: algebraPositionManagerAbi,
    eventName: "IncreaseLiquidity",
    topics: ["0x8a82de7fe9b33e0e6bca0e26f5bd14a74f1164ffe236d50e0a36c3ea70f2b814", topic(9n)],
    data: words(100n, 98n, 3n, 4n, BigInt(POOL)),
  });
  expect(nftIncrease({ args, log })).toEqual({
    manager: POOL.toLowerCase(),
    tokenId: 9n,
    liquidity: 98n,
    amount0: 3n,
    amount1: 4n,
  });
});
