import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/** Where a log stands in its chain. */
export type Place = { blockNumber: number; logIndex: number };

/** A place after all logs of its block. */
export const LAST_LOG = 2 ** 31 - 1;

type Placed = { blockNumber: AnyPgColumn; logIndex: AnyPgColumn };

/** Compared as a whole: so an index finds it at once. */
export function isAfter({ blockNumber, logIndex }: Placed, place: Place): SQL {
  return sql`(${blockNumber}, ${logIndex}) > (${place.blockNumber}, ${place.logIndex})`;
}

/** The same, with the place itself. */
export function isUpTo({ blockNumber, logIndex }: Placed, place: Place): SQL {
  return sql`(${blockNumber}, ${logIndex}) <= (${place.blockNumber}, ${place.logIndex})`;
}
