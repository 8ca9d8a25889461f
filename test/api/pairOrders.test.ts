import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { fillChain } from "./eventRows.ts";
import { ENGINES } from "./listWorld.ts";
import {
  AFTER_SALE,
  AT_MINT,
  EMPTY_BOOK,
  PAIR,
  pair,
  pairPosition,
  pairSnapshot,
  snapshotOf,
} from "./protocolRows.ts";
import { address, ownership, type PositionRow, USDC } from "./rows.ts";

/** Money orders of LP tokens in doubles against the exact figures that the same positions answer with. */
const DILUTED = address("b6");
const POSITIONS = 60;

/** Mulberry32: the same histories on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = createRandom(5);
const between = (low: number, high: number): bigint => BigInt(Math.floor(low + random() * (high - low)));

function makePosition(id: number): PositionRow {
  const closed = random() < 0.2;
  const shares = closed ? 0n : between(1e12, 1e15);
  // Bought when a share was worth less than now, or, where the pair lost tokens since, more.
  const basisX64 = (shares * 2n ** 64n * between(900_000, 1_001_000)) / 1_000_000n;
  const [taken0, taken1] = [between(-1e15, 1e17), between(-1e7, 1e9)];
  return pairPosition({
    ...EMPTY_BOOK,
    ...{ owner: address(`a${id}`), poolId: id % 2 === 0 ? PAIR : DILUTED, liquidity: shares, basisX64 },
    ...(closed ? { closedBlock: 20, closedTimestamp: 1_700_000_020 } : {}),
    openedTimestamp: 1_700_000_020 + id,
    ...{ hold0: shares * 22_361n, hold1: shares / 22_361n, realizedIl1: -between(0, 1e9) },
    ...{ feesTaken0: taken0, feesTaken1: taken1, collected0: taken0, collected1: taken1 },
    ...{ debited0: taken0, debited1: taken1, depositedValue1: between(1e9, 1e11) },
    ...{ feesCollected0Value1: taken0 / 500_000_000n, feesCollected1Value0: taken1 * 500_000_000n },
  });
}

const positions = Array.from({ length: POSITIONS }, (_, index) => makePosition(index + 1));
const owned = positions.map((row) =>
  ownership({ ...row, feesCollectedValue1: (row.feesTaken1 ?? 0n) + row.feesCollected0Value1 }),
);

/** By order, the figure that a position answers with, and that of a leaderboard. */
const FIGURES = {
  VALUE: ["worth(in: $in)", "value"],
  FEES: ["fees {earned {value(in: $in)}}", "fees"],
  PNL: ["pnl {total(in: $in)}", "pnl"],
  IMPERMANENT_LOSS: ["impermanentLoss {total(in: $in)}", "impermanentLoss"],
} as const;

type Item = {
  owner: string;
  worth?: number;
  fees?: { earned: { value: number } };
  pnl?: { total: number };
  impermanentLoss?: { total: number };
};

function figureOf(item: Item): number {
  const figure =
    item.worth ?? item.fees?.earned.value ?? item.pnl?.total ?? item.impermanentLoss?.total ?? null;
  if (figure === null) throw new Error(`${item.owner} has no figure`);
  return figure;
}

