import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi, NOW } from "./client.ts";
import { createPglite, createPostgres, type TestDatabase } from "./database.ts";
import { ALICE, address, block, MANAGER, POOL, pool, position, token, USDC, WETH } from "./rows.ts";

const BOB = address("d2");
const OTHER_POOL = address("b2");
const CHAINS = [
  { id: 1, name: "mainnet", quoteToken: null },
  { id: 2, name: "other", quoteToken: null },
];

/** In a pool at tick 0, with nothing held against: `id` is the token id. */
function at(id: number, tickLower: number, tickUpper: number, row: Parameters<typeof position>[0] = {}) {
  return position({
    positionId: `${row.manager ?? MANAGER}:${id}`,
    tokenId: BigInt(id),
    tickLower,
    tickUpper,
    liquidity: BigInt(id) * 1_000_000n,
    hold0: 0n,
    hold1: 0n,
    realizedIl1: 0n,
    openedBlock: 20 + id,
    openedTimestamp: 1_700_000_020 + id,
    ...row,
  });
}

const closed = { closedBlock: 40, closedTimestamp: 1_700_000_040, liquidity: 0n };
const ONE = { tick: 0, sqrtPriceX96: 2n ** 96n, sqrtPriceDouble: 1 };

async function fill({ database }: TestDatabase): Promise<void> {
  await database.insert(tables.block).values([block(), block({ chainId: 2, number: 300 })]);
  await database
    .insert(tables.token)
    .values([
      token(),
      token({ address: USDC, symbol: "USDC", decimals: 6 }),
      token({ address: address("e9"), symbol: null, name: null, decimals: null }),
      token({ chainId: 2 }),
      token({ chainId: 2, address: USDC, decimals: 6 }),
    ]);
  const other = { poolId: OTHER_POOL, riskToken: 1, token1: address("e9"), fee: 500, createdTimestamp: null };
  await database
    .insert(tables.pool)
    .values([
      pool(ONE),
      pool({ ...ONE, ...other, createdBlock: null }),
      pool({ ...ONE, chainId: 2, createdTimestamp: 1_700_000_090 }),
    ]);
  for (const { chainId, poolId } of [
    { chainId: 1, poolId: POOL },
    { chainId: 1, poolId: OTHER_POOL },
    { chainId: 2, poolId: POOL },
  ]) {
    const liquidity = { liquidity: 1n, feeProtocol0: 0, feeProtocol1: 0 };
    await database
      .insert(tables.poolSnapshot)
      .values({ chainId, poolId, blockNumber: 50, ...ONE, ...liquidity });
  }
  await database
    .insert(tables.position)
    .values([
      at(1, 60, 120),
      at(2, -60, 120, { owner: BOB }),
      at(3, -60, 60),
      at(4, -120, 60),
      at(5, -120, -60),
      at(6, -60, 60, { ...closed, realizedIl1: -500n }),
      at(7, 120, 180, { openedTimestamp: 1_700_000_021 }),
      at(8, 0, 60, { poolId: OTHER_POOL, owner: BOB }),
      at(9, -60, 60, { chainId: 2, owner: BOB, ...closed, openedBlock: 40, openedTimestamp: 1_700_000_040 }),
    ]);
}

const IN_POOL = `where: {chainId: 1, pool: "${POOL}"}`;

