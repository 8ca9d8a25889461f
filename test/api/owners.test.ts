import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { BOB, createOwnedWorld, ID } from "./ownedWorld.ts";
import { ALICE } from "./rows.ts";
import { timeOf } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createOwnedWorld();
  app = createTestApi(db.database);
});

afterAll(() => db.close());

const PNL = "pnl {total realized unrealized priceEffect impermanentLoss fees roi}";
const FIELDS = `owner custodian impermanentLoss {total netOfFees} ${PNL} owners {
  owner from {number timestamp} to {number timestamp} impermanentLoss {total unrealized ratio hold {amount0}} ${PNL}}`;

async function positionAt(blockNumber?: number, fields = FIELDS) {
  const { data, errors } = await ask(
    app,
    `{position(id: "${ID}${blockNumber === undefined ? "" : `@${blockNumber}`}") {${fields}}}`,
  );
  expect(errors).toEqual([]);
  return data.position;
}

const close = (value: number) => expect.closeTo(value, 12);

describe("a position that went over at another price", () => {
  test("has an owner's book each, whose impermanent loss is not the position's", async () => {
    const seen = await positionAt();
    expect(seen.owners.map(({ owner }: { owner: string }) => owner)).toEqual([ALICE, BOB]);
    const [alice, bob] = seen.owners;
    expect([alice.from, alice.to, bob.from, bob.to]).toEqual([
      { number: 100, timestamp: timeOf(100) },
      { number: 110, timestamp: timeOf(110) },
      { number: 110, timestamp: timeOf(110) },
      null,
    ]);
    // 4.5: position 0, segments -0.1716 and -0.1213.
    expect(seen.impermanentLoss.total).toBeCloseTo(0, 15);
    expect(alice.impermanentLoss.total).toBeCloseTo(-0.1716, 4);
    expect(bob.impermanentLoss.total).toBeCloseTo(-0.1213, 4);
    expect(alice.impermanentLoss).toEqual({
      ...{ total: close(2 * Math.SQRT2 - 3), unrealized: 0, ratio: null, hold: { amount0: "0" } },
    });
  });

  test("has a profit that is its owners' together", async () => {
    const { pnl, owners } = await positionAt();
    // Deposits of 2; 2.828 and waiting fees of 0.014 at price 2 were handed over; then 2, 0.006 collected, 0.006 wait.
    expect(owners[0].pnl).toEqual({
      ...{
        total: close(2 * Math.SQRT2 + 0.014 - 2),
        realized: close(2 * Math.SQRT2 + 0.014 - 2),
        unrealized: close(0),
      },
      ...{ priceEffect: close(1), impermanentLoss: close(2 * Math.SQRT2 - 3), fees: close(0.014) },
      roi: close(Math.SQRT2 + 0.007 - 1),
    });
    // What is left of the bought fees cost 0.001 x 2 + 0.003 of 0.014; the rest brought 0.006.
    expect(owners[1].pnl).toEqual({
      total: close(2 + 0.006 + 0.004 + 0.002 - 2 * Math.SQRT2 - 0.014),
      realized: close(0.006 - 0.009),
      unrealized: close(2 + 0.004 + 0.002 - 2 * Math.SQRT2 - 0.005),
      priceEffect: close(1.5 * Math.SQRT2 - 2 * Math.SQRT2 + 0.006 + 0.004 - 0.014),
      impermanentLoss: close(2 - 1.5 * Math.SQRT2),
      fees: close(0.002),
      roi: close((2.012 - 2 * Math.SQRT2 - 0.014) / (2 * Math.SQRT2)),
    });
    expect(pnl).toEqual({
      ...{ total: close(0.012), realized: close(0.006), unrealized: close(0.006) },
      ...{ priceEffect: close(0), impermanentLoss: close(0), fees: close(0.012), roi: close(0.006) },
    });
    expect(owners[0].pnl.total + owners[1].pnl.total).toBeCloseTo(pnl.total, 15);
  });

  test("is as it was at a block: before, and right after", async () => {
    const { owner, owners } = await positionAt(105);
    expect(owner).toBe(ALICE);
    expect(owners).toMatchObject([{ owner: ALICE, to: null, pnl: { total: close(0), fees: 0 } }]);
    const after = await positionAt(115);
    expect(after.owner).toBe(BOB);
    expect(after.owners).toMatchObject([
      { owner: ALICE, to: { number: 110 }, pnl: { total: close(2 * Math.SQRT2 + 0.014 - 2) } },
      { owner: BOB, to: null, pnl: { total: close(0), priceEffect: close(0), fees: 0, realized: 0 } },
    ]);
    expect(after.pnl).toMatchObject({ total: close(2 * Math.SQRT2 + 0.014 - 2), fees: close(0.014) });
  });

  test("counts capital and time of each owner apart", async () => {
    const { pnl, fees, owners } = await positionAt(
      undefined,
      "pnl {apr} fees {apr} owners {pnl {apr} impermanentLoss {apr}}",
    );
    const YEAR = 365 * 24;
    expect(owners[0].pnl.apr).toBeCloseTo((((2 * Math.SQRT2 + 0.014 - 2) / 2) * YEAR) / 10, 6);
    expect(owners[0].impermanentLoss.apr).toBeCloseTo((((2 * Math.SQRT2 - 3) / 2) * YEAR) / 10, 6);
    expect(owners[1].pnl.apr).toBeCloseTo(((1.998 - 2 * Math.SQRT2) / (2 * Math.SQRT2)) * (YEAR / 20), 6);
    expect([pnl.apr, fees.apr]).toEqual([
      expect.closeTo((0.006 * YEAR) / 30, 8),
      expect.closeTo((0.006 * YEAR) / 30, 8),
    ]);
  });
});

describe("in quarantine", () => {
  test("who held it when fees were known keeps its book; who has it now has none, but impermanent loss", async () => {
    const where = eq(tables.pool.poolId, `0x${"b1".padStart(40, "0")}`);
    await db.database.update(tables.pool).set({ quarantinedBlock: 119 }).where(where);
    const { pnl, impermanentLoss, owners } = await positionAt();
    const none = { total: null, realized: null, unrealized: null, priceEffect: null, fees: null, roi: null };
    expect(pnl).toEqual({ ...none, impermanentLoss: close(0) });
    expect(impermanentLoss.netOfFees).toBeNull();
    expect(owners[0].pnl).toMatchObject({ total: close(2 * Math.SQRT2 + 0.014 - 2), fees: close(0.014) });
    expect(owners[1].pnl).toEqual({ ...none, impermanentLoss: close(2 - 1.5 * Math.SQRT2) });
    const unknown = { feesAfter0: null, feesAfter1: null };
    await db.database.update(tables.ownership).set(unknown).where(eq(tables.ownership.number, 0));
    const { owners: unsettled } = await positionAt();
    expect(unsettled[0].pnl).toEqual({ ...none, impermanentLoss: close(2 * Math.SQRT2 - 3) });
    await db.database.update(tables.pool).set({ quarantinedBlock: null }).where(where);
  });
});
