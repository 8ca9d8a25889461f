import type { drizzle } from "drizzle-orm/pglite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isReady } from "../../src/api/queries/progress.ts";
import type { Database } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { keepUp } from "../../src/api/upkeep.ts";
import { createPglite, type TestDatabase } from "./database.ts";

const HALF_HOUR = 30 * 60_000;
/** Each look, every 50 ms, moves the false clock by as much: in all less than the half hour. */
const PATIENT = { timeout: 60_000 };

let db: TestDatabase;
let statements: string[];
let errors: string[];
let end: () => void;

beforeEach(async () => {
  db = await createPglite();
  [statements, errors] = [[], []];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(async () => {
  end();
  vi.useRealTimers();
  await db.close();
});

function start(fails = false): void {
  const { $client: client } = db.database as Database & ReturnType<typeof drizzle>;
  end = keepUp({
    query: async (statement) => {
      statements.push(statement);
      if (fails) throw new Error("disk full");
      return client.query(statement);
    },
    isReady: () => isReady(db.database),
    turns: new Turns(1),
    logger: { error: ({ msg, error }) => errors.push(`${msg}: ${error.message}`) },
  });
}

const say = (ready: boolean) =>
  db.database.execute(
    `insert into _ponder_meta values ('app', '{"is_ready": ${ready ? 1 : 0}}')
     on conflict (key) do update set value = excluded.value`,
  );

const vacuumed = () => statements.filter((statement) => statement.startsWith("vacuum")).length;

async function tables(condition: "" | "and reltuples >= 0"): Promise<string[]> {
  const { rows } = (await db.database.execute(
    `select relname as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace ${condition} order by relname`,
  )) as unknown as { rows: { name: string }[] };
  return rows.map(({ name }) => name);
}

test("vacuums and analyses every table once history is indexed, and again each half hour", async () => {
  await say(false);
  start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(statements).toEqual([]);

  await say(true);
  await vi.advanceTimersByTimeAsync(5_000);
  const all = await tables("");
  expect(all).toEqual(expect.arrayContaining(["_ponder_meta", "ownership", "pool", "position", "swap"]));
  const analysed = async () => expect(await tables("and reltuples >= 0")).toEqual(all);
  await vi.waitFor(analysed, PATIENT);
  const once = vacuumed();
  expect(once).toBe(all.length);

  await vi.advanceTimersByTimeAsync(HALF_HOUR - 10_000);
  expect(vacuumed()).toBe(once);
  await vi.advanceTimersByTimeAsync(20_000);
  await vi.waitFor(() => expect(vacuumed()).toBe(2 * once), PATIENT);
  expect(errors).toEqual([]);
});

test("what fails is said, and tried again", async () => {
  await say(true);
  start(true);
  await vi.advanceTimersByTimeAsync(6_000);
  const failure = "Could not vacuum the database: lists may be slow until it works: disk full";
  await vi.waitFor(() => expect(errors).toEqual([failure]), PATIENT);
  await vi.advanceTimersByTimeAsync(HALF_HOUR + 6_000);
  await vi.waitFor(() => expect(errors.length).toBe(2), PATIENT);
});
