import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { inventorySkew } from "../metrics/inventorySkew.ts";
import { poolWithout } from "../metrics/poolWithout.ts";
import { price } from "../metrics/price.ts";
import { isPair } from "../metrics/protocol.ts";
import { isQuotable, type Order, type Quote, quote } from "../metrics/quote.ts";
import { rebalance } from "../metrics/rebalance.ts";
import { reservationRatio } from "../metrics/reservationPrice.ts";
import { suggestedRange } from "../metrics/suggestedRange.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Amounts } from "./amounts.ts";
import { stepsOf } from "./poolLiquidity.ts";
import { requireHorizon } from "./riskHorizon.ts";
import { standingOf } from "./standing.ts";
import { volatilityOf } from "./volatility.ts";

type Rebalance = { quote: Quote | null; zeroForOne: boolean | null; after: Amounts; cost1: number | null };

type SuggestedRange = {
  reservationPrice: number | null;
  tickLower: number;
  tickUpper: number;
  volatility: number;
};

type RangeArgs = { riskAversion: number; horizonDays: number; window: Window };

/** What an LP may do about its inventory. */
export const positionControlResolvers = {
  rebalance: async (
    position: PositionAt,
    { targetShare }: { targetShare: number },
    context: ApiContext,
  ): Promise<Rebalance> => {
    if (!(targetShare >= 0 && targetShare <= 1)) {
      throw new ApiError(
        "BAD_INPUT",
        `targetShare is ${targetShare}: it is from 0 to 1, as 0.3 for 30 % of the value in token0.`,
      );
    }
    const { held, sqrtPriceX96, pair } = standingOf(position);
    const quoteOf = await quoteWithout(position, context);
    const { after, costRaw1, ...trade } = rebalance({ ...held, sqrtPriceX96 }, targetShare, quoteOf);
    const cost1 = costRaw1 === null ? null : wholeUnits(costRaw1, pair.token1Decimals);
    return { ...trade, after: { ...after, pair }, cost1 };
  },
  suggestedRange: async (
    position: PositionAt,
    { riskAversion, horizonDays, window }: RangeArgs,
    context: ApiContext,
  ): Promise<SuggestedRange | null> => {
    if (riskAversion < 0) {
      throw new ApiError("BAD_INPUT", `riskAversion is ${riskAversion}: it must be 0 or more.`);
    }
    requireHorizon(horizonDays);
    const { row, pool } = position;
    const { held, sqrtPriceX96, pair } = standingOf(position);
    const skew = inventorySkew({ ...held, sqrtPriceX96 });
    const { tickSpacing } = pool.row;
    if (row.liquidity === 0n || isPair(row) || tickSpacing === null || skew === null) return null;
    const volatility = await volatilityOf(pool, window, context);
    if (volatility === null) return null;
    const ratio = reservationRatio(skew, { riskAversion, volatility, horizonDays });
    const at = price(sqrtPriceX96, pair);
    const reservationPrice = at === null ? null : at * ratio;
    if (!(ratio > 0 && [ratio, reservationPrice ?? 0].every(Number.isFinite))) return null;
    const bounds = suggestedRange(row, { sqrtPriceX96, tickSpacing }, ratio);
    return { reservationPrice, ...bounds, volatility };
  },
};

/** What the pool would pay once the position's own liquidity is out of it. */
async function quoteWithout(
  { row, pool }: PositionAt,
  context: ApiContext,
): Promise<(order: Order) => Quote | null> {
  if (!isQuotable(pool.row) || row.liquidity === 0n) return () => null;
  const without = poolWithout(pool.row, await stepsOf(pool, context), row);
  return (order) => quote(without.pool, without.ticks, order);
}
