import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { ENGINES, ONE } from "./listWorld.ts";
import {
  ALICE,
  address,
  block,
  type OwnershipRow,
  ownership,
  POOL,
  pool,
  poolSnapshot,
  tickSnapshot,
  token,
  USDC,
} from "./rows.ts";

const [BOB, CAROL, DAVE, ERIN] = [address("d2"), address("d3"), address("d4"), address("d5")] as const;
const [QUARANTINED, UNPRICED] = [address("b2"), address("b3")] as const;
const OTHER = address("e9");

/** A 1024th of a turn of growth is one of L = 1024 * 10^9 in every 10^9. */
const GROWTH = 2n ** 118n;
/** Gone round: below the lower tick it is 7 short of a whole turn, below the upper one 3 past it: 10 inside. */
const GROWN = { feeGrowthGlobal0X128: 3n * GROWTH, feeGrowthGlobal1X128: 0n };
const [LOWER, UPPER] = [-13860, 13860];
const TICKS = [
  { tick: LOWER, feeGrowthOutside0X128: 2n ** 256n - 7n * GROWTH },
  { tick: UPPER, feeGrowthOutside0X128: 0n },
];

const ended = { liquidityDouble: 0, hold0Double: 0, hold1Double: 0, toBlock: 60, toTimestamp: 1_700_000_060 };
const nothing = {
  ...{ realizedIl1Double: 0, feesOffset0Double: 0, feesOffset1Double: 0, owedOffset0Double: 0 },
  ...{ owedOffset1Double: 0, uncollectedOffset0Double: 0, uncollectedOffset1Double: 0, flows1Double: 0 },
};

function owned(positionId: number, number: number, owner: `0x${string}`, row: Partial<OwnershipRow>) {
  const range = { tickLower: LOWER, tickUpper: UPPER, sqrtPriceLowerDouble: 0.5, sqrtPriceUpperDouble: 2 };
  return ownership({ ...range, ...nothing, positionId: `0xa1:${positionId}`, number, owner, ...row });
}

/** At price 1 it holds 511,999,999,999 of each, rounded down. */
const open = { liquidityDouble: 1_024_000_000_000, hold0Double: 513e9, hold1Double: 512e9 };

const rows = [
  // Of position 1 Bob had the first part, Alice has the rest.
  owned(1, 0, BOB, {
    ...{
      ...ended,
      realizedIl1Double: -2e9,
      feesOffset0Double: 4e9,
      feesOffset1Double: 1e9,
      flows1Double: 7e9,
    },
  }),
  owned(1, 1, ALICE, {
    ...{ ...open, feesOffset0Double: 5e9, owedOffset0Double: 3e9, uncollectedOffset0Double: 2e9 },
    flows1Double: -1025e9,
  }),
  owned(2, 0, ALICE, { ...ended, realizedIl1Double: -3e9, feesOffset1Double: 1e9, flows1Double: -2e9 }),
  // Position 3 came back to Bob.
  owned(3, 0, BOB, { ...ended }),
  owned(3, 1, CAROL, { ...ended, feesOffset0Double: 20e9, flows1Double: 8e9 }),
  owned(3, 2, BOB, { ...ended, toBlock: null, toTimestamp: null, owedOffset1Double: 6e9 }),
  owned(4, 0, DAVE, { ...open, poolId: QUARANTINED, realizedIl1Double: -1e9 }),
  owned(5, 0, ERIN, { ...open, poolId: UNPRICED }),
  // What has no price is left out of what Alice has.
  owned(6, 0, ALICE, { ...ended, poolId: UNPRICED, feesOffset1Double: 9e18, flows1Double: 9e18 }),
];

/** Worked by hand, in whole tokens of 6 decimals. */
const IN_POOL = {
  [ALICE]: {
    positions: 2,
    value: 1036999.999998,
    impermanentLoss: -4000.000002,
    fees: 16000,
    pnl: 8999.999998,
  },
  [BOB]: { positions: 2, value: 6000, impermanentLoss: -2000, fees: 5000, pnl: 7000 },
  [CAROL]: { positions: 1, value: 0, impermanentLoss: 0, fees: 20000, pnl: 8000 },
};
const UNKNOWN = { value: null, impermanentLoss: null, fees: null, pnl: null };
const ON_CHAIN = {
  ...IN_POOL,
  [ALICE]: { ...IN_POOL[ALICE], positions: 3 },
  [DAVE]: { ...UNKNOWN, positions: 1, impermanentLoss: -2000.000002 },
  [ERIN]: { ...UNKNOWN, positions: 1 },
};

