import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { toDouble } from "../../src/math/toDouble.ts";
import { rankPosition } from "../../src/state/ranking.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { ENGINES } from "./listWorld.ts";
import {
  ALICE,
  address,
  block,
  NO_FLOWS,
  pool,
  poolSnapshot,
  position,
  tickSnapshot,
  token,
  USDC,
} from "./rows.ts";

/**
 * Money orders in doubles against the exact figures that the same positions answer with: random histories, growth that
 * has gone round 2^256, ticks on both sides of the price, two pools in quote tokens and one without a price.
 */
const OTHER = address("e9");
const TICKS = [-6000, -1200, -60, 60, 1200, 6000];
const POOLS = [
  { poolId: address("b1"), tick: 0, token1: USDC },
  { poolId: address("b2"), tick: 1500, token1: USDC },
  { poolId: address("b3"), tick: -300, token1: OTHER },
] as const;
const POSITIONS = 240;

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

const random = createRandom(11);
const between = (low: number, high: number): bigint => BigInt(Math.floor(low + random() * (high - low)));
const wrap = (growth: bigint): bigint => BigInt.asUintN(256, growth);
/** Up to a thousandth of a unit of liquidity. */
const someGrowth = (): bigint => (between(0, 1e9) * 2n ** 128n) / 10n ** 12n;

type World = {
  pools: (typeof tables.pool.$inferInsert)[];
  ticks: (typeof tables.tickSnapshot.$inferInsert)[];
  positions: (typeof tables.position.$inferInsert)[];
};

function makeWorld(): World {
  const world: World = { pools: [], ticks: [], positions: [] };
  const outside = new Map<string, readonly [bigint, bigint]>();
  for (const { poolId, tick, token1 } of POOLS) {
    const sqrtPriceX96 = getSqrtPriceAtTick(tick);
    const at = { tick, sqrtPriceX96, sqrtPriceDouble: Number(sqrtPriceX96) / 2 ** 96 };
    // Just past a whole turn: what lies outside ticks is mostly from before it.
    const growth = { feeGrowthGlobal0X128: someGrowth(), feeGrowthGlobal1X128: someGrowth() };
    world.pools.push(pool({ ...NO_FLOWS, ...at, ...growth, poolId, token1 }));
    for (const tick of TICKS) {
      const both = [wrap(-someGrowth()), wrap(-someGrowth())] as const;
      outside.set(`${poolId}:${tick}`, both);
      world.ticks.push(
        tickSnapshot({ poolId, tick, feeGrowthOutside0X128: both[0], feeGrowthOutside1X128: both[1] }),
      );
    }
  }
  for (let id = 1; id <= POSITIONS; id++) world.positions.push(makePosition(id, world, outside));
  return world;
}

/** Inside by the contract's formula, from the global growth and what is outside both ticks. */
function insideOf(all: bigint, lower: bigint, upper: bigint, isAbove: boolean, isBelow: boolean): bigint {
  return wrap(all - (isAbove ? lower : all - lower) - (isBelow ? upper : all - upper));
}

function makePosition(id: number, world: World, outside: ReadonlyMap<string, readonly [bigint, bigint]>) {
  const chosen = world.pools[id % 3];
  const from = Number(between(0, 5));
  const [tickLower = 0, tickUpper = 0] = [TICKS[from], TICKS[Number(between(from + 1, 6))]];
  if (chosen?.tick == null || chosen.sqrtPriceX96 == null) throw new Error("a pool has a price");
  const { poolId, tick, sqrtPriceX96 } = chosen;
  const closed = random() < 0.25;
  const liquidity = closed ? 0n : between(1, 1e6) * 10n ** between(0, 13);
  const [lower, upper] = [outside.get(`${poolId}:${tickLower}`), outside.get(`${poolId}:${tickUpper}`)];
  if (lower === undefined || upper === undefined) throw new Error("a range has two ticks");
  const globals = [chosen.feeGrowthGlobal0X128, chosen.feeGrowthGlobal1X128] as const;
  const last = ([0, 1] as const).map((token) => {
    const inside = insideOf(globals[token], lower[token], upper[token], tick >= tickLower, tick < tickUpper);
    return wrap(inside - someGrowth() / 7n);
  });
  const held = getAmountsForLiquidity({ sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp: true });
  const [accrued0, accrued1] = [between(0, 1e12), between(0, 1e12)];
  const [principal0, principal1] = [between(0, 1e11), between(0, 1e11)];
  const [owed0, owed1] = [accrued0 / between(1, 9), accrued1 / between(1, 9)];
  const [collected0, collected1] = [accrued0 - owed0, accrued1 - owed1];
  const row = position({
    ...{ positionId: `${poolId}:${ALICE}:${id}`, manager: null, tokenId: null, poolId, tickLower, tickUpper },
    ...(closed ? { closedBlock: 50, closedTimestamp: 1_700_000_050 } : {}),
    ...{ openedTimestamp: 1_700_000_020 + id, liquidity },
    // A basket near what is held, so that the loss is a small difference of large numbers; none when closed.
    ...{
      hold0: closed ? 0n : held.amount0 + between(0, 1e9),
      hold1: closed ? 0n : held.amount1 + between(0, 1e9),
    },
    ...{ realizedIl1: -between(0, 1e10), withdrawn0: principal0, withdrawn1: principal1 },
    ...{ withdrawnValue1: principal0 + principal1, depositedValue1: held.amount0 + held.amount1 },
    ...{ feeGrowthInside0LastX128: last[0] ?? 0n, feeGrowthInside1LastX128: last[1] ?? 0n },
    ...{ feesAccrued0: accrued0, feesAccrued1: accrued1 },
    ...{ tokensOwed0: owed0 + principal0, tokensOwed1: owed1 + principal1 },
    // All that was collected is fees, and was before principal was withdrawn, which still waits.
    ...{ collected0, collected1, debited0: collected0, debited1: collected1 },
    ...{ feesTaken0: collected0, feesTaken1: collected1 },
    ...{ feesCollected0Value1: collected0, feesCollected1Value0: collected1 },
  });
  const bounds = [tickLower, tickUpper].map((bound) => toDouble(getSqrtPriceAtTick(bound), 2n ** 96n));
  return {
    ...row,
    ...rankPosition(row as Parameters<typeof rankPosition>[0]),
    sqrtPriceLowerDouble: bounds[0] ?? 0,
    sqrtPriceUpperDouble: bounds[1] ?? 0,
  };
}

