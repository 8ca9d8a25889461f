import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./client.ts";
import { BOB, ENGINES, type ListWorld, OTHER_POOL, startListWorld } from "./listWorld.ts";
import { address, POOL, USDC, WETH } from "./rows.ts";

describe.each(ENGINES)("on %s", (_, create) => {
  let world: ListWorld;

  beforeAll(async () => {
    world = await startListWorld(create);
  });

  afterAll(() => world.close());

  test("pools rank by creation and filter by tokens, fee and what is known of them", async () => {
    const found = async (args: string): Promise<string[]> => {
      const { data, errors } = await ask(world.app, `{pools${args} {items {id} totalCount}}`);
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
        world.app,
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
      world.app,
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