const ENTRY = "rank account {address} positions value impermanentLoss fees pnl";

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let app: Hono;

  beforeAll(async () => {
    db = await create();
    const { database } = db;
    await database.insert(tables.block).values(block());
    await database
      .insert(tables.token)
      .values([token(), token({ address: USDC, decimals: 6 }), token({ address: OTHER })]);
    for (const [poolId, row] of [
      [POOL, {}],
      [QUARANTINED, { quarantinedBlock: 40 }],
      [UNPRICED, { token1: OTHER }],
    ] as const) {
      await database.insert(tables.pool).values(pool({ ...ONE, ...GROWN, ...row, poolId }));
      const { token1: _, ...state } = { token1: USDC, ...row };
      await database
        .insert(tables.poolSnapshot)
        .values(poolSnapshot({ ...ONE, ...GROWN, ...state, poolId, blockNumber: 50 }));
      for (const bound of TICKS) {
        const { blockNumber: _, ...row } = tickSnapshot({ ...bound, poolId });
        await database.insert(tables.tick).values(row);
        await database
          .insert(tables.tickSnapshot)
          .values(tickSnapshot({ ...bound, poolId, blockNumber: 50 }));
      }
    }
    await database.insert(tables.ownership).values(rows);
    const chain = { id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 };
    app = createTestApi(database, { chains: [chain] });
  });

  afterAll(() => db.close());

  async function board(args: string) {
    const { data, errors } = await ask(
      app,
      `{leaderboard(chainId: 1 ${args}) {items {${ENTRY}} totalCount pageInfo {hasNextPage endCursor rankedAt {number}}}}`,
    );
    expect(errors).toEqual([]);
    return data.leaderboard;
  }

  /** Sums of doubles: to the ninth digit after the point. */
  function expected(figures: Record<string, object>, order: readonly string[], after = 0) {
    return order.map((owner, i) => {
      const near = Object.entries(figures[owner] ?? {}).map(([name, figure]) => [
        name,
        figure === null ? null : expect.closeTo(figure, 9),
      ]);
      return { rank: after + i + 1, account: { address: owner }, ...Object.fromEntries(near) };
    });
  }

  test.each([
    ["VALUE", "DESC", [ALICE, BOB, CAROL]],
    ["VALUE", "ASC", [CAROL, BOB, ALICE]],
    ["FEES", "DESC", [CAROL, ALICE, BOB]],
    ["IMPERMANENT_LOSS", "ASC", [ALICE, BOB, CAROL]],
    ["PNL", "DESC", [ALICE, CAROL, BOB]],
  ])(
    "of a pool by %s %s: owners' times with positions add up to accounts, in token1",
    async (orderBy, direction, order) => {
      const { items, totalCount } = await board(
        `pool: "${POOL}" orderBy: ${orderBy} direction: ${direction}`,
      );
      expect(items).toEqual(expected(IN_POOL, order));
      expect(totalCount).toBe(3);
    },
  );

  test.each([
    ["VALUE", "DESC", [ALICE, BOB, CAROL, DAVE, ERIN]],
    ["FEES", "ASC", [BOB, ALICE, CAROL, DAVE, ERIN]],
    ["IMPERMANENT_LOSS", "DESC", [CAROL, BOB, DAVE, ALICE, ERIN]],
    ["PNL", "ASC", [BOB, CAROL, ALICE, DAVE, ERIN]],
  ])(
    "of the chain by %s %s: unpriced and quarantined figures are not known and come last",
    async (orderBy, direction, order) => {
      const { items, totalCount } = await board(`orderBy: ${orderBy} direction: ${direction}`);
      expect(items).toEqual(expected(ON_CHAIN, order));
      expect(totalCount).toBe(5);
    },
  );

  test("pages go on counting, and rank at the point of the first though price, growth and ticks have moved", async () => {
    const { database } = db;
    const first = await board("orderBy: FEES first: 2");
    expect(first.items).toEqual(expected(ON_CHAIN, [CAROL, ALICE]));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, rankedAt: { number: 100 } });
    await database.insert(tables.block).values(block({ number: 101 }));
    const moved = {
      tick: -13864,
      sqrtPriceX96: 2n ** 95n,
      sqrtPriceDouble: 0.5,
      feeGrowthGlobal0X128: 99n * GROWTH,
    };
    await database
      .update(tables.pool)
      .set({ ...moved, changedBlock: 101 })
      .where(eq(tables.pool.poolId, POOL));
    await database.insert(tables.poolSnapshot).values(poolSnapshot({ ...moved, blockNumber: 101 }));
    await database.update(tables.tick).set({ feeGrowthOutside0X128: 50n * GROWTH });
    const second = await board(`orderBy: FEES first: 2 after: "${first.pageInfo.endCursor}"`);
    expect(second.items).toEqual(expected(ON_CHAIN, [BOB, DAVE], 2));
    const third = await board(`orderBy: FEES first: 2 after: "${second.pageInfo.endCursor}"`);
    expect(third.items).toEqual(expected(ON_CHAIN, [ERIN], 4));
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, rankedAt: { number: 100 } });
    const anew = await board("orderBy: FEES first: 1");
    expect(anew.items[0].fees).not.toBe(20000);
    await database.update(tables.pool).set({ ...ONE, ...GROWN, changedBlock: 10 });
    await database.delete(tables.poolSnapshot).where(eq(tables.poolSnapshot.blockNumber, 101));
    await database.delete(tables.block).where(eq(tables.block.number, 101));
    for (const { tick, ...outside } of TICKS) {
      await database.update(tables.tick).set(outside).where(eq(tables.tick.tick, tick));
    }
  });

  test("a cursor of another order or scope, and a chain that is not indexed, are refused", async () => {
    const { pageInfo } = await board("first: 1");
    for (const args of [
      `orderBy: PNL after: "${pageInfo.endCursor}"`,
      `pool: "${POOL}" after: "${pageInfo.endCursor}"`,
    ]) {
      const { errors } = await ask(app, `{leaderboard(chainId: 1 ${args}) {items {rank}}}`);
      expect(errors[0]?.extensions.code).toBe("CURSOR_INVALID");
    }
    const { errors } = await ask(app, "{leaderboard(chainId: 9) {items {rank}}}");
    expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
    expect(await board(`pool: "${OTHER}"`)).toMatchObject({ items: [], totalCount: 0 });
  });
});
