import { decodeEventLog, type Hex } from "viem";
import { expect, test } from "vitest";
import { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import {
  burn,
  collect,
  mint,
  mintLogIndex,
  nftChange,
  poolTerms,
  swap,
} from "../../src/protocols/uniswapV3.ts";

// Logs of Ethereum mainnet, 2024-01-05: pool USDC/WETH 0.05 % and the position manager; PoolCreated of that pool.
const POOL = "0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640";
const MANAGER = "0xC36442b4a4522E871399CD717aBDD847Ab11FE88";
const word = (hex: string) => hex.padStart(64, "0");
const JIT = "0x00000000000000000000000051c72848c68a965f66fa7a88855f9f7784502a7f";

test("a mainnet Swap becomes an event with the pool's signs: the trader paid WETH in and took USDC out", () => {
  const args = decode(
    "Swap",
    [
      "0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67",
      "0x0000000000000000000000003fc91a3afd70395cd496c647d5a6cc9d4b2b7fad",
      "0x0000000000000000000000003fc91a3afd70395cd496c647d5a6cc9d4b2b7fad",
    ],
    "0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffea5d662000000000000000000000000000000000000000000000000002386f26fc1000000000000000000000000000000000000000051fdf2fd9b2526872a9b723450f2000000000000000000000000000000000000000000000000acd43e0e7cf808c50000000000000000000000000000000000000000000000000000000000030985",
  );
  expect(swap({ args, log: { address: POOL } })).toEqual({
    poolId: "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640",
    sender: "0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad",
    recipient: "0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad",
    fee: null,
    amount0: -22686110n,
    amount1: 10000000000000000n,
    sqrtPriceX96: 1662995104975155420368771254341874n,
    liquidity: 12453647101533358277n,
    tick: 199045,
  });
});

test("Mint adds liquidity, Burn takes it away, Collect pays out; a vault's are its own", () => {
  const range = { tickLower: 199060, tickUpper: 199070, owner: JIT.replace("000000000000000000000000", "") };
  const topics = (signature: Hex): [Hex, ...Hex[]] => [
    signature,
    JIT,
    `0x${word("30994")}`,
    `0x${word("3099e")}`,
  ];
  const minted = decode(
    "Mint",
    topics("0x7a53080ba414158be7ec69b987b5fb7d07dee101fe85488f0853ae16239d0bde"),
    `${JIT}${word("151a96cfbd690c0000")}${word("6e711932265")}${word("280e6b68857e3671e1")}` as Hex,
  );
  expect(mint({ args: minted, log: { address: POOL } })).toEqual({
    ...range,
    poolId: POOL.toLowerCase(),
    sender: range.owner,
    liquidityDelta: 389297572651811471360n,
    amount0: 7589502067301n,
    amount1: 738908802009978532321n,
  });
  const burnt = decode(
    "Burn",
    topics("0x0c396cd989a39f4459b5fa1aed6a9a8dcdbc45908acfd67e028cd568da98982c"),
    `0x${word("151a96cfbd690c0000")}${word("6dd3f8fb806")}${word("2910b7ad8aa708ae08")}`,
  );
  expect(burn({ args: burnt, log: { address: POOL } }).liquidityDelta).toBe(-389297572651811471360n);
  const paid = decode(
    "Collect",
    topics("0x70935338e69775456a85ddef226c395fb668b63fa0115f5f20610b388e6ca9c0"),
    `${JIT}${word("6dd3f8fb806")}${word("2910d8c1aea41bddd4")}` as Hex,
  );
  expect(collect({ args: paid, log: { address: POOL } })).toEqual({
    ...range,
    poolId: POOL.toLowerCase(),
    amount0: 7547323922438n,
    amount1: 757530440077489724884n,
  });
});

test("IncreaseLiquidity names its NFT; the pool's Mint stands two logs before a new one, one before an old one", () => {
  const { args } = decodeEventLog({
    abi: nonfungiblePositionManagerAbi,
    eventName: "IncreaseLiquidity",
    topics: ["0x3067048beee31b25b2f1681f88dac838c8bba36af25bfb2b7cf7473a5847e35f", `0x${word("9bf57")}`],
    data: `0x${word("dd9f7bc7e785796a6")}${word("8d14ea746e9ed9850ab")}${word("660e1de8bd2c96")}`,
  });
  expect(nftChange({ args, log: { address: MANAGER } })).toEqual({
    manager: MANAGER.toLowerCase(),
    tokenId: 638807n,
    liquidity: 255513902435072972454n,
    amount0: 41639968950989054562475n,
    amount1: 28725969246039190n,
  });
  expect(mintLogIndex(230, true)).toBe(228);
  expect(mintLogIndex(230, false)).toBe(229);
});

test("PoolCreated gives a pool's fixed terms, all in lower case", () => {
  const { args } = decodeEventLog({
    abi: uniswapV3FactoryAbi,
    eventName: "PoolCreated",
    topics: [
      "0x783cca1c0412dd0d695e784568c96da2e9c22ff989357a2e8b1d9b2b4e6b7118",
      `0x${word("a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48")}`,
      `0x${word("c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2")}`,
      `0x${word("1f4")}`,
    ],
    data: `0x${word("a")}${word(POOL.slice(2).toLowerCase())}`,
  });
  expect(poolTerms({ args, log: { address: "0x1F98431c8aD98523631AE4a59f267346ea31F984" } })).toEqual({
    poolId: "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640",
    factory: "0x1f98431c8ad98523631ae4a59f267346ea31f984",
    token0: "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
    token1: "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
    fee: 500,
    tickSpacing: 10,
    dynamicFee: false,
    hooks: null,
  });
});

function decode<const name extends "Swap" | "Mint" | "Burn" | "Collect">(
  eventName: name,
  topics: [Hex, ...Hex[]],
  data: Hex,
) {
  return decodeEventLog({ abi: uniswapV3PoolAbi, eventName, topics, data }).args;
}