describe.each([
  ["PGlite", createPglite],
  ["PostgreSQL", createPostgres],
])("on %s", (_, create) => {
  let db: TestDatabase;
  let app: ReturnType<typeof createTestApi>;
  let now = NOW;

  beforeAll(async () => {
    db = await create();
    await fill(db);
    app = createTestApi(db.database, { chains: CHAINS, clock: () => now });
  });

  afterAll(() => db.close());

  async function list(args: string): Promise<string[]> {
    const { data, errors } = await ask(app, `{positions(${args}) {items {tokenId}}}`);
    expect(errors).toEqual([]);
    return data.positions.items.map(({ tokenId }: { tokenId: string }) => tokenId);
  }

  async function fail(args: string): Promise<{ code: string; message: string; status: number }> {
    const { errors, status } = await ask(app, `{positions(${args}) {items {id}}}`);
    return { code: errors[0]?.extensions.code ?? "", message: errors[0]?.message ?? "", status };
  }

  async function walk(args: string, first: number): Promise<string[][]> {
    const pages: string[][] = [];
    let after = "";
    for (;;) {
      const { data, errors } = await ask(
        app,
        `{positions(${args} first: ${first}${after}) {items {tokenId} pageInfo {hasNextPage endCursor}}}`,
      );
      expect(errors).toEqual([]);
      const { items, pageInfo } = data.positions;
      pages.push(items.map(({ tokenId }: { tokenId: string }) => tokenId));
      if (!pageInfo.hasNextPage) return pages;
      after = ` after: "${pageInfo.endCursor}"`;
    }
  }

  test("SKEW ranks from all token0 to all token1, closed positions last either way, ties by id", async () => {
    expect(await list(`${IN_POOL} orderBy: SKEW`)).toEqual(["1", "7", "2", "3", "4", "5", "6"]);
    expect(await list(`${IN_POOL} orderBy: SKEW direction: ASC`)).toEqual([
      "5",
      "4",
      "3",
      "2",
      "1",
      "7",
      "6",
    ]);
  });

  test("SKEW is seen from the risk token where that is token1", async () => {
    const where = `where: {chainId: 1, tokenId: "8"} orderBy: SKEW`;
    const { data } = await ask(app, `{positions(${where}) {items {status inventory {skew skewRisk}}}}`);
    expect(data.positions.items).toEqual([{ status: "IN_RANGE", inventory: { skew: 1, skewRisk: -1 } }]);
    expect((await list("where: {chainId: 1} orderBy: SKEW")).slice(-3)).toEqual(["5", "8", "6"]);
  });

  test("SKEW_SIZE ranks by distance from balance, of either sign", async () => {
    expect(await list(`${IN_POOL} orderBy: SKEW_SIZE direction: ASC`)).toEqual([
      ...["3", "2", "4"],
      ...["1", "5", "7", "6"],
    ]);
  });

  test("OPENED, CLOSED and LIQUIDITY rank over chains", async () => {
    expect(await list("first: 20")).toEqual(["9", "8", "6", "5", "4", "3", "2", "1", "7"]);
    expect(await list("direction: ASC")).toEqual(["1", "7", "2", "3", "4", "5", "6", "8", "9"]);
    expect((await list("orderBy: CLOSED")).slice(0, 3)).toEqual(["6", "9", "1"]);
    expect(await list("orderBy: LIQUIDITY")).toEqual(["8", "7", "5", "4", "3", "2", "1", "6", "9"]);
  });

  test("IMPERMANENT_LOSS adds realised to unrealised; the ratio has no basket, so no rank, here", async () => {
    const asc = await list(`${IN_POOL} orderBy: IMPERMANENT_LOSS direction: ASC`);
    expect(asc[0]).toBe("6");
    expect(await list(`${IN_POOL} orderBy: IMPERMANENT_LOSS_RATIO`)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
    ]);
  });

  test("money orders need one pool on one chain, other ranks a scope", async () => {
    for (const where of ["", "where: {chainId: 1}", `where: {owner: ["${ALICE}"]}`]) {
      const { code, message, status } = await fail(`${where} orderBy: IMPERMANENT_LOSS`);
      expect([code, status]).toEqual(["ORDER_UNAVAILABLE", 400]);
      expect(message).toContain("where.pool");
    }
    const ambiguous = await fail(`where: {pool: "${POOL}"} orderBy: IMPERMANENT_LOSS`);
    expect(ambiguous).toMatchObject({
      code: "ORDER_UNAVAILABLE",
      message: expect.stringContaining("where.chainId"),
    });
    for (const order of ["SKEW", "SKEW_SIZE", "IMPERMANENT_LOSS_RATIO"]) {
      expect((await fail(`where: {status: [IN_RANGE]} orderBy: ${order}`)).code).toBe("ORDER_UNAVAILABLE");
      expect(await list(`where: {owner: ["${BOB}"]} orderBy: ${order}`)).toHaveLength(3);
      expect(await list(`where: {pool: "${OTHER_POOL}"} orderBy: ${order}`)).toEqual(["8"]);
    }
  });

  test.each([
    [`{chainId: 2}`, ["9"]],
    [`{chainId: 3}`, []],
    [`{pool: "${OTHER_POOL}"}`, ["8"]],
    [`{pool: "${POOL.toUpperCase().replace("0X", "0x")}", chainId: 2}`, ["9"]],
    [`{owner: ["${BOB}"]}`, ["2", "8", "9"]],
    [`{owner: ["${BOB}", "${ALICE}"], chainId: 2}`, ["9"]],
    [`{owner: []}`, []],
    [`{manager: "${MANAGER}", tokenId: 4}`, ["4"]],
    [`{manager: "${BOB}"}`, []],
    [`{tokenId: "4"}`, ["4"]],
    [`{protocol: [UNISWAP_V3], chainId: 2}`, ["9"]],
    [`{protocol: []}`, []],
    [`{status: [IN_RANGE]}`, ["2", "3", "4", "8"]],
    [`{status: [BELOW]}`, ["1", "7"]],
    [`{status: [ABOVE, CLOSED]}`, ["5", "6", "9"]],
    [`{status: []}`, []],
    [`{justInTime: true}`, ["9"]],
    [`{justInTime: false, status: [CLOSED]}`, ["6"]],
    [`{minSkew: 0.3}`, ["1", "2", "7"]],
    [`{maxSkew: -0.5}`, ["5", "8"]],
    [`{minSkew: -0.4, maxSkew: 0.4}`, ["2", "3", "4"]],
    [`{chainId: null, owner: null, status: [ABOVE]}`, ["5"]],
  ])("filter %s", async (where, expected) => {
    expect((await list(`where: ${where}`)).sort()).toEqual(expected);
  });

  test.each([
    ["SKEW", "DESC", [["1", "7"], ["2", "3"], ["4", "5"], ["6"]]],
    ["SKEW", "ASC", [["5", "4"], ["3", "2"], ["1", "7"], ["6"]]],
    ["OPENED", "DESC", [["6", "5"], ["4", "3"], ["2", "1"], ["7"]]],
    ["OPENED", "ASC", [["1", "7"], ["2", "3"], ["4", "5"], ["6"]]],
    ["CLOSED", "DESC", [["6", "1"], ["2", "3"], ["4", "5"], ["7"]]],
    ["CLOSED", "ASC", [["6", "1"], ["2", "3"], ["4", "5"], ["7"]]],
    ["IMPERMANENT_LOSS_RATIO", "DESC", [["1", "2"], ["3", "4"], ["5", "6"], ["7"]]],
  ])("pages of %s %s hold every item once, through ties and nulls", async (order, direction, pages) => {
    expect(await walk(`${IN_POOL} orderBy: ${order} direction: ${direction}`, 2)).toEqual(pages);
    expect((await walk(`${IN_POOL} orderBy: ${order} direction: ${direction}`, 1)).flat()).toEqual(
      pages.flat(),
    );
  });

  test("later pages rank at the point of the first, though the price has moved since", async () => {
    const args = `${IN_POOL} orderBy: SKEW first: 3`;
    const page = `{items {tokenId status} pageInfo {endCursor rankedAt {number timestamp}}}`;
    const { data } = await ask(app, `{positions(${args}) ${page}}`);
    const { endCursor, rankedAt } = data.positions.pageInfo;
    expect(rankedAt).toEqual({ number: 100, timestamp: 1_700_000_100 });
    const moved = { tick: -5000, sqrtPriceX96: 2n ** 96n / 2n, sqrtPriceDouble: 0.5 };
    await db.database.insert(tables.block).values(block({ number: 101 }));
    await db.database.insert(tables.poolSnapshot).values({
      chainId: 1,
      poolId: POOL,
      blockNumber: 101,
      ...moved,
      liquidity: 1n,
      feeProtocol0: 0,
      feeProtocol1: 0,
    });
    await db.database.update(tables.pool).set(moved).where(eq(tables.pool.poolId, POOL));
    try {
      const second = await ask(app, `{positions(${args} after: "${endCursor}") ${page}}`);
      expect(second.data.positions.items).toEqual([
        { tokenId: "3", status: "BELOW" },
        { tokenId: "4", status: "BELOW" },
        { tokenId: "5", status: "BELOW" },
      ]);
      expect(second.data.positions.pageInfo.rankedAt).toEqual({ number: 100, timestamp: 1_700_000_100 });
    } finally {
      await db.database.update(tables.pool).set(ONE).where(eq(tables.pool.poolId, POOL));
      await db.database.delete(tables.poolSnapshot).where(eq(tables.poolSnapshot.blockNumber, 101));
      await db.database.delete(tables.block).where(eq(tables.block.number, 101));
    }
  });

  test("a list over several chains has no point of its own, a list of one has", async () => {
    const point = async (args: string) =>
      (await ask(app, `{positions(${args}) {pageInfo {rankedAt {number}}}}`)).data.positions.pageInfo
        .rankedAt;
    expect(await point("first: 20")).toBeNull();
    expect(await point(`where: {pool: "${POOL}"}`)).toBeNull();
    expect(await point("where: {chainId: 2}")).toEqual({ number: 300 });
    expect(await point(`where: {pool: "${OTHER_POOL}"}`)).toEqual({ number: 100 });
  });

  test("the count is of all pages", async () => {
    const page = `{items {tokenId} totalCount pageInfo {hasNextPage}}`;
    const { data } = await ask(app, `{positions(${IN_POOL} first: 2 orderBy: SKEW) ${page}}`);
    expect(data.positions).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: true } });
    const priced = await ask(app, `{positions(where: {status: [BELOW]}) {totalCount}}`);
    expect(priced.data.positions).toEqual({ totalCount: 2 });
    const none = await ask(app, `{positions(where: {chainId: 9}) ${page}}`);
    expect(none.data.positions).toEqual({ items: [], totalCount: 0, pageInfo: { hasNextPage: false } });
  });

  describe("a cursor", () => {
    const cursorOf = async (args: string): Promise<string> =>
      (await ask(app, `{positions(${args} first: 2) {pageInfo {endCursor}}}`)).data.positions.pageInfo
        .endCursor;

    test("of another filter, order, direction or list is refused", async () => {
      const after = await cursorOf(`${IN_POOL} orderBy: SKEW`);
      for (const args of [
        `where: {chainId: 1} orderBy: SKEW`,
        `${IN_POOL} orderBy: SKEW_SIZE`,
        `${IN_POOL} orderBy: SKEW direction: ASC`,
      ]) {
        const { code, message, status } = await fail(`${args} after: "${after}"`);
        expect([code, status]).toEqual(["CURSOR_INVALID", 400]);
        expect(message).toContain("another list");
      }
      const { errors } = await ask(app, `{pools(after: "${after}") {items {id}}}`);
      expect(errors[0]?.extensions.code).toBe("CURSOR_INVALID");
    });

    test("holds for the same filter in another order of words", async () => {
      const after = await cursorOf(`where: {owner: ["${ALICE}", "${BOB}"], chainId: 1}`);
      expect(await list(`where: {chainId: 1, owner: ["${BOB}", "${ALICE}"]} after: "${after}"`)).toHaveLength(
        6,
      );
    });

    test("that is garbage is refused", async () => {
      const good = await cursorOf(`${IN_POOL}`);
      const json = JSON.parse(Buffer.from(good, "base64url").toString());
      const forged = (change: object) =>
        Buffer.from(JSON.stringify({ ...json, ...change })).toString("base64url");
      for (const after of [
        "",
        "x",
        "bnVsbA",
        good.slice(0, -4),
        "A".repeat(50_000),
        forged({ rank: "1" }),
        forged({ rank: 1.5 }),
        forged({ rank: 1e300 }),
        forged({ id: "\u0000" }),
        forged({ points: [] }),
        forged({ points: [{ chainId: 1, number: -1, hash: "0x" }] }),
        forged({ chainId: 2 ** 40 }),
        forged({ points: [null] }),
        forged({ issued: "now" }),
      ]) {
        expect(await fail(`${IN_POOL} after: "${after}"`), after.slice(0, 50)).toMatchObject({
          code: "CURSOR_INVALID",
          status: 400,
        });
      }
    });

    test("expires with the block that it is ranked at", async () => {
      const after = await cursorOf(`${IN_POOL} orderBy: SKEW`);
      const { database } = db;
      const original = block();
      await database
        .update(tables.block)
        .set({ hash: `0x${"ab".repeat(32)}` })
        .where(eq(tables.block.chainId, 1));
      expect(await fail(`${IN_POOL} orderBy: SKEW after: "${after}"`)).toMatchObject({
        code: "CURSOR_EXPIRED",
        status: 400,
      });
      await database.delete(tables.block).where(eq(tables.block.chainId, 1));
      await database.insert(tables.block).values(block({ number: 99 }));
      expect(await fail(`${IN_POOL} orderBy: SKEW after: "${after}"`)).toMatchObject({
        code: "CURSOR_EXPIRED",
      });
      await database.delete(tables.block).where(eq(tables.block.chainId, 1));
      await database.insert(tables.block).values(original);
      expect(await list(`${IN_POOL} orderBy: SKEW after: "${after}"`)).toHaveLength(5);
    });

    test("expires an hour after the first page, not after its own", async () => {
      const first = await cursorOf("direction: DESC");
      try {
        now = NOW + 3_600;
        const next = await ask(app, `{positions(first: 2 after: "${first}") {pageInfo {endCursor}}}`);
        now = NOW + 3_601;
        expect(await fail(`after: "${first}"`)).toMatchObject({ code: "CURSOR_EXPIRED", status: 400 });
        const second = next.data.positions.pageInfo.endCursor;
        expect(await fail(`after: "${second}"`)).toMatchObject({ code: "CURSOR_EXPIRED" });
      } finally {
        now = NOW;
      }
    });
  });

  test("pools rank by creation and filter by tokens, fee and what is known of them", async () => {
    const found = async (args: string): Promise<string[]> => {
      const { data, errors } = await ask(app, `{pools${args} {items {id} totalCount}}`);
      expect(errors).toEqual([]);
      expect(data.pools.totalCount).toBe(data.pools.items.length);
      return data.pools.items.map(({ id }: { id: string }) => id);
    };
    const [one, other, two] = [`1:${POOL}`, `1:${OTHER_POOL}`, `2:${POOL}`];
    expect(await found("")).toEqual([two, one, other]);
    expect(await found("(direction: ASC)")).toEqual([one, two, other]);
    expect(await found(`(where: {chainId: 2})`)).toEqual([two]);
    expect(await found(`(where: {feePips: [500, 100]})`)).toEqual([other]);
    expect(await found(`(where: {tokens: ["${USDC}"]})`)).toEqual([two, one]);
    expect(await found(`(where: {tokens: ["${USDC}", "${WETH}"], chainId: 1})`)).toEqual([one]);
    expect(await found(`(where: {tokens: ["${USDC}", "${address("e9")}"]})`)).toEqual([]);
    expect(await found(`(where: {exact: true})`)).toEqual([two, one]);
    expect(await found(`(where: {exact: false})`)).toEqual([other]);
    expect(await found(`(where: {protocol: [UNISWAP_V3], exact: null})`)).toHaveLength(3);
    const pages: string[] = [];
    for (let after = ""; ; ) {
      const { data } = await ask(
        app,
        `{pools(first: 1${after}) {items {id} pageInfo {hasNextPage endCursor}}}`,
      );
      pages.push(data.pools.items[0].id);
      if (!data.pools.pageInfo.hasNextPage) break;
      after = ` after: "${data.pools.pageInfo.endCursor}"`;
    }
    expect(pages).toEqual([two, one, other]);
  });

  test("a position of a token without decimals leaves the others on its page whole", async () => {
    const { data, errors } = await ask(
      app,
      `{positions(where: {owner: ["${BOB}"]}) {items {
        tokenId priceLower liquidity pool {price exact caveats token1 {symbol decimals}}
        inventory {skew amounts {amount0 amount1 decimal0 decimal1 value value0: value(in: TOKEN0)}}
        impermanentLoss {total unrealizedRaw1}
      }}}`,
    );
    expect(errors).toEqual([]);
    const [closedOne, unknown, known] = data.positions.items;
    expect(unknown).toMatchObject({
      tokenId: "8",
      priceLower: null,
      liquidity: "8000000",
      pool: {
        price: null,
        exact: false,
        caveats: ["DECIMALS_UNKNOWN"],
        token1: { symbol: null, decimals: null },
      },
      inventory: {
        skew: 1,
        amounts: {
          amount0: "23962",
          amount1: "0",
          decimal0: "0.000000000000023962",
          decimal1: null,
          value: null,
        },
      },
      impermanentLoss: { total: null },
    });
    expect(unknown.inventory.amounts.value0).toBe(2.3962e-14);
    expect(known).toMatchObject({ tokenId: "2", pool: { exact: true, caveats: [], price: 1e12 } });
    expect(closedOne).toMatchObject({ tokenId: "9", inventory: { skew: null } });
  });
});