/** In whole USDC: exact figures are truncated some units of 6 decimals in all. */
const BLUR = 1e-5;

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let app: Hono;

  beforeAll(async () => {
    db = await create();
    const { database } = db;
    await fillChain(database, [20, 100]);
    const changed = { ...AFTER_SALE, changedBlock: 60 };
    await database
      .insert(tables.pool)
      .values([pair(changed), pair({ ...changed, poolId: DILUTED, feeOn: true })]);
    await database
      .insert(tables.poolSnapshot)
      .values([
        pairSnapshot(),
        pairSnapshot({ ...AFTER_SALE, blockNumber: 60 }),
        pairSnapshot({ poolId: DILUTED, kLast: AT_MINT.kLast / 2n, feeOn: true }),
        pairSnapshot({ ...AFTER_SALE, poolId: DILUTED, feeOn: true, blockNumber: 60 }),
      ]);
    await database.insert(tables.position).values(positions);
    await database.insert(tables.positionSnapshot).values(positions.map(snapshotOf));
    await database.insert(tables.ownership).values(owned);
    const chain = { id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 };
    app = createTestApi(database, { chains: [chain] });
  });

  afterAll(() => db.close());

  function expectSorted(figures: readonly number[], direction: string): void {
    figures.slice(1).forEach((figure, i) => {
      const before = figures[i] ?? Number.NaN;
      const step = direction === "ASC" ? figure - before : before - figure;
      expect(step, `after ${i}`).toBeGreaterThanOrEqual(-BLUR);
    });
    expect(Math.max(...figures) - Math.min(...figures)).toBeGreaterThan(10_000 * BLUR);
  }

  test.each(Object.entries(FIGURES))("%s ranks LP tokens as exact figures do", async (order, [field]) => {
    for (const [where, numeraire, count] of [
      [`chainId: 1, pool: "${DILUTED}"`, "TOKEN1", 30],
      ["chainId: 1", "QUOTE", 60],
    ] as const) {
      for (const direction of ["ASC", "DESC"]) {
        const { data, errors } = await ask(
          app,
          `query ($in: Numeraire!) {positions(where: {${where}} orderBy: ${order} direction: ${direction} first: 100) {
            items {owner ${field}}}}`,
          { in: numeraire },
        );
        expect(errors).toEqual([]);
        expect(data.positions.items).toHaveLength(count);
        expectSorted(data.positions.items.map(figureOf), direction);
      }
    }
  });

  test.each(Object.entries(FIGURES))(
    "a leaderboard's %s is the exact figure",
    async (order, [field, name]) => {
      const { data, errors } = await ask(
        app,
        `query ($in: Numeraire!) {
        leaderboard(chainId: 1 orderBy: ${order} first: 100) {items {account {address} ${name}}}
        positions(where: {chainId: 1} first: 100) {items {owner ${field}}}}`,
        { in: "QUOTE" },
      );
      expect(errors).toEqual([]);
      const exact = new Map(data.positions.items.map((item: Item) => [item.owner, figureOf(item)]));
      expect(data.leaderboard.items).toHaveLength(POSITIONS);
      expectSorted(
        data.leaderboard.items.map((entry: Record<string, number>) => entry[name]),
        "DESC",
      );
      for (const { account, [name]: figure } of data.leaderboard.items) {
        expect(Math.abs(figure - Number(exact.get(account.address))), account.address).toBeLessThan(BLUR);
      }
    },
  );

  test.each([
    [PAIR, "VALUE"],
    [DILUTED, "VALUE"],
    [PAIR, "IMPERMANENT_LOSS"],
  ] as const)("in %s %s ranks LP tokens as of a past block", async (poolId, order) => {
    const { data, errors } = await ask(
      app,
      `query ($in: Numeraire!) {pool(chainId: 1, poolId: "${poolId}", asOf: {block: 20}) {
        positions(orderBy: ${order} first: 100) {items {owner ${FIGURES[order][0]}}}}}`,
      { in: "TOKEN1" },
    );
    expect(errors).toEqual([]);
    const { items } = data.pool.positions;
    expect(items.length).toBeGreaterThan(20);
    expectSorted(items.map(figureOf), "DESC");
  });

  test("minValue looks at what a burn pays", async () => {
    const all = "positions(where: {chainId: 1} first: 100) {items {owner worth(in: QUOTE)}}";
    const { data, errors } = await ask(
      app,
      `{${all} some: positions(where: {chainId: 1, minValue: 50000}) {totalCount}}`,
    );
    expect(errors).toEqual([]);
    const worths: number[] = data.positions.items.map(figureOf);
    expect(data.some.totalCount).toBe(worths.filter((worth) => worth >= 50_000).length);
    expect(data.some.totalCount).toBeGreaterThan(5);
  });
});