/** By order, the figure that a position itself answers with. */
const FIGURES = {
  VALUE: "worth(in: $in)",
  FEES: "fees {earned {value(in: $in)}}",
  PNL: "pnl {total(in: $in)}",
  IMPERMANENT_LOSS: "impermanentLoss {total(in: $in)}",
} as const;

type Item = {
  id: string;
  worth?: number | null;
  fees?: { earned: { value: number } };
  pnl?: { total: number | null };
};

function figureOf(item: Item & { impermanentLoss?: { total: number | null } }): number | null {
  if (item.fees !== undefined) return item.fees.earned.value;
  if (item.pnl !== undefined) return item.pnl.total;
  if (item.impermanentLoss !== undefined) return item.impermanentLoss.total;
  return item.worth ?? null;
}

/** Doubles lose as much of a sum as 2^-40 of its parts, here up to 10^19 raw units of 6 decimals; and exact figures are rounded. */
const BLUR = 10 ** 13 * 2 ** -40 + 1e-5;

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let app: Hono;

  beforeAll(async () => {
    db = await create();
    const { database } = db;
    const world = makeWorld();
    await database.insert(tables.block).values(block());
    await database
      .insert(tables.token)
      .values([token(), token({ address: USDC, decimals: 6 }), token({ address: OTHER, decimals: 6 })]);
    await database.insert(tables.pool).values(world.pools);
    for (const { poolId, tick, sqrtPriceX96, sqrtPriceDouble, ...rest } of world.pools) {
      const { feeGrowthGlobal0X128, feeGrowthGlobal1X128 } = rest;
      const growth = { feeGrowthGlobal0X128, feeGrowthGlobal1X128 };
      const at = { tick, sqrtPriceX96, sqrtPriceDouble };
      await database
        .insert(tables.poolSnapshot)
        .values(poolSnapshot({ poolId, ...at, ...growth, blockNumber: 50 }));
    }
    await database.insert(tables.tickSnapshot).values(world.ticks);
    await database.insert(tables.tick).values(world.ticks.map(({ blockNumber: _, ...row }) => row));
    await database.insert(tables.position).values(world.positions);
    app = createTestApi(database, {
      chains: [{ id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 }],
    });
  });

  afterAll(() => db.close());

  async function listed(where: string, order: keyof typeof FIGURES, direction: string, numeraire: string) {
    const items: Item[] = [];
    for (let after = ""; ; ) {
      const fields = `items {id ${FIGURES[order]}} pageInfo {hasNextPage endCursor}`.replace(
        "$in",
        numeraire,
      );
      const { data, errors } = await ask(
        app,
        `{positions(where: {chainId: 1 ${where}} orderBy: ${order} direction: ${direction} first: 70${after}) {${fields}}}`,
      );
      expect(errors).toEqual([]);
      items.push(...data.positions.items);
      if (!data.positions.pageInfo.hasNextPage) return items;
      after = ` after: "${data.positions.pageInfo.endCursor}"`;
    }
  }

  const orders = Object.keys(FIGURES) as (keyof typeof FIGURES)[];

  test.each(
    orders.flatMap((order) => [
      [order, `pool: "${POOLS[1].poolId}"`, "TOKEN1", 80, 0] as const,
      [order, "", "QUOTE", 240, 80] as const,
    ]),
  )(
    "%s ranks {%s} as exact figures in %s do, each once, unknown ones last",
    async (order, where, numeraire, all, unknown) => {
      for (const direction of ["ASC", "DESC"]) {
        const items = await listed(where, order, direction, numeraire);
        expect(new Set(items.map(({ id }) => id)).size).toBe(all);
        const figures = items.map(figureOf);
        expect(figures.slice(all - unknown)).toEqual(Array.from({ length: unknown }, () => null));
        const known = figures.slice(0, all - unknown).map((figure) => figure ?? Number.NaN);
        const steps = known
          .slice(1)
          .map((figure, i) => (direction === "ASC" ? 1 : -1) * (figure - (known[i] ?? 0)));
        expect(Math.min(...steps)).toBeGreaterThan(-BLUR);
        // Not all the same: most neighbours differ by more than what doubles may blur.
        expect(steps.filter((step) => step > BLUR).length).toBeGreaterThan(known.length / 2);
      }
    },
  );

  test("minValue leaves out what is worth less in quote tokens, and what has no price", async () => {
    const all = await listed("", "VALUE", "DESC", "QUOTE");
    const known = all.map(figureOf).filter((worth) => worth !== null);
    const middle = ((known[39] ?? 0) + (known[40] ?? 0)) / 2;
    const { data, errors } = await ask(
      app,
      `{positions(where: {chainId: 1, minValue: ${middle}} first: 1000) {items {id} totalCount}}`,
    );
    expect(errors).toEqual([]);
    const ids = data.positions.items.map(({ id }: Item) => id);
    expect([...ids].sort()).toEqual(
      all
        .slice(0, 40)
        .map(({ id }) => id)
        .sort(),
    );
    expect(data.positions.totalCount).toBe(40);
  });
});
