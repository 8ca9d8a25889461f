import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { snapshotsAt } from "../../src/api/queries/snapshotsAt.ts";
import type { TestDatabase } from "./database.ts";
import { ENGINES } from "./listWorld.ts";
import { address, POOL, tickSnapshot } from "./rows.ts";

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;

  /** 40 ticks, each changed in every tenth block up to 5000: 20,000 rows. */
  beforeAll(async () => {
    db = await create();
    const { database } = db;
    for (let tick = 0; tick < 40; tick++) {
      const rows = Array.from({ length: 500 }, (_, i) =>
        tickSnapshot({ tick: tick * 60, blockNumber: (i + 1) * 10, liquidityNet: BigInt(i + 1) }),
      );
      await database.insert(tables.tickSnapshot).values(rows);
    }
    await database.execute(sql`analyze`);
  });

  afterAll(() => db.close());

  test("of each key the newest row up to its block, found without a scan", async () => {
    const key = (tick: number, blockNumber: number, id: string = POOL) => ({
      chainId: 1,
      id,
      tick,
      blockNumber,
    });
    const keys = [
      key(0, 9),
      key(0, 10),
      key(60, 4_999),
      key(120, 9_999),
      key(7, 100),
      key(0, 50, address("b9")),
    ];
    const columns = { id: tables.tickSnapshot.poolId, tick: tables.tickSnapshot.tick };
    const { rows, scans } = await db.database.transaction(async (transaction) => {
      // An engine of one connection counts what it did before, too.
      const scanned = async (): Promise<number> => {
        const [counted] = await transaction
          .select({ scans: sql<number>`seq_scan::integer` })
          .from(sql`pg_stat_xact_user_tables`)
          .where(sql`relname = 'tick_snapshot'`);
        return counted?.scans ?? Number.NaN;
      };
      const before = await scanned();
      const rows = await snapshotsAt(transaction, tables.tickSnapshot, columns, keys);
      return { rows, scans: (await scanned()) - before };
    });
    const found = rows.map(({ tick, blockNumber, liquidityNet }) => [tick, blockNumber, liquidityNet]);
    expect(found.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
      [0, 10, 1n],
      [60, 4_990, 499n],
      [120, 5_000, 500n],
    ]);
    expect(scans).toBe(0);
  });
});
