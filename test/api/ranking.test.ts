import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, createPostgres, type TestDatabase } from "./database.ts";
import { address, block, MANAGER, pool, poolSnapshot, position, token, USDC } from "./rows.ts";

/**
 * Ranking in doubles against exact rationals over random positions. Prices are square roots that a double
 * holds exactly, k / 2^20, so that both sides start from the same numbers.
 */
const SCALE = 2n ** 20n;
const POSITIONS = 400;

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

type Rational = { n: bigint; d: bigint };
type Case = {
  id: number;
  row: ReturnType<typeof position>;
  price: bigint;
  lower: bigint;
  upper: bigint;
  risk: number;
};

const random = createRandom(7);
const between = (low: number, high: number): bigint => BigInt(Math.floor(low + random() * (high - low)));
const double = (scaled: bigint): number => Number(scaled) / Number(SCALE);

const POOLS = [
  { poolId: address("b1"), price: 900_000n, riskToken: 0 },
  { poolId: address("b2"), price: 1_300_000n, riskToken: 1 },
  { poolId: address("b3"), price: 1_048_576n, riskToken: 0 },
] as const;

const cases: Case[] = Array.from({ length: POSITIONS }, (_, index) => {
  const id = index + 1;
  const { poolId, price, riskToken } = POOLS[id % 3] ?? POOLS[0];
  const lower = between(400_000, 1_500_000);
  const upper = lower + between(1_000, 600_000);
  const closed = random() < 0.1;
  const liquidity = closed ? 0n : between(1e6, 1e9) * 10n ** between(0, 12);
  const clamped = price < lower ? lower : price > upper ? upper : price;
  // A basket near what is held, so that the loss is a small difference of large numbers.
  const held0 = (liquidity * SCALE * (upper - clamped)) / (clamped * upper);
  const held1 = (liquidity * (clamped - lower)) / SCALE;
  const hold0 = closed ? 0n : held0 + held0 / between(3, 1_000) + 1n;
  const hold1 = closed ? 0n : held1 + 1n;
  const realizedIl1 = random() < 0.5 ? 0n : -between(0, 1e9);
  const row = position({
    positionId: `${MANAGER}:${id}`,
    tokenId: BigInt(id),
    poolId,
    ...{ liquidity, hold0, hold1, realizedIl1 },
    ...(closed ? { closedBlock: 50, closedTimestamp: 1_700_000_050 } : {}),
    sqrtPriceLowerDouble: double(lower),
    sqrtPriceUpperDouble: double(upper),
  });
  return { id, row, price, lower, upper, risk: riskToken };
});

/** Values of what is held, rounded down to raw units, and of the basket: in token1, over one denominator. */
function values({ row, price, lower, upper }: Case): { v0: bigint; v1: bigint; h: bigint; d: bigint } {
  const clamped = price < lower ? lower : price > upper ? upper : price;
  const amount0 = (row.liquidity * SCALE * (upper - clamped)) / (clamped * upper);
  const amount1 = (row.liquidity * (clamped - lower)) / SCALE;
  const d = SCALE * SCALE;
  const h = row.hold0 * price * price + row.hold1 * d;
  return { v0: amount0 * price * price, v1: amount1 * d, h, d };
}

const skewOf = (one: Case): Rational | null => {
  const { v0, v1 } = values(one);
  if (v0 + v1 === 0n) return null;
  return { n: one.risk === 1 ? v1 - v0 : v0 - v1, d: v0 + v1 };
};
const exact: Record<string, (one: Case) => Rational | null> = {
  SKEW: skewOf,
  SKEW_SIZE: (one) => {
    const skew = skewOf(one);
    return skew && { n: skew.n < 0n ? -skew.n : skew.n, d: skew.d };
  },
  IMPERMANENT_LOSS: (one) => {
    const { v0, v1, h, d } = values(one);
    return { n: v0 + v1 - h + one.row.realizedIl1 * d, d };
  },
  IMPERMANENT_LOSS_RATIO: (one) => {
    const { v0, v1, h } = values(one);
    return h === 0n ? null : { n: v0 + v1 - h, d: h };
  },
};

