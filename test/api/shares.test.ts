import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { fillChain } from "./eventRows.ts";
import { PAIR, pair, pairPosition, pairSnapshot, snapshotOf } from "./protocolRows.ts";
import { ALICE, address, MANAGER, POOL, pool, poolSnapshot, position } from "./rows.ts";
import { A, B, BOB, createVectorWorld } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

afterAll(() => db.close());

async function answer(query: string) {
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  return data;
}

/** 30000000000001 and 22280311368840 in seven hours, 7500000000000 of token1 in the last, of 19275398404582352 and 16269827961613193. */
const [ALL, HOUR] = [1.8404985845606994, 1.8503579914506412];
const POOL_FIELDS = "ownerConcentration feeApr hour: feeApr(window: HOUR) all: feeApr(window: ALL)";
const poolOf = async (fields: string, asOf = "", poolId: string = POOL) =>
  (await answer(`{pool(chainId: 1, poolId: "${poolId}"${asOf}) {${fields}}}`)).pool;

describe("of the published vector", () => {
  beforeAll(async () => {
    db = await createVectorWorld();
    app = createTestApi(db.database);
  });

  test("10^18 and 5 * 10^17 in range, by two owners", async () => {
    expect(
      await answer(
        `{a: position(id: "${A}") {liquidityShare complete} b: position(id: "${B}") {liquidityShare}}`,
      ),
    ).toEqual({
      ...{ a: { liquidityShare: 2 / 3, complete: true }, b: { liquidityShare: 1 / 3 } },
    });
    // (4 + 1) / 9. The day is longer than the pool has been there; by whole numbers in Python.
    expect(await poolOf(POOL_FIELDS)).toEqual({
      ...{ ownerConcentration: expect.closeTo(5 / 9, 15), hour: expect.closeTo(HOUR, 12) },
      ...{ feeApr: expect.closeTo(ALL, 12), all: expect.closeTo(ALL, 12) },
    });
  });

  test("as of a block at which one was out of range", async () => {
    expect(
      await answer(
        `{a: position(id: "${A}@103") {liquidityShare} b: position(id: "${B}@103") {liquidityShare}}`,
      ),
    ).toEqual({ a: { liquidityShare: 0 }, b: { liquidityShare: 1 } });
    expect(await poolOf("ownerConcentration", ", asOf: {block: 103}")).toEqual({ ownerConcentration: 1 });
    expect(await poolOf("feeApr", ", asOf: {block: 100}")).toEqual({ feeApr: null });
  });

  test("positions of one owner are one, and whose they were then counts", async () => {
    const { position: held, positionSnapshot } = tables;
    await db.database.update(held).set({ owner: ALICE });
    const now = await poolOf("ownerConcentration");
    const then = await poolOf("ownerConcentration", ", asOf: {block: 106}");
    await db.database
      .update(held)
      .set({ owner: BOB })
      .where(eq(held.positionId, B.slice(2)));
    expect(now).toEqual({ ownerConcentration: 1 });
    expect(then.ownerConcentration).toBeCloseTo(5 / 9, 15);
    expect(await db.database.$count(positionSnapshot)).toBe(2);
  });

  test("owners are not scanned for in lists, nor below them", async () => {
    const lists = `pools {items {ownerConcentration}} positions {items {pool {ownerConcentration}}}`;
    const none = { ownerConcentration: null };
    expect(await answer(`{${lists} position(id: "${A}") {pool {ownerConcentration}}}`)).toEqual({
      pools: { items: [none] },
      positions: { items: [{ pool: none }, { pool: none }] },
      position: { pool: { ownerConcentration: expect.closeTo(5 / 9, 15) } },
    });
  });

  test("in quarantine what follows the log is told: not fees, and not whether everything was seen", async () => {
    await db.database.update(tables.pool).set({ quarantinedBlock: 106 });
    const found = await poolOf(POOL_FIELDS);
    const own = await answer(`{position(id: "${A}") {liquidityShare complete}}`);
    await db.database.update(tables.pool).set({ quarantinedBlock: null });
    expect(found).toEqual({
      ...{ ownerConcentration: expect.closeTo(5 / 9, 15), feeApr: null, hour: null, all: null },
    });
    expect(own.position).toEqual({ liquidityShare: 2 / 3, complete: false });
  });

  test("each counts as 100 rows of a pool", async () => {
    const page = (first: number, fields: string) => `{pools(first: ${first}) {items {${fields}}}}`;
    expect((await ask(app, page(100, "feeApr principal {amount0}"))).errors).toEqual([]);
    expect((await ask(app, page(101, "feeApr"))).errors[0]?.message).toContain("10100 rows");
    expect((await ask(app, page(101, "ownerConcentration"))).errors[0]?.message).toContain("10100 rows");
  });
});

describe("of other pools", () => {
  const EMPTY = address("b3");
  const share = async (id: string) =>
    (await answer(`{position(id: "1:${id}") {liquidityShare}}`)).position.liquidityShare;

  beforeAll(async () => {
    db = await createPglite();
    const { database } = db;
    await fillChain(database, [20, 60, 100]);
    const empty = pool({ poolId: EMPTY, liquidity: 0n, trackedFromTimestamp: 1_699_990_000 });
    await database.insert(tables.pool).values([pool({ liquidity: 10n }), pair(), empty]);
    await database.insert(tables.poolSnapshot).values([poolSnapshot(), pairSnapshot()]);
    const of = (id: number, row: Parameters<typeof position>[0]) =>
      position({ positionId: `${MANAGER}:${id}`, tokenId: BigInt(id), ...row });
    const rows = [
      of(1, { owner: address("d1"), liquidity: 5n }),
      of(2, { owner: address("d2"), liquidity: 3n }),
      of(3, { owner: address("d3"), liquidity: 2n }),
      // Above its range, below it, and closed.
      of(4, { owner: address("d1"), liquidity: 90n, tickLower: -200400, tickUpper: -199860 }),
      of(5, { owner: address("d4"), liquidity: 90n, tickLower: -199800, tickUpper: -199740 }),
      of(6, { owner: address("d3"), liquidity: 0n }),
      of(7, { poolId: EMPTY, liquidity: 5n, tickLower: 0, tickUpper: 60 }),
      pairPosition(),
      pairPosition({ owner: BOB, liquidity: 3n * 447213595499957n }),
    ];
    await database.insert(tables.position).values(rows);
    await database.insert(tables.positionSnapshot).values(rows.map(snapshotOf));
    app = createTestApi(database);
  });

  test("a half, 3 and 2 tenths of what is in range", async () => {
    expect(await poolOf("ownerConcentration")).toEqual({ ownerConcentration: 0.38 });
    const ids = [1, 2, 3, 4, 5, 6].map((id) => `${MANAGER}:${id}`);
    expect(await Promise.all(ids.map(share))).toEqual([0.5, 0.3, 0.2, 0, 0, 0]);
  });

  test("without any in range", async () => {
    expect(await poolOf(POOL_FIELDS, "", EMPTY)).toEqual({
      ...{ ownerConcentration: null, feeApr: null, hour: null, all: null },
    });
    expect(await share(`${MANAGER}:7`)).toBeNull();
  });

  test("of LP tokens", async () => {
    // 1 % of all, and 3 %; to their holders, 1 and 9 of 16. A minute old.
    expect(await share(pairPosition().positionId)).toBeCloseTo(0.01, 12);
    expect(await poolOf(POOL_FIELDS, "", PAIR)).toEqual({
      ...{ ownerConcentration: 0.625, feeApr: null, hour: null, all: null },
    });
  });
});
