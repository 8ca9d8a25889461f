import { decodeEventLog, type Hex } from "viem";
import { expect, test } from "vitest";
import { uniswapV4PoolManagerAbi } from "../../abis/uniswapV4PoolManager.ts";
import { uniswapV4PositionManagerAbi } from "../../abis/uniswapV4PositionManager.ts";
import {
  donation,
  modification,
  nftTransfer,
  poolTerms,
  protocolFee,
  swap,
} from "../../src/protocols/uniswapV4.ts";

const MANAGER = "0x000000000004444c5dc75cB358380D2e3dE08A90";
const NFTS = "0xbD216513d74C8cf14cf4747E6AaA6420FF64ee9e";
const ID = `0x${"Ab".repeat(32)}` as const;
const log = { address: MANAGER } as const;
const word = (value: bigint) => BigInt.asUintN(256, value).toString(16).padStart(64, "0");
const data = (...values: bigint[]): Hex => `0x${values.map(word).join("")}`;
const topic = (value: bigint): Hex => `0x${word(value)}`;
const CALLER = 0xbd216513d74c8cf14cf4747e6aaa6420ff64ee9en;

test("a Swap names the id in a topic and what the swapper received: the pool's change is the opposite", () => {
  const { args } = decodeEventLog({
    abi: uniswapV4PoolManagerAbi,
    eventName: "Swap",
    topics: ["0x40e9cecb9f5f1f1c5b9c97dec2917b7ee92e57ba5563708daca94dd84ad7112f", ID, topic(CALLER)],
    data: data(-10_000_000n, 9_993_000n, 2n ** 96n, 10n ** 18n, -1n, 3499n),
  });
  expect(swap({ args, log })).toEqual({
    poolId: ID.toLowerCase(),
    sender: "0xbd216513d74c8cf14cf4747e6aaa6420ff64ee9e",
    recipient: null,
    fee: 3499,
    amount0: 10_000_000n,
    amount1: -9_993_000n,
    sqrtPriceX96: 79228162514264337593543950336n,
    tick: -1,
    liquidity: 1_000_000_000_000_000_000n,
  });
});

test("a ModifyLiquidity's owner is its sender, and its salt tells positions of one range apart", () => {
  const { args } = decodeEventLog({
    abi: uniswapV4PoolManagerAbi,
    eventName: "ModifyLiquidity",
    topics: ["0xf208f4912782fd25c7f114ca3723a2d5dd6f3bcc3ac8db5af63baa85f711d5ec", ID, topic(CALLER)],
    data: data(-887_220n, 60n, -(10n ** 18n), 0xabcdefn),
  });
  expect(modification({ args, log })).toEqual({
    poolId: ID.toLowerCase(),
    owner: "0xbd216513d74c8cf14cf4747e6aaa6420ff64ee9e",
    tickLower: -887_220,
    tickUpper: 60,
    liquidityDelta: -1_000_000_000_000_000_000n,
    salt: "0x0000000000000000000000000000000000000000000000000000000000abcdef",
  });
});

const initialize = (fee: bigint) =>
  decodeEventLog({
    abi: uniswapV4PoolManagerAbi,
    eventName: "Initialize",
    topics: [
      "0xdd466e674ea557f56295e2d0218a125ea4b4f0f6f3307b95f85e6110838d6438",
      ID,
      topic(0n),
      topic(0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48n),
    ],
    data: data(fee, 10n, 0x2080n, 2n ** 96n, 0n),
  }).args;

test("an Initialize tells all of a pool: currency 0 may be address 0, and hooks stand in its key", () => {
  expect(poolTerms({ args: initialize(500n), log })).toEqual({
    poolId: ID.toLowerCase(),
    factory: "0x000000000004444c5dc75cb358380d2e3de08a90",
    token0: "0x0000000000000000000000000000000000000000",
    token1: "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
    fee: 500,
    dynamicFee: false,
    tickSpacing: 10,
    hooks: "0x0000000000000000000000000000000000002080",
    sqrtPriceX96: 79228162514264337593543950336n,
    tick: 0,
  });
});

test("0x800000 is no fee but says that the hook sets it; the highest fee is one", () => {
  expect(poolTerms({ args: initialize(0x800000n), log })).toMatchObject({ fee: null, dynamicFee: true });
  expect(poolTerms({ args: initialize(1_000_000n), log })).toMatchObject({
    fee: 1_000_000,
    dynamicFee: false,
  });
});

test("a protocol fee is two of 12 bits: the lower ones on token0's input, the upper ones on token1's", () => {
  const { args } = decodeEventLog({
    abi: uniswapV4PoolManagerAbi,
    eventName: "ProtocolFeeUpdated",
    topics: ["0xe9c42593e71f84403b84352cd168d693e2c9fcd1fdbcc3feb21d92b43e6696f9", ID],
    data: data(0x3e8001n),
  });
  expect(protocolFee({ args, log })).toEqual({
    poolId: ID.toLowerCase(),
    feeProtocol0: 1,
    feeProtocol1: 1000,
  });
});

test("a Donate's amounts came in", () => {
  const { args } = decodeEventLog({
    abi: uniswapV4PoolManagerAbi,
    eventName: "Donate",
    topics: ["0x29ef05caaff9404b7cb6d1c0e9bbae9eaa7ab2541feba1a9c4248594c08156cb", ID, topic(CALLER)],
    data: data(5n, 2n ** 127n - 1n),
  });
  expect(donation({ args, log })).toEqual({
    poolId: ID.toLowerCase(),
    amount0: 5n,
    amount1: 170141183460469231731687303715884105727n,
  });
});

test("an NFT's Transfer names its manager: token ids repeat", () => {
  const { args } = decodeEventLog({
    abi: uniswapV4PositionManagerAbi,
    eventName: "Transfer",
    topics: [
      "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
      topic(0n),
      topic(CALLER),
      topic(7n),
    ],
    data: "0x",
  });
  expect(nftTransfer({ args, log: { address: NFTS } })).toEqual({
    manager: "0xbd216513d74c8cf14cf4747e6aaa6420ff64ee9e",
    tokenId: 7n,
    from: "0x0000000000000000000000000000000000000000",
    to: "0xbd216513d74c8cf14cf4747e6aaa6420ff64ee9e",
  });
});
