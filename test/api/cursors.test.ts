import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, NOW } from "./client.ts";
import { BOB, ENGINES, IN_POOL, type ListWorld, startListWorld } from "./listWorld.ts";
import { ALICE, block } from "./rows.ts";

describe.each(ENGINES)("on %s", (_, create) => {
  let world: ListWorld;

  beforeAll(async () => {
    world = await startListWorld(create);
  });

  afterAll(() => world.close());

  describe("a cursor", () => {
    const cursorOf = async (args: string): Promise<string> =>
      (await ask(world.app, `{positions(${args} first: 2) {pageInfo {endCursor}}}`)).data.positions.pageInfo
        .endCursor;

    test("of another filter, order, direction or list is refused", async () => {
      const after = await cursorOf(`${IN_POOL} orderBy: SKEW`);
      for (const args of [
        `where: {chainId: 1} orderBy: SKEW`,
        `${IN_POOL} orderBy: SKEW_SIZE`,
        `${IN_POOL} orderBy: SKEW direction: ASC`,
      ]) {
        const { code, message, status } = await world.fail(`${args} after: "${after}"`);
        expect([code, status]).toEqual(["CURSOR_INVALID", 400]);
        expect(message).toContain("another list");
      }
      const { errors } = await ask(world.app, `{pools(after: "${after}") {items {id}}}`);
      expect(errors[0]?.extensions.code).toBe("CURSOR_INVALID");
    });

    test("holds for the same filter in another order of words", async () => {
      const after = await cursorOf(`where: {owner: ["${ALICE}", "${BOB}"], chainId: 1}`);
      expect(
        await world.list(`where: {chainId: 1, owner: ["${BOB}", "${ALICE}"]} after: "${after}"`),
      ).toHaveLength(6);
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
        expect(await world.fail(`${IN_POOL} after: "${after}"`), after.slice(0, 50)).toMatchObject({
          code: "CURSOR_INVALID",
          status: 400,
        });
      }
    });

    test("expires with the block that it is ranked at", async () => {
      const after = await cursorOf(`${IN_POOL} orderBy: SKEW`);
      const { database } = world;
      const original = block();
      await database
        .update(tables.block)
        .set({ hash: `0x${"ab".repeat(32)}` })
        .where(eq(tables.block.chainId, 1));
      expect(await world.fail(`${IN_POOL} orderBy: SKEW after: "${after}"`)).toMatchObject({
        code: "CURSOR_EXPIRED",
        status: 400,
      });
      await database.delete(tables.block).where(eq(tables.block.chainId, 1));
      await database.insert(tables.block).values(block({ number: 99 }));
      expect(await world.fail(`${IN_POOL} orderBy: SKEW after: "${after}"`)).toMatchObject({
        code: "CURSOR_EXPIRED",
      });
      await database.delete(tables.block).where(eq(tables.block.chainId, 1));
      await database.insert(tables.block).values(original);
      expect(await world.list(`${IN_POOL} orderBy: SKEW after: "${after}"`)).toHaveLength(5);
    });

    test("expires an hour after the first page, not after its own", async () => {
      const first = await cursorOf("direction: DESC");
      try {
        world.now = NOW + 3_600;
        const next = await ask(world.app, `{positions(first: 2 after: "${first}") {pageInfo {endCursor}}}`);
        world.now = NOW + 3_601;
        expect(await world.fail(`after: "${first}"`)).toMatchObject({ code: "CURSOR_EXPIRED", status: 400 });
        const second = next.data.positions.pageInfo.endCursor;
        expect(await world.fail(`after: "${second}"`)).toMatchObject({ code: "CURSOR_EXPIRED" });
      } finally {
        world.now = NOW;
      }
    });
  });
});
