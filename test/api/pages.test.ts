import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask } from "./client.ts";
import { ENGINES, IN_POOL, type ListWorld, ONE, startListWorld } from "./listWorld.ts";
import { block, POOL } from "./rows.ts";

describe.each(ENGINES)("on %s", (_, create) => {
  let world: ListWorld;

  beforeAll(async () => {
    world = await startListWorld(create);
  });

  afterAll(() => world.close());

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
    const moved = { tick: -5000, sqrtPriceX96: 2n ** 96n / 2n, sqrtPriceDouble: 0.5 };
    await world.database.insert(tables.block).values(block({ number: 101 }));
    await world.database.insert(tables.poolSnapshot).values({
      chainId: 1,
      poolId: POOL,
      blockNumber: 101,
      ...moved,
      liquidity: 1n,
      feeProtocol0: 0,
      feeProtocol1: 0,
    });
    await world.database.update(tables.pool).set(moved).where(eq(tables.pool.poolId, POOL));
    try {
      const second = await ask(world.app, `{positions(${args} after: "${endCursor}") ${page}}`);
      expect(second.data.positions.items).toEqual([
        { tokenId: "3", status: "BELOW" },
        { tokenId: "4", status: "BELOW" },
        { tokenId: "5", status: "BELOW" },
      ]);
      expect(second.data.positions.pageInfo.rankedAt).toEqual({ number: 100, timestamp: 1_700_000_100 });
    } finally {
      await world.database.update(tables.pool).set(ONE).where(eq(tables.pool.poolId, POOL));
      await world.database.delete(tables.poolSnapshot).where(eq(tables.poolSnapshot.blockNumber, 101));
      await world.database.delete(tables.block).where(eq(tables.block.number, 101));
    }
  });
});
