import { sql } from "drizzle-orm";
import { drizzle, type PgliteClient } from "drizzle-orm/pglite";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
// @ts-expect-error: not exported by Ponder; it gives its database the `transaction` that repeats what throws.
import { createQB } from "../../node_modules/ponder/dist/esm/database/queryBuilder.js";
import * as tables from "../../ponder.schema.ts";
import { takeTurnsWithBlockWrites } from "../../src/api/blockWrites.ts";
import { createSnapshots, type Database, type Snapshot } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { ask, createTestApi, PATIENT } from "./client.ts";
import { createPostgres, type TestDatabase } from "./database.ts";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

type Writer = {
  raw: PgliteClient;
  transaction: (callback: (tx: Writer) => Promise<unknown>) => Promise<unknown>;
};

/** Ponder's query builder on PGlite: a transaction is a mere call back, with the builder itself. */
function createWriter(client: PgliteClient): Writer {
  const writer: Writer = {
    raw: client,
    transaction: async (callback) => callback(writer),
  };
  return writer;
}

describe("on PGlite", () => {
  let client: PgliteClient;
  let database: Database;

  beforeAll(async () => {
    const pglite = drizzle({ casing: "snake_case", schema: tables });
    database = pglite;
    client = pglite.$client;
    await client.exec("create table pair (a int, b int); insert into pair values (0, 0)");
  });

  afterAll(() => client.close());

  const readPair = async (snapshot: Snapshot): Promise<[number, number]> => {
    const [first] = await snapshot.select({ a: sql<number>`a` }).from(sql`pair`);
    await pause(1);
    const [second] = await snapshot.select({ b: sql<number>`b` }).from(sql`pair`);
    return [first?.a ?? -1, second?.b ?? -1];
  };

  test("a reader never sees half of a block, though Ponder writes it without a transaction", async () => {
    const writer = createWriter(client);
    const snapshots = createSnapshots(database, takeTurnsWithBlockWrites(writer), PATIENT);
    const seen = new Set<number>();
    let writing = true;
    const readers = Array.from({ length: 4 }, async () => {
      while (writing) {
        const [a, b] = await snapshots.read(readPair);
        expect(a).toBe(b);
        seen.add(a);
      }
    });
    for (let n = 1; n <= 40; n++) {
      await writer.transaction(async (tx) => {
        await tx.raw.query("update pair set a = $1", [n]);
        await pause(1);
        // Nested, as revert and finalize are.
        await tx.transaction(async (inner) => inner.raw.query("update pair set b = $1", [n]));
      });
      // What is no block write, such as the sync store's, goes on beside readers.
      await client.query("select 1");
    }
    writing = false;
    await Promise.all(readers);
    expect(seen.size).toBeGreaterThan(5);
  });

  test("a block that never ends is answered 503 with Retry-After, and does not stop the next", async () => {
    const writer = createWriter(client);
    const turns = takeTurnsWithBlockWrites(writer);
    const limits = { inFlight: 64, patience: 50, deadline: 1_000 };
    const app = createTestApi(database, { snapshots: createSnapshots(database, turns, limits) });
    let finish = (): void => {};
    const block = writer.transaction(() => new Promise<void>((resolve) => (finish = resolve)));
    const answer = await ask(app, "{status {lag}}");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(answer.errors[0]?.extensions.code).toBe("TOO_BUSY");
    finish();
    await block;
    expect(await createSnapshots(database, turns).read(async () => "served")).toBe("served");
  });

  test("a write that fails gives its turn on", async () => {
    const writer = createWriter(client);
    const snapshots = createSnapshots(database, takeTurnsWithBlockWrites(writer));
    const failing = writer.transaction(async () => {
      throw new Error("handler failed");
    });
    await expect(failing).rejects.toThrow("handler failed");
    expect(await snapshots.read(async () => "served")).toBe("served");
  });

  test("a write waits for one reader at a time, however many wait, and they are answered meanwhile", async () => {
    const writer = createWriter(client);
    const snapshots = createSnapshots(database, takeTurnsWithBlockWrites(writer), PATIENT);
    const order: string[] = [];
    const readers = Array.from({ length: 20 }, () =>
      snapshots.read(async (snapshot) => {
        await readPair(snapshot);
        order.push("read");
      }),
    );
    for (let n = 0; n < 5; n++) await writer.transaction(async () => order.push("write"));
    expect(order).toEqual(Array.from({ length: 5 }, () => ["read", "write"]).flat());
    await Promise.all(readers);
    expect(order.length).toBe(25);
  });

  test("what a block write leaves behind takes a turn of its own", async () => {
    const writer = createWriter(client);
    const snapshots = createSnapshots(database, takeTurnsWithBlockWrites(writer), PATIENT);
    let late: Promise<unknown> = Promise.resolve();
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    await writer.transaction(async (tx) => {
      late = begun.then(() => tx.transaction(async () => "late"));
    });
    let reading = true;
    const reader = snapshots.read(async () => {
      begin();
      await pause(60);
      reading = false;
    });
    await late;
    expect(reading).toBe(false);
    await reader;
  });

  test("a hot reload finds the turns of the first load", () => {
    const writer = createWriter(client);
    const turns = takeTurnsWithBlockWrites(writer);
    const { transaction } = writer;
    expect(takeTurnsWithBlockWrites(writer)).toBe(turns);
    expect(writer.transaction).toBe(transaction);
  });

  test("a snapshot cannot write", async () => {
    const snapshots = createSnapshots(database, new Turns(1));
    const write = snapshots.read(async (snapshot) => snapshot.execute(sql`update pair set a = 7`));
    await expect(write).rejects.toThrow("read-only");
  });

  test("64 operations at a time, then 503 at once", async () => {
    const snapshots = createSnapshots(database, new Turns(1), PATIENT);
    let finish = (): void => {};
    const held = new Promise<void>((resolve) => (finish = resolve));
    const all = Array.from({ length: 64 }, () => snapshots.read(() => held));
    await expect(snapshots.read(async () => "served")).rejects.toMatchObject({ code: "TOO_BUSY" });
    finish();
    await Promise.all(all);
    expect(await snapshots.read(async () => "served")).toBe("served");
  });

  test("an operation knows from its deadline on that nobody waits for it", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const snapshots = createSnapshots(database, new Turns(1), { inFlight: 1, patience: 50, deadline: 30 });
    const known: boolean[] = [];
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const reading = snapshots.read(async (_, isAwaited) => {
      for (const milliseconds of [29, 1]) {
        await vi.advanceTimersByTimeAsync(milliseconds);
        known.push(isAwaited());
      }
      end();
    });
    await expect(reading).rejects.toMatchObject({ code: "TOO_BUSY" });
    await ended;
    expect(known).toEqual([true, false]);
  });

  test("an operation that hangs is answered after the deadline", async () => {
    const snapshots = createSnapshots(database, new Turns(1), { inFlight: 1, patience: 50, deadline: 30 });
    await expect(snapshots.read(() => pause(200))).rejects.toMatchObject({ code: "TOO_BUSY" });
  });
});

