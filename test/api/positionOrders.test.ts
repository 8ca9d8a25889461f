import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./client.ts";
import { BOB, ENGINES, IN_POOL, type ListWorld, OTHER_POOL, startListWorld } from "./listWorld.ts";
import { POOL } from "./rows.ts";

describe.each(ENGINES)("on %s", (_, create) => {
  let world: ListWorld;

  beforeAll(async () => {
    world = await startListWorld(create);
  });

  afterAll(() => world.close());

  test("SKEW ranks from all token0 to all token1, closed positions last either way, ties by id", async () => {
    expect(await world.list(`${IN_POOL} orderBy: SKEW`)).toEqual(["1", "7", "2", "3", "4", "5", "6"]);
    expect(await world.list(`${IN_POOL} orderBy: SKEW direction: ASC`)).toEqual([
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
    const { data } = await ask(world.app, `{positions(${where}) {items {status inventory {skew skewRisk}}}}`);
    expect(data.positions.items).toEqual([{ status: "IN_RANGE", inventory: { skew: 1, skewRisk: -1 } }]);
    expect((await world.list("where: {chainId: 1} orderBy: SKEW")).slice(-3)).toEqual(["5", "8", "6"]);
  });

  test("SKEW_SIZE ranks by distance from balance, of either sign", async () => {
    // 11981 and 23926 are nearer to balance than 11963 and 5990, by 0.00004.
    expect(await world.list(`${IN_POOL} orderBy: SKEW_SIZE direction: ASC`)).toEqual([
      ...["3", "4", "2"],
      ...["1", "5", "7", "6"],
    ]);
  });

  test("OPENED, CLOSED and LIQUIDITY rank over chains", async () => {
    expect(await world.list("first: 20")).toEqual(["9", "8", "6", "5", "4", "3", "2", "1", "7"]);
    expect(await world.list("direction: ASC")).toEqual(["1", "7", "2", "3", "4", "5", "6", "8", "9"]);
    expect((await world.list("orderBy: CLOSED")).slice(0, 3)).toEqual(["6", "9", "1"]);
    expect(await world.list("orderBy: LIQUIDITY")).toEqual(["8", "7", "5", "4", "3", "2", "1", "6", "9"]);
  });

  test("IMPERMANENT_LOSS adds realised to unrealised; the ratio has no basket, so no rank, here", async () => {
    const asc = await world.list(`${IN_POOL} orderBy: IMPERMANENT_LOSS direction: ASC`);
    expect(asc[0]).toBe("6");
    expect(await world.list(`${IN_POOL} orderBy: IMPERMANENT_LOSS_RATIO`)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
    ]);
  });

  test("money and skew need a scope; without a quote token money has no rank outside one pool", async () => {
    const money = ["VALUE", "IMPERMANENT_LOSS", "FEES", "PNL"];
    for (const order of [...money, "SKEW", "SKEW_SIZE", "IMPERMANENT_LOSS_RATIO"]) {
      const { code, message, status } = await world.fail(`where: {status: [IN_RANGE]} orderBy: ${order}`);
      expect([code, status]).toEqual(["ORDER_UNAVAILABLE", 400]);
      expect(message).toContain("where.pool");
      expect(await world.list(`where: {owner: ["${BOB}"]} orderBy: ${order}`)).toHaveLength(3);
      expect(await world.list(`where: {pool: "${OTHER_POOL}"} orderBy: ${order}`)).toEqual(["8"]);
    }
    const byId = ["1", "2", "3", "4", "5", "6", "7", "8"];
    for (const order of money) {
      expect(await world.list(`where: {chainId: 1} orderBy: ${order}`)).toEqual(byId);
      // Two chains have a pool at this address: what one calls token1 is not what the other does.
      expect(await world.list(`where: {pool: "${POOL}"} orderBy: ${order}`)).toEqual([
        ...["1", "2", "3", "4", "5", "6", "7", "9"],
      ]);
    }
  });
});
