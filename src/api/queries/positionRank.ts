import { type SQL, sql } from "drizzle-orm";
import { position } from "../../../ponder.schema.ts";
import type { Key } from "./keyset.ts";
import { priced } from "./pricedPools.ts";

export type PositionOrder =
  | "OPENED"
  | "CLOSED"
  | "LIQUIDITY"
  | "SKEW"
  | "SKEW_SIZE"
  | "IMPERMANENT_LOSS"
  | "IMPERMANENT_LOSS_RATIO";

const { liquidityDouble: liquidity, sqrtPriceLowerDouble: lower, sqrtPriceUpperDouble: upper } = position;
const { sqrtPrice, riskToken } = priced;

const price = sql`(${sqrtPrice} * ${sqrtPrice})`;
const clamped = sql`least(greatest(${sqrtPrice}, ${lower}), ${upper})`;
/** Of one unit of liquidity, in token0 and in token1. */
const unit0 = sql`(1 / ${clamped} - 1 / ${upper})`;
const unit1 = sql`(${clamped} - ${lower})`;

/** Inventory skew seen from the risk token, -1 to 1 in doubles; null with nothing held. */
export const skewRisk: SQL = sql`(case when ${liquidity} > 0 and ${sqrtPrice} is not null
  then (${unit0} * ${price} - ${unit1}) / nullif(${unit0} * ${price} + ${unit1}, 0)
    * (case when ${riskToken} = 1 then -1 else 1 end) end)`;

/** In token1: differences of amounts first, as their values differ by little. */
const unrealized = sql`((${liquidity} * ${unit0} - ${position.hold0Double}) * ${price}
  + (${liquidity} * ${unit1} - ${position.hold1Double}))`;

// greatest() and least() pass over nulls, so that a pool without a price has to be asked for.
const total = sql`(case when ${sqrtPrice} is not null then ${unrealized} + ${position.realizedIl1Double} end)`;
const ratio = sql`(case when ${sqrtPrice} is not null
  then ${unrealized} / nullif(${position.hold0Double} * ${price} + ${position.hold1Double}, 0) end)`;

const ranks: Record<PositionOrder, Pick<Key, "rank" | "known" | "type">> = {
  OPENED: { rank: position.openedTimestamp, known: true, type: "integer" },
  CLOSED: { rank: position.closedTimestamp, type: "integer" },
  LIQUIDITY: { rank: liquidity, known: true, type: "double precision" },
  SKEW: { rank: skewRisk, type: "double precision" },
  SKEW_SIZE: { rank: sql`abs(${skewRisk})`, type: "double precision" },
  IMPERMANENT_LOSS: { rank: total, type: "double precision" },
  IMPERMANENT_LOSS_RATIO: { rank: ratio, type: "double precision" },
};

export function positionKey(order: PositionOrder): Key {
  return { ...ranks[order], chainId: position.chainId, id: position.positionId };
}
