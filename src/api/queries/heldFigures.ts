import { type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { position } from "../../../ponder.schema.ts";
import { priced } from "./pricedPools.ts";
import { insideRange } from "./rangeGrowth.ts";

/** What a query ranks goes by the name of `held` in it: positions, or owners' times with them. */
export function held(column: keyof typeof position.$inferSelect): SQL {
  return sql.raw(`held.${toSnakeCase(column)}`);
}

/** What is ranked by, in doubles; money in the unit of {@link priced}. Null where it is not known. */
export type HeldFigures = {
  /** What is held and what is owed. Null where the pool's fees are not known, as `fees` and `pnl` are. */
  value: SQL;
  /** The same in quote tokens, whatever the unit. */
  quotedValue: SQL;
  /** All fees earned, at spot. */
  fees: SQL;
  pnl: SQL;
  /** Realised and unrealised. */
  impermanentLoss: SQL;
  impermanentLossRatio: SQL;
  /** Seen from the risk token, -1 to 1; null with nothing held, dust that rounds down to nothing included. */
  skewRisk: SQL;
  liquidity: SQL;
};

const liquidity = held("liquidityDouble");
const lower = held("sqrtPriceLowerDouble");
const upper = held("sqrtPriceUpperDouble");
const { sqrtPrice, unit, knownUnit, knownQuote } = priced;
const price = sql`(${sqrtPrice} * ${sqrtPrice})`;
const clamped = sql`least(greatest(${sqrtPrice}, ${lower}), ${upper})`;
const amount0 = below(sql`${liquidity} * (${upper} - ${clamped}) / (${clamped} * ${upper})`);
const amount1 = below(sql`${liquidity} * (${clamped} - ${lower})`);
const inventory = sql`(${amount0} * ${price} + ${amount1})`;
/** In token1: differences of amounts first, as their values differ by little. */
const unrealized = sql`((${amount0} - ${held("hold0Double")}) * ${price} + (${amount1} - ${held("hold1Double")}))`;
const basket = sql`(${held("hold0Double")} * ${price} + ${held("hold1Double")})`;

const owedOffset = atSpot(held("owedOffset0Double"), held("owedOffset1Double"));
const feesOffset = atSpot(held("feesOffset0Double"), held("feesOffset1Double"));
const uncollectedOffset = atSpot(held("uncollectedOffset0Double"), held("uncollectedOffset1Double"));
/** What growth since the beginning makes of the liquidity, in token1. */
const ofGrowth = sql`${liquidity} * (${insideRange[0]} * ${price} + ${insideRange[1]})`;
/** Of LP tokens all that a burn would pay beyond principal, in token1: fees have no growth of their own. */
const shares = held("sharesDouble");
const ofShares = sql`${shares} * (${priced.perShare0} * ${price} + ${priced.perShare1}) - ${inventory}`;
const grown = sql`(case when ${shares} is null then ${ofGrowth} else ${ofShares} end)`;

/** Where there is liquidity. */
export const openFigures: HeldFigures = {
  value: sql`((${inventory} + ${grown} + ${owedOffset}) * ${knownUnit})`,
  quotedValue: sql`((${inventory} + ${grown} + ${owedOffset}) * ${knownQuote})`,
  fees: sql`((${grown} + ${feesOffset}) * ${knownUnit})`,
  pnl: sql`((${inventory} + ${grown} + ${uncollectedOffset} + ${held("flows1Double")}) * ${knownUnit})`,
  impermanentLoss: sql`((${unrealized} + ${held("realizedIl1Double")}) * ${unit})`,
  impermanentLossRatio: sql`(${unrealized} / nullif(${basket}, 0))`,
  skewRisk: sql`((${amount0} * ${price} - ${amount1}) / nullif(${inventory}, 0)
    * (case when ${priced.riskToken} = 1 then -1 else 1 end))`,
  liquidity,
};

/** The same where there is none. */
export const closedFigures: HeldFigures = {
  value: sql`(${owedOffset} * ${knownUnit})`,
  quotedValue: sql`(${owedOffset} * ${knownQuote})`,
  fees: sql`(${feesOffset} * ${knownUnit})`,
  pnl: sql`((${uncollectedOffset} + ${held("flows1Double")}) * ${knownUnit})`,
  impermanentLoss: sql`(${held("realizedIl1Double")} * ${unit})`,
  impermanentLossRatio: sql`null::double precision`,
  skewRisk: sql`null::double precision`,
  liquidity: sql`0::double precision`,
};

/** Either, by the row. */
export function eitherFigure(figure: keyof HeldFigures): SQL {
  return sql`(case when ${liquidity} = 0 then ${closedFigures[figure]} else ${openFigures[figure]} end)`;
}

/** Whether it takes the growth inside ranges. */
export function takesGrowth(figure: keyof HeldFigures): boolean {
  return GROWN.has(figure);
}

const GROWN: ReadonlySet<keyof HeldFigures> = new Set(["value", "quotedValue", "fees", "pnl"]);

/** Two raw amounts in token1. */
function atSpot(raw0: SQL, raw1: SQL): SQL {
  return sql`(${raw0} * ${price} + ${raw1})`;
}

/**
 * An amount rounded down as the figures are. Not floor(): the amount of a wide range is less than a whole
 * number by more than nothing and by less than a double holds, so that one that comes out whole was not.
 */
function below(amount: SQL): SQL {
  return sql`greatest(ceil(${amount}) - 1, 0)`;
}
