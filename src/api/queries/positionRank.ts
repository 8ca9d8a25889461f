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
const amount0 = below(sql`${liquidity} * (${upper} - ${clamped}) / (${clamped} * ${upper})`);
const amount1 = below(sql`${liquidity} * (${clamped} - ${lower})`);

/**
 * Inventory skew seen from the risk token, -1 to 1 in doubles; null with nothing held, dust that rounds down
 * to nothing included, and without a price.
 */
export const skewRisk: SQL = sql`((${amount0} * ${price} - ${amount1})
  / nullif(${amount0} * ${price} + ${amount1}, 0) * (case when ${riskToken} = 1 then -1 else 1 end))`;

/** In token1: differences of amounts first, as their values differ by little. */
const unrealized = sql`((${amount0} - ${position.hold0Double}) * ${price}
  + (${amount1} - ${position.hold1Double}))`;

const total = sql`(${unrealized} + ${position.realizedIl1Double})`;
const ratio = sql`(${unrealized} / nullif(${position.hold0Double} * ${price} + ${position.hold1Double}, 0))`;

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

/**
 * An amount rounded down as the figures are. Not floor(): the amount of a wide range is less than a whole
 * number by more than nothing and by less than a double holds, so that one that comes out whole was not.
 */
function below(amount: SQL): SQL {
  return sql`greatest(ceil(${amount}) - 1, 0)`;
}