describe("on PostgreSQL", () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createPostgres();
    const logger = { trace() {}, warn() {} };
    createQB(db.database, { common: { logger, shutdown: { isKilled: false } }, isAdmin: false });
    await db.database.execute(sql`create table pair (a int)`);
    await db.database.execute(sql`insert into pair values (1)`);
  });

  afterAll(() => db.close());

  test("a snapshot stays what it was while others write", async () => {
    const snapshots = createSnapshots(db.database, new Turns(8), PATIENT);
    const read = async (snapshot: Snapshot) =>
      (await snapshot.select({ a: sql<number>`a` }).from(sql`pair`))[0]?.a;
    const [before, after] = await snapshots.read(async (snapshot) => {
      const first = await read(snapshot);
      await db.database.execute(sql`update pair set a = 2`);
      return [first, await read(snapshot)];
    });
    expect([before, after]).toEqual([1, 1]);
    expect(await snapshots.read(read)).toBe(2);
  });

  test("a statement is cancelled after three seconds and answered TOO_COMPLEX, once", async () => {
    const snapshots = createSnapshots(db.database, new Turns(8), PATIENT);
    let asked = 0;
    let limit: { rows?: unknown } = {};
    const app = createTestApi(db.database, {
      snapshots: {
        read: (question) =>
          snapshots.read(async (snapshot, isAwaited) => {
            asked += 1;
            limit = (await snapshot.execute(sql`show statement_timeout`)) as typeof limit;
            await snapshot.execute(sql`select pg_sleep(10)`);
            return question(snapshot, isAwaited);
          }),
      },
    });
    const { status, errors } = await ask(app, "{status {lag}}");
    expect([status, errors[0]?.extensions.code]).toEqual([400, "TOO_COMPLEX"]);
    expect(limit.rows).toEqual([{ statement_timeout: "3s" }]);
    expect(asked).toBe(1);
  });

  test("a table locked by Ponder is answered 503", async () => {
    await db.database.transaction(async (locker) => {
      await locker.execute(sql`lock table _ponder_meta in access exclusive mode`);
      const snapshots = createSnapshots(db.database, new Turns(8), PATIENT);
      const app = createTestApi(db.database, {
        snapshots: {
          read: (question) =>
            snapshots.read(async (snapshot, isAwaited) => {
              // As Ponder's own pool for readers is set.
              await snapshot.execute(sql`set local lock_timeout = '50ms'`);
              return question(snapshot, isAwaited);
            }),
        },
      });
      const { status, errors } = await ask(app, "{status {lag}}");
      expect([status, errors[0]?.extensions.code]).toEqual([503, "TOO_BUSY"]);
    });
  });

  test("a failed statement is not repeated, and leaves its connection fit for the next", async () => {
    const snapshots = createSnapshots(db.database, new Turns(1));
    let asked = 0;
    const broken = snapshots.read(async (snapshot) => {
      asked += 1;
      await snapshot.execute(sql`select 1 / 0`);
    });
    await expect(broken).rejects.toThrow("division by zero");
    expect(asked).toBe(1);
    for (let n = 0; n < 20; n++) expect(await snapshots.read(async () => n)).toBe(n);
  });
});
