import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { pool } from "../../../ponder.schema.ts";

/** As feesKnown says of a pool's row, its state being of any block: SQL, never null. */
export function hasKnownFees(quarantinedBlock: SQLWrapper): SQL {
  return sql`(${quarantinedBlock} is null and coalesce(right(${pool.hooks}, 1), '0') = '0')`;
}
