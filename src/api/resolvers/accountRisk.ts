import { Q96 } from "../../math/sqrtPriceMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import type { ApiContext } from "../context.ts";
import { type SimulatedBook, type SimulatedPool, simulatedLosses } from "../metrics/bookSimulation.ts";
import { decimalFraction } from "../metrics/decimalFraction.ts";
import { historicalRisk, LEAST_LOSSES } from "../metrics/historicalRisk.ts";
import { MOST_RETURNS, stepsOf } from "../metrics/overlappingReturns.ts";
import { isPair } from "../metrics/protocol.ts";
import { valueCurve } from "../metrics/valueCurve.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { AccountAt } from "../queries/accounts.ts";
import type { Token } from "../queries/tokens.ts";
import { type Mark, marksOf } from "./bookMarks.ts";
import { type BookPrices, bookPrices } from "./bookPrices.ts";
import type { CapitalAtRisk } from "./capitalAtRisk.ts";
import { requireConfidence, requireHorizon } from "./riskHorizon.ts";
import { standingOf } from "./standing.ts";
import { inventoryOf } from "./tokenInventory.ts";

type Args = { confidence: number; horizonDays: number; window: Window };

/** Null where the account's value is, and where its prices have too little past. */
export async function accountCapitalAtRisk(
  account: AccountAt,
  args: Args,
  context: ApiContext,
): Promise<CapitalAtRisk | null> {
  const { confidence, horizonDays } = args;
  requireConfidence(confidence);
  requireHorizon(horizonDays);
  const { value } = await inventoryOf(account, context);
  if (value === null) return null;
  const risk =
    value === 0 ? { valueAtRisk: 0, expectedShortfall: 0 } : await simulated(account, args, context);
  return (
    risk && {
      valueAtRisk: Math.max(0, risk.valueAtRisk),
      expectedShortfall: Math.max(0, risk.expectedShortfall),
      ...{ impermanentLossAtRisk: null, valueAtLower: null, valueAtUpper: null },
      ...{ confidence, horizonDays, method: "ESTIMATE" },
    }
  );
}

async function simulated(
  account: AccountAt,
  { confidence, horizonDays, window }: Args,
  context: ApiContext,
): Promise<ReturnType<typeof historicalRisk>> {
  const steps = stepsOf(horizonDays);
  const marked = await marksOf(account, context);
  const prices = await bookPrices(account, marked, { window, most: MOST_RETURNS + steps }, context);
  if (prices.marks - steps < LEAST_LOSSES) return null;
  const { of } = await context.quotes(account.tip.chainId, account.tip);
  const priceOf = ({ address, decimals }: Token) =>
    decimals === null ? 0 : (of(address)?.price ?? 0) / 10 ** decimals;
  // As a question: others have their turn between several simulations.
  const losses = await context.ask(async () =>
    simulatedLosses(bookOf(marked, prices, priceOf), prices.marks, steps),
  );
  return losses.every(Number.isFinite) ? historicalRisk(losses, decimalFraction(confidence)) : null;
}

/** `priceOf`: of a raw unit; 0 where it has none. */
function bookOf(
  marked: readonly Mark[],
  prices: BookPrices,
  priceOf: (token: Token) => number,
): SimulatedBook {
  const pools = new Map<string, SimulatedPool & { ranges: SimulatedPool["ranges"][number][] }>();
  const amounts: SimulatedBook["amounts"][number][] = [];
  for (const { position, owed } of marked) {
    const { pool } = position;
    const { token0, token1 } = pool;
    const [levels0, levels1] = [prices.ofToken(token0.address), prices.ofToken(token1.address)];
    const [price0, price1] = [priceOf(token0), priceOf(token1)];
    amounts.push(
      { levels: levels0, worth: Number(owed.amount0) * price0 },
      { levels: levels1, worth: Number(owed.amount1) * price1 },
    );
    const book = pools.get(pool.row.poolId) ?? {
      ...{ root: prices.ofPool(pool), token0: levels0, token1: levels1, ranges: [] },
    };
    pools.set(pool.row.poolId, book);
    const { ranges, sqrtPriceX96 } = standingOf(position);
    for (const range of ranges) {
      const curve = valueCurve({ ...range, bounds: isPair(pool.row) ? null : range }, sqrtPriceX96);
      book.ranges.push({
        bounds: curve.bounds,
        worth0: toDouble(range.liquidity * Q96, sqrtPriceX96) * price0,
        worth1: curve.scale * price1,
      });
    }
  }
  return { pools: [...pools.values()], amounts };
}
