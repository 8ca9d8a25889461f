import { getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import type { ApiContext } from "../context.ts";
import { decimalFraction, type Fraction } from "../metrics/decimalFraction.ts";
import { historicalRisk, LEAST_LOSSES } from "../metrics/historicalRisk.ts";
import { impermanentLossAtRisk, lossByOffset } from "../metrics/impermanentLossAtRisk.ts";
import { lognormalRisk } from "../metrics/lognormalRisk.ts";
import { stepsOf } from "../metrics/overlappingReturns.ts";
import { isPair } from "../metrics/protocol.ts";
import { value } from "../metrics/value.ts";
import { gainBetween, type ValueCurve, valueCurve } from "../metrics/valueCurve.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { PositionAt } from "../queries/positions.ts";
import { returnsOf } from "./priceReturns.ts";
import { requireConfidence, requireHorizon } from "./riskHorizon.ts";
import { type Standing, standingOf } from "./standing.ts";
import { volatilityOf } from "./volatility.ts";

export type CapitalAtRisk = {
  valueAtRisk: number | null;
  expectedShortfall: number | null;
  impermanentLossAtRisk: number | null;
  confidence: number;
  horizonDays: number;
  valueAtLower: number | null;
  valueAtUpper: number | null;
  method: "ESTIMATE";
};

/** In raw token1. */
type Risk = Pick<CapitalAtRisk, "valueAtRisk" | "expectedShortfall" | "impermanentLossAtRisk">;

type Args = { confidence: number; horizonDays: number; window: Window; model: "LOGNORMAL" | "HISTORICAL" };

const DAYS_A_YEAR = 365;
const NONE: Risk = { valueAtRisk: 0, expectedShortfall: 0, impermanentLossAtRisk: 0 };
const UNKNOWN: Risk = { valueAtRisk: null, expectedShortfall: null, impermanentLossAtRisk: null };

export async function capitalAtRisk(
  position: PositionAt,
  args: Args,
  context: ApiContext,
): Promise<CapitalAtRisk> {
  const { confidence, horizonDays } = args;
  requireConfidence(confidence);
  requireHorizon(horizonDays);
  const standing = standingOf(position);
  const { token1Decimals } = standing.pair;
  const risk = token1Decimals === null ? UNKNOWN : await riskOf(position, standing, args, context);
  const whole = (raw: number | null) =>
    raw === null || token1Decimals === null ? null : raw / 10 ** token1Decimals;
  return {
    valueAtRisk: whole(risk.valueAtRisk),
    expectedShortfall: whole(risk.expectedShortfall),
    impermanentLossAtRisk: whole(risk.impermanentLossAtRisk),
    ...{ confidence, horizonDays, ...atBounds(standing), method: "ESTIMATE" },
  };
}

/** Nothing is at risk without liquidity: prices are not read for it then. */
async function riskOf(
  position: PositionAt,
  standing: Standing,
  { confidence, horizonDays, window, model }: Args,
  context: ApiContext,
): Promise<Risk> {
  const [range] = standing.ranges;
  if (range === undefined || range.liquidity === 0n) return NONE;
  const bounds = isPair(standing.pool) ? null : range;
  const curve = valueCurve({ bounds, liquidity: range.liquidity }, standing.sqrtPriceX96);
  const asked = decimalFraction(confidence);
  if (model === "HISTORICAL") {
    const returns = await returnsOf(position.pool, window, stepsOf(horizonDays), context);
    // As a question: others have their turn between the many positions that a list may ask of.
    return context.ask(async () => historical(curve, standing, returns, asked));
  }
  const volatility = await volatilityOf(position.pool, window, context);
  if (volatility === null) return UNKNOWN;
  const tail = toDouble(asked.denominator - asked.numerator, asked.denominator);
  const deviation = volatility * Math.sqrt(horizonDays / DAYS_A_YEAR);
  return {
    ...lognormalRisk(curve, deviation, tail),
    impermanentLossAtRisk: impermanentLossAtRisk(curve, against(standing), deviation, tail),
  };
}

function historical(
  curve: ValueCurve,
  standing: Standing,
  returns: readonly number[],
  confidence: Fraction,
): Risk {
  if (returns.length < LEAST_LOSSES) return UNKNOWN;
  const losses = returns.map((offset) =>
    offset < 0 ? gainBetween(curve, offset, 0) : 0 - gainBetween(curve, 0, offset),
  );
  const lossAt = lossByOffset(curve, against(standing));
  const value = historicalRisk(losses, confidence);
  const divergence = historicalRisk(returns.map(lossAt), confidence);
  if (value === null || divergence === null) return UNKNOWN;
  return {
    valueAtRisk: Math.max(0, value.valueAtRisk),
    expectedShortfall: Math.max(0, value.expectedShortfall),
    impermanentLossAtRisk: Math.max(0, divergence.valueAtRisk),
  };
}

function against({ sums, held, sqrtPriceX96 }: Standing) {
  const { hold0, hold1, realizedIl1 } = sums;
  return { held, hold0, hold1, realizedIl1, sqrtPriceX96 };
}

function atBounds({ ranges: [range], pool, pair }: Standing) {
  if (range === undefined || range.liquidity === 0n || isPair(pool)) {
    return { valueAtLower: null, valueAtUpper: null };
  }
  const valueAt = (tick: number) => {
    const sqrtPriceX96 = getSqrtPriceAtTick(tick);
    const held = getAmountsForLiquidity({ ...range, sqrtPriceX96, tick, roundUp: false });
    return value({ ...held, sqrtPriceX96 }, pair, "TOKEN1");
  };
  return { valueAtLower: valueAt(range.tickLower), valueAtUpper: valueAt(range.tickUpper) };
}
