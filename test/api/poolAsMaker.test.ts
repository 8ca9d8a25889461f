import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { address, POOL, pool } from "./rows.ts";
import { A, B, BOB, createVectorWorld } from "./vectorWorld.ts";

/**
 * The published vector's pool: 10^18 in [-60, 60), 5 * 10^17 in [-600, 600), both put in at price 1. Amounts and shares
 * are worked out apart from the code, from the contracts' formulas.
 */
let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createVectorWorld();
  app = createTestApi(db.database);
});

afterAll(() => db.close());

async function poolOf(fields: string, asOf = "", poolId: string = POOL) {
  const { data, errors } = await ask(app, `{pool(chainId: 1, poolId: "${poolId}" ${asOf}) {${fields}}}`);
  return { pool: data?.pool, code: errors[0]?.extensions.code, message: errors[0]?.message };
}

const MAKER = `activeValueShare inventory {amounts {amount0 amount1} skew skewVsEntry rangePosition
  netInventory {amount0 amount1}}`;

test("all LPs of a pool are one maker: amounts and baskets are added up before any ratio", async () => {
  expect((await poolOf(MAKER)).pool).toEqual({
    activeValueShare: 1,
    inventory: {
      amounts: { amount0: "19275398404582352", amount1: "16269827961613193" },
      skew: 0.08356145545515778,
      // Half of each was put in, at price 1.
      skewVsEntry: expect.closeTo(0.08356145545515778, 15),
      rangePosition: null,
      netInventory: { amount0: "1503538009102986", amount1: "-1502032433866173" },
    },
  });
});

test("the same as of a block, with the price below one of the ranges", async () => {
  expect((await poolOf(MAKER, "asOf: {block: 102}")).pool).toEqual({
    activeValueShare: 0.8317590268586759,
    inventory: {
      amounts: { amount0: "22741860395479362", amount1: "12818556770005883" },
      skew: 0.275432762517132,
      skewVsEntry: 0.275432762517132,
      rangePosition: null,
      netInventory: { amount0: "4969999999999996", amount1: "-4953303625473483" },
    },
  });
});

test("nothing is known of the LPs of a pool in quarantine, and nothing is held where there are none", async () => {
  const [quarantined, empty] = [address("b8"), address("b9")] as const;
  await db.database
    .insert(tables.pool)
    .values([pool({ poolId: quarantined, quarantinedBlock: 105 }), pool({ poolId: empty, liquidity: 0n })]);
  expect((await poolOf(MAKER, "", quarantined)).pool).toEqual({ activeValueShare: null, inventory: null });
  expect((await poolOf(MAKER, "", empty)).pool).toEqual({
    activeValueShare: null,
    inventory: {
      ...{ amounts: { amount0: "0", amount1: "0" }, skew: null, skewVsEntry: null, rangePosition: null },
      netInventory: { amount0: "0", amount1: "0" },
    },
  });
});

test.each([
  ["now", "", "", [B, A]],
  ["now, least first", "", "direction: ASC", [A, B]],
  ["now, by what they earned", "", "orderBy: FEES", [B, A]],
  ["now, of one owner", "", `where: {owner: ["${BOB}"]}`, [B]],
  ["then, by value", "asOf: {block: 102}", "", [`${B}@102`, `${A}@102`]],
  ["then, by skew", "asOf: {block: 102}", "orderBy: SKEW", [`${A}@102`, `${B}@102`]],
  ["then, by liquidity", "asOf: {block: 102}", "orderBy: LIQUIDITY", [`${A}@102`, `${B}@102`]],
  ["then, in range", "asOf: {block: 102}", "where: {status: [IN_RANGE]}", [`${B}@102`]],
  ["earlier, in range", "asOf: {block: 100}", "where: {status: [IN_RANGE]}", [`${B}@100`, `${A}@100`]],
])("a pool lists its positions: %s", async (_, asOf, args, ids) => {
  const list = args === "" ? "positions" : `positions(${args})`;
  const { pool: answer, message } = await poolOf(
    `${list} {items {id} totalCount pageInfo {rankedAt {number}}}`,
    asOf,
  );
  expect(message).toBeUndefined();
  expect(answer.positions.items.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(answer.positions.totalCount).toBe(ids.length);
  expect(answer.positions.pageInfo.rankedAt.number).toBe(asOf === "" ? 107 : Number(/\d+/.exec(asOf)?.[0]));
});

test("pages below asOf go on at it; what cannot be ranked there and another pool's filter are refused", async () => {
  const page = (after = "") => `positions(first: 1 ${after}) {items {id} pageInfo {endCursor hasNextPage}}`;
  const asOf = "asOf: {block: 102}";
  const { positions } = (await poolOf(page(), asOf)).pool;
  const after = `after: "${positions.pageInfo.endCursor}"`;
  const second = (await poolOf(page(after), asOf)).pool.positions;
  expect(second).toMatchObject({ items: [{ id: `${A}@102` }], pageInfo: { hasNextPage: false } });
  expect((await poolOf(page(after))).code).toBe("CURSOR_INVALID");
  for (const order of ["FEES", "PNL", "CLOSED", "SKEW_SIZE", "IMPERMANENT_LOSS_RATIO"]) {
    expect((await poolOf(`positions(orderBy: ${order}) {items {id}}`, asOf)).code).toBe("ORDER_UNAVAILABLE");
  }
  const other = await poolOf(`positions(where: {pool: "${address("b8")}"}) {items {id}}`);
  expect(other.code).toBe("BAD_INPUT");
});
