import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { createSnapshots, type Snapshot } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { ask, createTestApi, PATIENT } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { core, MANAGER, position } from "./rows.ts";
import { CORE_A, createVectorWorld } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
let reads = 0;

/** Thirty NFTs besides the vector's positions, in an app that counts its queries. */
beforeAll(async () => {
  db = await createVectorWorld();
  const { database } = db;
  const rows = Array.from({ length: 30 }, (_, i) => {
    const range = { tickLower: i % 2 === 0 ? -60 : -600, tickUpper: i % 2 === 0 ? 60 : 600 };
    return position({ ...range, positionId: `${MANAGER}:${100 + i}`, tokenId: BigInt(100 + i) });
  });
  await database.insert(tables.position).values(rows);
  await database.insert(tables.positionSnapshot).values(rows.map((row) => ({ ...row, blockNumber: 101 })));
  const wide = core({ corePositionId: CORE_A.replace("-60:60", "-600:600"), blockNumber: 101 });
  await database.insert(tables.corePositionSnapshot).values(wide);
  const snapshots = createSnapshots(database, new Turns(1), PATIENT);
  app = createTestApi(database, {
    snapshots: {
      read: (question) => snapshots.read((snapshot, isAwaited) => question(counting(snapshot), isAwaited)),
    },
  });
});

afterAll(() => db.close());

function counting(snapshot: Snapshot): Snapshot {
  return new Proxy(snapshot, {
    get(target, name) {
      if (name === "select" || name === "selectDistinct" || name === "execute") reads += 1;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function readsOf(fields: string, first: number, list = "positions"): Promise<number> {
  reads = 0;
  const { data, errors } = await ask(app, `{${list}(first: ${first}) {items {${fields}}}}`);
  expect(errors).toEqual([]);
  if (list === "positions") expect(data.positions.items.length).toBe(first);
  return reads;
}

const LEDGER = "owed {amount0} fees {earned {amount0}} residual {amount0} timeInRange worth";
const WINDOWS = `hour: adverseSelection(window: HOUR) {lvr} week: adverseSelection(window: WEEK) {lvr}
  all: adverseSelection(window: ALL) {feesLp}`;

test("a page of positions takes as many queries as one position", async () => {
  const alone = await readsOf("id", 1);
  expect(await readsOf("id", 32)).toBe(alone);
  // Ticks, and core positions.
  expect(await readsOf(LEDGER, 1)).toBe(alone + 2);
  expect(await readsOf(LEDGER, 32)).toBe(alone + 2);
  // For each of the two rolling windows its blocks; and what was there before: pools, positions, ticks for the hour alone.
  const windows = await readsOf(WINDOWS, 32);
  expect(windows).toBe(alone + 1 + 2 * 2 + 3);
  expect(await readsOf(`${LEDGER} ${WINDOWS}`, 32)).toBe(windows + 1);
});

test("owners of a page are one query, and all of its flows two and one for their blocks", async () => {
  const alone = await readsOf("id", 1);
  expect(await readsOf("owners {owner pnl {total}}", 32)).toBe(alone + 1);
  const then = "owners {pnl {total(in: QUOTE_THEN)}} pnl {total(in: QUOTE_THEN) fees(in: QUOTE_THEN)}";
  // With them ticks, and owners.
  expect(await readsOf(then, 9)).toBe(alone + 2 + 3);
});

test("pools of a page share their windows, and a walk serves all positions of a pool", async () => {
  const alone = await readsOf("id", 1);
  expect(await readsOf("pool {totals(window: HOUR) {swaps}}", 32)).toBe(alone + 3);
  expect(await readsOf("pool {principal {amount0} uncollectedFees {amount0}}", 32)).toBe(alone + 1);
  const pools = await readsOf("id", 5, "pools");
  expect(await readsOf("totals(window: HOUR) {swaps} all: totals {swaps}", 5, "pools")).toBe(pools + 3);
});

test("an answer as of a block is a fixed number of look-ups", async () => {
  const at = async (id: string): Promise<number> => {
    reads = 0;
    const { errors } = await ask(app, `{position(id: "${id}") {id ${LEDGER}}}`);
    expect(errors).toEqual([]);
    return reads;
  };
  expect(await at(`1:${MANAGER}:7@102`)).toBe(await at(`1:${MANAGER}:7@106`));
});
