import { type SQL, sql } from "drizzle-orm";
import { closedFigures, eitherFigure, type HeldFigures, held, openFigures } from "./heldFigures.ts";
import type { Key } from "./keyset.ts";

export type PositionOrder =
  | "OPENED"
  | "CLOSED"
  | "VALUE"
  | "LIQUIDITY"
  | "SKEW"
  | "SKEW_SIZE"
  | "IMPERMANENT_LOSS"
  | "IMPERMANENT_LOSS_RATIO"
  | "FEES"
  | "PNL";

/** What is known of the rows that a rank is taken of: all have liquidity, none has, or either. */
export type Held = "open" | "closed" | "either";

const figures: Partial<Record<PositionOrder, keyof HeldFigures>> = {
  VALUE: "value",
  LIQUIDITY: "liquidity",
  SKEW: "skewRisk",
  SKEW_SIZE: "skewRisk",
  IMPERMANENT_LOSS: "impermanentLoss",
  IMPERMANENT_LOSS_RATIO: "impermanentLossRatio",
  FEES: "fees",
  PNL: "pnl",
};

/** The figure that an order ranks by; undefined for a time. */
export function figureOf(order: PositionOrder): keyof HeldFigures | undefined {
  return figures[order];
}

export function figureAs(figure: keyof HeldFigures, rows: Held): SQL {
  if (rows === "either") return eitherFigure(figure);
  return (rows === "open" ? openFigures : closedFigures)[figure];
}

export function rankOf(order: PositionOrder, rows: Held): SQL {
  if (order === "OPENED") return held("openedTimestamp");
  if (order === "CLOSED") return rows === "open" ? sql`null::integer` : held("closedTimestamp");
  const figure = figureAs(figures[order] ?? "liquidity", rows);
  return order === "SKEW_SIZE" ? sql`abs(${figure})` : figure;
}

/** Every position has a rank in these. */
const KNOWN: ReadonlySet<PositionOrder> = new Set(["OPENED", "LIQUIDITY"]);
const TIMES: ReadonlySet<PositionOrder> = new Set(["OPENED", "CLOSED"]);

/** `table`: the name that the query gives to what has the rank. */
export function positionKey(order: PositionOrder, table: string, rank: SQL): Key {
  return {
    rank,
    ...(KNOWN.has(order) ? { known: true } : {}),
    type: TIMES.has(order) ? "integer" : "double precision",
    chainId: sql.raw(`${table}.chain_id`),
    id: sql.raw(`${table}.position_id`),
  };
}
