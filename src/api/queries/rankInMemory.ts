import { sql } from "drizzle-orm";
import type { Snapshot } from "../snapshot.ts";

/**
 * For the rest of the operation: sort and group in memory, let workers share a scan of any size, and compile nothing.
 * By default Postgres writes groups of more than 8 MB to disk, and takes half a second to compile such a query.
 */
export async function rankInMemory(snapshot: Snapshot): Promise<void> {
  await snapshot.execute(
    sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
      set_config('min_parallel_table_scan_size', '0', true), set_config('parallel_setup_cost', '0', true),
      set_config('parallel_tuple_cost', '0', true)`,
  );
}
