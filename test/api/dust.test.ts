import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask } from "./client.ts";
import { ENGINES, type ListWorld, startListWorld } from "./listWorld.ts";
import { address, MANAGER, position } from "./rows.ts";

const CAROL = address("d3");
const WHERE = `where: {owner: ["${CAROL}"]}`;

/** In the pool at price 1, each open one with a basket of one unit of token1, as a deposit rounds up. */
function carols(id: number, tickLower: number, tickUpper: number, liquidity: bigint) {
  const positionId = `${MANAGER}:${id}`;
  const basket = { hold0: 0n, hold1: liquidity === 0n ? 0n : 1n, realizedIl1: 0n };
  return position({
    ...{ positionId, tokenId: BigInt(id), owner: CAROL, tickLower, tickUpper, liquidity },
    ...basket,
  });
}

describe.each(ENGINES)("dust on %s", (_, create) => {
  let world: ListWorld;

  beforeAll(async () => {
    world = await startListWorld(create);
    await world.database.insert(tables.position).values([
      // 11 and 12 hold less than one unit of either token; 12 less of it than a double can tell.
      carols(11, 60, 120, 1n),
      carols(12, -887220, 887220, 1n),
      carols(13, -60, 60, 1_000_000n),
      // 1 and 1.
      carols(14, -887220, 887220, 2n),
      // All token1.
      carols(15, -120, -60, 1_000_000n),
      carols(16, -60, 60, 0n),
    ]);
  });

  afterAll(() => world.close());

  test("that rounds down to nothing has no skew and comes last, as if closed", async () => {
    const { data } = await ask(
      world.app,
      `{positions(${WHERE} direction: ASC) {items {tokenId inventory {
      amounts {amount0 amount1} skewRisk}}}}`,
    );
    const figures = data.positions.items.map(
      ({ tokenId, inventory }: { tokenId: string; inventory: { amounts: object; skewRisk: number } }) => [
        tokenId,
        ...Object.values(inventory.amounts),
        inventory.skewRisk,
      ],
    );
    expect(figures).toEqual([
      ["11", "0", "0", null],
      ["12", "0", "0", null],
      ["13", "2995", "2995", 0],
      ["14", "1", "1", 0],
      ["15", "0", "2986", -1],
      ["16", "0", "0", null],
    ]);
    expect(await world.list(`${WHERE} orderBy: SKEW`)).toEqual(["13", "14", "15", "11", "12", "16"]);
    expect(await world.list(`${WHERE} orderBy: SKEW direction: ASC`)).toEqual([
      ...["15", "13", "14"],
      ...["11", "12", "16"],
    ]);
    expect(await world.list(`${WHERE} orderBy: SKEW_SIZE`)).toEqual(["15", "13", "14", "11", "12", "16"]);
    expect((await world.walk(`${WHERE} orderBy: SKEW`, 1)).flat()).toEqual([
      ...["13", "14", "15"],
      ...["11", "12", "16"],
    ]);
  });

  test.each([
    ["minSkew: 0.9", []],
    ["minSkew: -1", ["13", "14", "15"]],
    ["maxSkew: 1", ["13", "14", "15"]],
    ["maxSkew: -0.9", ["15"]],
  ])("passes no filter by skew: %s", async (filter, expected) => {
    const { data } = await ask(
      world.app,
      `{positions(where: {owner: ["${CAROL}"], ${filter}} direction: ASC) {items {tokenId} totalCount}}`,
    );
    expect(data.positions).toEqual({
      items: expected.map((tokenId) => ({ tokenId })),
      totalCount: expected.length,
    });
  });

  test("has lost the whole of its basket", async () => {
    const { data } = await ask(
      world.app,
      `{positions(${WHERE} orderBy: IMPERMANENT_LOSS_RATIO direction: ASC first: 2)
        {items {tokenId impermanentLoss {ratio}}}}`,
    );
    expect(data.positions.items).toEqual([
      { tokenId: "11", impermanentLoss: { ratio: -1 } },
      { tokenId: "12", impermanentLoss: { ratio: -1 } },
    ]);
  });
});
