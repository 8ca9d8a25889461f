import type { Randomness } from "../../demo/chain/randomness.ts";
import type { SwappablePool } from "../../src/state/replaySwap.ts";
import { type Order, type SwapOnContract, swapOnPancakeV3, swapOnUniswapV3 } from "./contractSwap.ts";
import { swapOnAlgebra } from "./contractSwapAlgebra.ts";
import { calculateSwapFee, swapOnUniswapV4 } from "./contractSwapV4.ts";

/** A protocol with the fees that its pools may have, extremes as likely as what is usual. */
export type RandomMarket = {
  protocol: string;
  swapOnContract: SwapOnContract;
  randomPoolFee: (random: Randomness) => number;
  randomFeeProtocol: (random: Randomness) => Pick<SwappablePool, "feeProtocol0" | "feeProtocol1">;
  randomSwapFee: (
    random: Randomness,
    pool: SwappablePool,
    zeroForOne: boolean,
    poolFee: number,
  ) => Pick<Order, "fee" | "pluginFee">;
};

const FEES = [0, 1, 100, 500, 3000, 10_000, 100_000, 999_999];

const uniswapV3: RandomMarket = {
  protocol: "UNISWAP_V3",
  swapOnContract: swapOnUniswapV3,
  randomPoolFee: (random) => random.pick(FEES) ?? 0,
  randomFeeProtocol: eachOf([0, 4, 7, 10]),
  randomSwapFee: (_random, _pool, _zeroForOne, fee) => ({ fee, pluginFee: 0 }),
};

const pancakeV3: RandomMarket = {
  ...uniswapV3,
  protocol: "PANCAKESWAP_V3",
  swapOnContract: swapOnPancakeV3,
  randomFeeProtocol: eachOf([0, 1000, 3200, 3333, 4000]),
};

/** Half of the swaps with an override of the pool's fee, as a hook gives one. */
const uniswapV4: RandomMarket = {
  protocol: "UNISWAP_V4",
  swapOnContract: swapOnUniswapV4,
  randomPoolFee: (random) => random.pick(FEES) ?? 0,
  randomFeeProtocol: eachOf([0, 1, 500, 1000]),
  randomSwapFee: (random, { feeProtocol0, feeProtocol1 }, zeroForOne, poolFee) => {
    const lpFee = random.chance(0.5) ? poolFee : (random.pick([...FEES, 1_000_000]) ?? 0);
    return { fee: calculateSwapFee(zeroForOne ? feeProtocol0 : feeProtocol1, lpFee), pluginFee: 0 };
  },
};

/** Plugins override the fee, add their own or do neither. */
const algebraIntegral: RandomMarket = {
  protocol: "ALGEBRA_INTEGRAL",
  swapOnContract: swapOnAlgebra,
  randomPoolFee: (random) => random.pick([0, 1, 100, 500, 3000, 65_535]) ?? 0,
  randomFeeProtocol: (random) => {
    const communityFee = random.pick([0, 1, 150, 1000]) ?? 0;
    return { feeProtocol0: communityFee, feeProtocol1: communityFee };
  },
  randomSwapFee: (random, _pool, _zeroForOne, lastFee) => {
    const overrideFee = random.chance(0.5) ? 0 : (random.pick([1, 777, 10_000, 900_000]) ?? 0);
    const pluginFee = random.chance(0.5) ? 0 : (random.pick([1, 333, 5000, 99_999]) ?? 0);
    return { fee: (overrideFee || lastFee) + pluginFee, pluginFee };
  },
};

export const randomMarkets: readonly RandomMarket[] = [uniswapV3, pancakeV3, uniswapV4, algebraIntegral];

/** A part for each direction. */
function eachOf(parts: readonly number[]): RandomMarket["randomFeeProtocol"] {
  return (random) => ({ feeProtocol0: random.pick(parts) ?? 0, feeProtocol1: random.pick(parts) ?? 0 });
}