/** 1 or -1 where `a` is greater or less by more than what doubles may blur: 10^-9 of `size`. */
function compare(a: Rational, b: Rational, size: Rational): number {
  const difference = (a.n * b.d - b.n * a.d) * size.d * 10n ** 9n;
  const tolerance = size.n * a.d * b.d;
  return difference > tolerance ? 1 : difference < -tolerance ? -1 : 0;
}

/** How many neighbours differ, after expecting that none is the wrong way round and that nulls come last. */
function expectSorted(order: string, direction: string, sorted: readonly Case[]): number {
  const ranks = sorted.map((one) => ({ one, rank: exact[order]?.(one) ?? null }));
  const known = ranks.filter(({ rank }) => rank !== null).length;
  expect(ranks.slice(known).every(({ rank }) => rank === null)).toBe(true);
  let steps = 0;
  ranks.slice(1, known).forEach(({ one, rank }, i) => {
    const before = ranks[i]?.rank;
    if (!rank || !before) throw new Error("a rank is missing among those that are known");
    const { h, d } = values(one);
    const sign = compare(rank, before, order === "IMPERMANENT_LOSS" ? { n: h + d, d } : { n: 1n, d: 1n });
    expect(direction === "ASC" ? sign : -sign, `${order} ${direction} after ${i}`).not.toBe(-1);
    steps += Math.abs(sign);
  });
  return steps;
}

describe.each([
  ["PGlite", createPglite],
  ["PostgreSQL", createPostgres],
])("on %s", (_, create) => {
  let db: TestDatabase;
  let app: ReturnType<typeof createTestApi>;

  beforeAll(async () => {
    db = await create();
    const { database } = db;
    await database.insert(tables.block).values(block());
    await database.insert(tables.token).values([token(), token({ address: USDC, decimals: 6 })]);
    for (const { poolId, price, riskToken } of POOLS) {
      const at = { sqrtPriceX96: price << 76n, tick: 0, sqrtPriceDouble: double(price) };
      await database.insert(tables.pool).values(pool({ poolId, riskToken, ...at }));
      await database.insert(tables.poolSnapshot).values(poolSnapshot({ poolId, blockNumber: 90, ...at }));
    }
    await database.insert(tables.position).values(cases.map(({ row }) => row));
    app = createTestApi(database);
  });

  afterAll(() => db.close());

  async function walk(args: string, first: number): Promise<number[]> {
    const ids: number[] = [];
    for (let after = ""; ; ) {
      const query = `{positions(${args} first: ${first}${after}) {items {tokenId} pageInfo {hasNextPage endCursor}}}`;
      const { data, errors } = await ask(app, query);
      expect(errors).toEqual([]);
      ids.push(...data.positions.items.map(({ tokenId }: { tokenId: string }) => Number(tokenId)));
      if (!data.positions.pageInfo.hasNextPage) return ids;
      after = ` after: "${data.positions.pageInfo.endCursor}"`;
    }
  }

  test.each([
    ["SKEW", "chainId: 1"],
    ["SKEW_SIZE", "chainId: 1"],
    ["IMPERMANENT_LOSS_RATIO", "chainId: 1"],
    ["IMPERMANENT_LOSS", `pool: "${POOLS[1].poolId}"`],
  ])("%s ranks as exact rationals do, both ways, every position once", async (order, where) => {
    const byId = new Map(cases.map((one) => [one.id, one]));
    const scope = cases.filter(({ row }) => where === "chainId: 1" || row.poolId === POOLS[1].poolId);
    for (const direction of ["ASC", "DESC"]) {
      const ids = await walk(`where: {${where}} orderBy: ${order} direction: ${direction}`, 37);
      expect([...ids].sort((a, b) => a - b)).toEqual(scope.map(({ id }) => id));
      const sorted = ids.flatMap((id) => byId.get(id) ?? []);
      // Many are one-sided, and so of equal skew.
      expect(expectSorted(order, direction, sorted)).toBeGreaterThan(scope.length / 5);
    }
  });
});
