import { decodeEventLog } from "viem";
import { expect, test } from "vitest";
import { pancakeV3PoolAbi } from "../../abis/pancakeV3Pool.ts";
import { flashFeeProtocol, initialFeeProtocol, swap } from "../../src/protocols/pancakeSwapV3.ts";

const POOL = "0x36696169C63e42cd08ce11f5deeBbCeBae652050";
const word = (value: bigint) => BigInt.asUintN(256, value).toString(16).padStart(64, "0");

test("a Swap has a topic of its own, Uniswap's signs, and what the protocol took of the input", () => {
  const { args } = decodeEventLog({
    abi: pancakeV3PoolAbi,
    eventName: "Swap",
    topics: [
      "0x19b47279256b2a23a1665c810c8d55a1758940ee09377d4f8d26497a3577dc83",
      "0x00000000000000000000000013f4ea83d0bd40e75c8222255bc855a974568dd4",
      "0x0000000000000000000000000000000000000000000000000000000000c0ffee",
    ],
    data: `0x${[-9_993_000n, 10_000_000n, 2n ** 96n, 10n ** 18n, -1n, 0n, 1_700n].map(word).join("")}`,
  });
  expect(swap({ args, log: { address: POOL } })).toEqual({
    poolId: "0x36696169c63e42cd08ce11f5deebbcebae652050",
    sender: "0x13f4ea83d0bd40e75c8222255bc855a974568dd4",
    recipient: "0x0000000000000000000000000000000000c0ffee",
    fee: null,
    feeProtocol: 1_700n,
    amount0: -9_993_000n,
    amount1: 10_000_000n,
    sqrtPriceX96: 79228162514264337593543950336n,
    tick: -1,
    liquidity: 1_000_000_000_000_000_000n,
  });
});

test("a pool starts with a share for the protocol: 33 % at 0.01 %, 34 % at 0.05 %, 32 % at any other fee", () => {
  const shares = [100, 500, 2_500, 10_000, 777].map((fee) => initialFeeProtocol(fee).feeProtocol0);
  expect(shares).toEqual([3_300, 3_400, 3_200, 3_200, 3_200]);
  expect(initialFeeProtocol(100)).toEqual({ feeProtocol0: 3_300, feeProtocol1: 3_300 });
});

test("of a flash the protocol gets its ten-thousandths, rounded down, of a product that goes round at 2^256", () => {
  expect(flashFeeProtocol(9_999n, 3_200)).toBe(3_199n);
  expect(flashFeeProtocol(2n ** 255n + 10n, 4_000)).toBe(4n);
  expect(flashFeeProtocol(2n ** 200n, 0)).toBe(0n);
});
