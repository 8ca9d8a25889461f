import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask } from "./client.ts";
import { ENGINES, IN_POOL, type ListWorld, ONE, startListWorld } from "./listWorld.ts";
import { block, POOL, poolSnapshot } from "./rows.ts";

/** Under the range of every position. */
const QUARTER = { tick: -13864, sqrtPriceX96: 2n ** 95n, sqrtPriceDouble: 0.5 };

describe.each(ENGINES)("on %s", (_, create) => {
  let world: ListWorld;

  beforeAll(async () => {
    world = await startListWorld(create);
  });

  afterAll(() => world.close());

  /** A swap in a block, which may be the newest that is there or the next. */
  async function moveTo(price: typeof ONE, blockNumber: number): Promise<void> {
    const { database } = world;
    await database
      .insert(tables.block)
      .values(block({ number: blockNumber }))
      .onConflictDoNothing();
    await database.insert(tables.poolSnapshot).values(poolSnapshot({ ...price, blockNumber }));
    await database
      .update(tables.pool)
      .set({ ...price, changedBlock: blockNumber })
      .where(eq(tables.pool.poolId, POOL));
  }

  async function moveBack(blockNumber: number): Promise<void> {
    const { database } = world;
    await database
      .update(tables.pool)
      .set({ ...ONE, changedBlock: 10 })
      .where(eq(tables.pool.poolId, POOL));
    await database.delete(tables.poolSnapshot).where(eq(tables.poolSnapshot.blockNumber, blockNumber));
    await database.delete(tables.block).where(eq(tables.block.number, 101));
  }

  test.each([
    ["SKEW", "DESC", [["1", "7"], ["2", "3"], ["4", "5"], ["6"]]],
    ["SKEW", "ASC", [["5", "4"], ["3", "2"], ["1", "7"], ["6"]]],
    ["OPENED", "DESC", [["6", "5"], ["4", "3"], ["2", "1"], ["7"]]],
    ["OPENED", "ASC", [["1", "7"], ["2", "3"], ["4", "5"], ["6"]]],
    ["CLOSED", "DESC", [["6", "1"], ["2", "3"], ["4", "5"], ["7"]]],
    ["CLOSED", "ASC", [["6", "1"], ["2", "3"], ["4", "5"], ["7"]]],
    ["IMPERMANENT_LOSS_RATIO", "DESC", [["1", "2"], ["3", "4"], ["5", "6"], ["7"]]],
  ])("pages of %s %s hold every item once, through ties and nulls", async (order, direction, pages) => {
    expect(await world.walk(`${IN_POOL} orderBy: ${order} direction: ${direction}`, 2)).toEqual(pages);
    expect((await world.walk(`${IN_POOL} orderBy: ${order} direction: ${direction}`, 1)).flat()).toEqual(
      pages.flat(),
    );
  });

  test("later pages rank at the point of the first, though the price has moved since", async () => {
    const args = `${IN_POOL} orderBy: SKEW first: 3`;
    const page = `{items {tokenId status} pageInfo {endCursor rankedAt {number timestamp}}}`;
    const { data } = await ask(world.app, `{positions(${args}) ${page}}`);
    const { endCursor, rankedAt } = data.positions.pageInfo;
    expect(rankedAt).toEqual({ number: 100, timestamp: 1_700_000_100 });
    await moveTo(QUARTER, 101);
    try {
      const second = await ask(world.app, `{positions(${args} after: "${endCursor}") ${page}}`);
      expect(second.data.positions.items).toEqual([
        { tokenId: "3", status: "BELOW" },
        { tokenId: "4", status: "BELOW" },
        { tokenId: "5", status: "BELOW" },
      ]);
      expect(second.data.positions.pageInfo.rankedAt).toEqual({ number: 100, timestamp: 1_700_000_100 });
    } finally {
      await moveBack(101);
    }
  });

  test("a swap in the very block that the list is ranked at counts on every page", async () => {
    await moveTo(QUARTER, 100);
    try {
      // All of token0, but for the one that is closed.
      expect(await world.walk(`${IN_POOL} orderBy: SKEW`, 2)).toEqual([
        ["1", "2"],
        ["3", "4"],
        ["5", "7"],
        ["6"],
      ]);
    } finally {
      await moveBack(100);
    }
  });

  test.each([
    ["status: [IN_RANGE]", ["2", "3"], ["4"]],
    ["minSkew: -0.4, maxSkew: 0.4", ["2", "3"], ["4"]],
    ["maxSkew: 0.9", ["2", "3"], ["4", "5"]],
  ])(
    "the count of %s is the same on a later page, though the price has moved since",
    async (filter, one, two) => {
      const args = `where: {chainId: 1, pool: "${POOL}", ${filter}} direction: ASC first: 2`;
      const page = `{items {tokenId} totalCount pageInfo {endCursor}}`;
      const tokenIds = (ids: string[]) => ids.map((tokenId) => ({ tokenId }));
      const totalCount = one.length + two.length;
      const { data } = await ask(world.app, `{positions(${args}) ${page}}`);
      expect(data.positions).toMatchObject({ items: tokenIds(one), totalCount });
      await moveTo(QUARTER, 101);
      try {
        const after = data.positions.pageInfo.endCursor;
        const second = await ask(world.app, `{positions(${args} after: "${after}") ${page}}`);
        expect(second.data.positions).toMatchObject({ items: tokenIds(two), totalCount });
        const anew = await ask(world.app, `{positions(${args}) ${page}}`);
        expect(anew.data.positions).toMatchObject({ items: [], totalCount: 0 });
      } finally {
        await moveBack(101);
      }
    },
  );
});
