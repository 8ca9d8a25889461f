import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./client.ts";
import { BOB, ENGINES, IN_POOL, type ListWorld, OTHER_POOL, startListWorld } from "./listWorld.ts";
import { ALICE, MANAGER, POOL } from "./rows.ts";

describe.each(ENGINES)("on %s", (_, create) => {
  let world: ListWorld;

  beforeAll(async () => {
    world = await startListWorld(create);
  });

  afterAll(() => world.close());

  test.each([
    [`{chainId: 2}`, ["9"]],
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
    [`{justInTime: false}`, ["1", "2", "3", "4", "5", "6", "7", "8"]],
    [`{justInTime: false, status: [CLOSED]}`, ["6"]],
    [`{minSkew: 0.3}`, ["1", "2", "7"]],
    [`{maxSkew: -0.5}`, ["5", "8"]],
    [`{minSkew: -0.4, maxSkew: 0.4}`, ["2", "3", "4"]],
    [`{minSkew: -1, maxSkew: -1}`, ["5", "8"]],
    [`{chainId: null, owner: null, status: [ABOVE]}`, ["5"]],
  ])("filter %s", async (where, expected) => {
    expect((await world.list(`where: ${where}`)).sort()).toEqual(expected);
  });

  test("a filter that none can pass is refused", async () => {
    expect(await world.fail("where: {minSkew: 0.5, maxSkew: 0.4}")).toEqual({
      ...{ code: "BAD_INPUT", status: 400 },
      message: "where.minSkew 0.5 is above where.maxSkew 0.4.",
    });
    expect(await world.fail("where: {chainId: 3}")).toEqual({
      ...{ code: "BAD_INPUT", status: 400 },
      message: "Chain 3 is not indexed here: ask for one of 1, 2.",
    });
  });

  test("a list over several chains has no point of its own, a list of one has", async () => {
    const point = async (args: string) =>
      (await ask(world.app, `{positions(${args}) {pageInfo {rankedAt {number}}}}`)).data.positions.pageInfo
        .rankedAt;
    expect(await point("first: 20")).toBeNull();
    expect(await point(`where: {pool: "${POOL}"}`)).toBeNull();
    expect(await point("where: {chainId: 2}")).toEqual({ number: 300 });
    expect(await point(`where: {pool: "${OTHER_POOL}"}`)).toEqual({ number: 100 });
  });

  test("the count is of all pages", async () => {
    const page = `{items {tokenId} totalCount pageInfo {hasNextPage}}`;
    const { data } = await ask(world.app, `{positions(${IN_POOL} first: 2 orderBy: SKEW) ${page}}`);
    expect(data.positions).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: true } });
    const priced = await ask(world.app, `{positions(where: {status: [BELOW]}) {totalCount}}`);
    expect(priced.data.positions).toEqual({ totalCount: 2 });
    const none = await ask(world.app, `{positions(where: {tokenId: "99"}) ${page}}`);
    expect(none.data.positions).toEqual({ items: [], totalCount: 0, pageInfo: { hasNextPage: false } });
  });
});
