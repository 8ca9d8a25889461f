import type { ApiContext } from "../context.ts";
import { capitalEfficiency } from "../metrics/capitalEfficiency.ts";
import { exitProbability } from "../metrics/exitProbability.ts";
import { dollarGamma1Percent, gamma, gamma1Percent, type LiquidityAtPrice } from "../metrics/gamma.ts";
import { breakEvenVolatility, modelLvr, modelVega } from "../metrics/modelLvr.ts";
import { netInventory } from "../metrics/netInventory.ts";
import { isPair } from "../metrics/protocol.ts";
import { ticksToBounds } from "../metrics/ticksToBounds.ts";
import { value, wholeUnits } from "../metrics/value.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { PositionAt } from "../queries/positions.ts";
import { requireHorizon } from "./riskHorizon.ts";
import type { Range, Standing } from "./standing.ts";
import { volatilityOf } from "./volatility.ts";
import { feesADay } from "./windowFees.ts";

/** A book and the positions that it has now, whose fees are its income. */
export type Exposure = { standing: Standing; pool: PoolAt; positions: readonly PositionAt[] };

type InWindow = { window: Window };

export const exposureResolvers = {
  delta0: ({ standing }: Exposure) => wholeUnits(standing.held.amount0, standing.pair.token0Decimals),
  delta1: ({ standing: { held, sqrtPriceX96, pair } }: Exposure) =>
    value({ amount0: held.amount0, amount1: 0n, sqrtPriceX96 }, pair, "TOKEN1"),
  gamma: ({ standing }: Exposure) => gamma(inRange(standing), standing.pair),
  gamma1Percent: ({ standing }: Exposure) => gamma1Percent(inRange(standing), standing.pair),
  dollarGamma1Percent: ({ standing }: Exposure) => dollarGamma1Percent(inRange(standing), standing.pair),
  capitalEfficiency: ({ standing }: Exposure) => capitalEfficiency(inRange(standing), standing.held),
  lvrRate: (exposure: Exposure, { window }: InWindow, context: ApiContext) =>
    lvrRate(exposure, window, context),
  theta: async (exposure: Exposure, { window }: InWindow, context: ApiContext): Promise<number | null> => {
    const lost = await lvrRate(exposure, window, context);
    const fees = await feesADay(exposure.positions, window, context);
    return lost === null || fees === null ? null : fees - lost;
  },
  vega: async (exposure: Exposure, { window }: InWindow, context: ApiContext): Promise<number | null> => {
    const volatility = await volatilityFor(exposure, window, context);
    const { standing } = exposure;
    return volatility === null
      ? null
      : modelVega(inRange(standing), standing.pair.token1Decimals, volatility);
  },
  breakEvenVolatility: async ({ standing, positions }: Exposure, { window }: InWindow, context: ApiContext) =>
    breakEvenVolatility(
      inRange(standing),
      standing.pair.token1Decimals,
      await feesADay(positions, window, context),
    ),
  hedge0: ({ standing }: Exposure) => wholeUnits(-standing.held.amount0, standing.pair.token0Decimals),
  hedge0Raw: ({ standing }: Exposure) => -standing.held.amount0,
  hedgeToHold0: ({ standing }: Exposure) =>
    wholeUnits(hedgeToHold0Raw(standing), standing.pair.token0Decimals),
  hedgeToHold0Raw: ({ standing }: Exposure) => hedgeToHold0Raw(standing),
  ticksToLower: ({ standing }: Exposure) => ticksOf(standing).lower,
  ticksToUpper: ({ standing }: Exposure) => ticksOf(standing).upper,
  exitProbability: async (
    { standing, pool }: Exposure,
    { horizonDays, window }: InWindow & { horizonDays: number },
    context: ApiContext,
  ): Promise<number | null> => {
    requireHorizon(horizonDays);
    const [range, ...others] = openRanges(standing);
    if (range === undefined || others.length > 0) return null;
    const volatility = await volatilityOf(pool, window, context);
    return volatility === null ? null : exitProbability({ ...standing, ...range }, volatility, horizonDays);
  },
};

async function lvrRate(exposure: Exposure, window: Window, context: ApiContext): Promise<number | null> {
  const volatility = await volatilityFor(exposure, window, context);
  const { standing } = exposure;
  return volatility === null ? null : modelLvr(inRange(standing), standing.pair.token1Decimals, volatility);
}

/** Without liquidity in range nothing is lost at any: swaps are not read for it then. */
function volatilityFor(
  { standing, pool }: Exposure,
  window: Window,
  context: ApiContext,
): Promise<number | null> {
  return inRange(standing).liquidity === 0n ? Promise.resolve(0) : volatilityOf(pool, window, context);
}

function inRange({ ranges, tick, sqrtPriceX96 }: Standing): LiquidityAtPrice {
  const active = ranges.filter(({ tickLower, tickUpper }) => tickLower <= tick && tick < tickUpper);
  return { liquidity: active.reduce((sum, { liquidity }) => sum + liquidity, 0n), sqrtPriceX96 };
}

function hedgeToHold0Raw({ held, sums }: Standing): bigint {
  return -netInventory({ ...held, hold0: sums.hold0, hold1: sums.hold1 }).amount0;
}

function ticksOf(standing: Standing): ReturnType<typeof ticksToBounds> {
  return ticksToBounds(openRanges(standing), standing.tick);
}

/** LP tokens of a pair have no bounds. */
function openRanges({ ranges, pool }: Standing): readonly Range[] {
  return isPair(pool) ? [] : ranges.filter(({ liquidity }) => liquidity > 0n);
}
