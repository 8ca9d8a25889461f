import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi, NOW } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { AT_199311, fillChain, ROUTER, swap, transactionAt } from "./eventRows.ts";
import { ENGINES } from "./listWorld.ts";
import { address, block, POOL, pool, poolSnapshot } from "./rows.ts";

const OTHER_POOL = address("b2");
const time = (blockNumber: number) => 1_700_000_000 + blockNumber;

/** In blocks 20 to 50, as block:log, oldest first. */
const PLACES = ["20:0", "30:1", "30:2", "30:10", "40:0", "50:7"];

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let app: Hono;
  let now = NOW;

  beforeAll(async () => {
    db = await create();
    const { database } = db;
    await fillChain(database, [20, 30, 40, 50, 60]);
    await database.insert(tables.pool).values([pool(), pool({ poolId: OTHER_POOL })]);
    await database.insert(tables.poolSnapshot).values(poolSnapshot());
    const buy = {
      ...{ amount0: -(10n ** 18n), amount1: 2_217_049_217n, feeLp: 6_651_147n },
      ...{ sqrtPriceX96: AT_199311, tick: -199311, sender: ROUTER, recipient: address("d7") },
    };
    const rows = PLACES.map((place) => {
      const [blockNumber = 0, logIndex = 0] = place.split(":").map(Number);
      return swap({ blockNumber, logIndex, ...(place === "30:2" ? buy : {}) });
    });
    const quarantined = swap({ blockNumber: 60, feeLp: null, feeProtocol: null });
    const others = [swap({ poolId: OTHER_POOL, blockNumber: 40, logIndex: 3 }), swap({ chainId: 2 })];
    await database
      .insert(tables.swap)
      .values([...rows, { ...quarantined, poolId: OTHER_POOL }, ...others].reverse());
    app = createTestApi(database, { clock: () => now });
  });

  afterAll(() => db.close());

  const PAGE = "{items {id} pageInfo {hasNextPage endCursor rankedAt {number}}}";

  async function read(args: string, of = `poolId: "${POOL}"`) {
    const list = args === "" ? "swaps" : `swaps(${args})`;
    return ask(app, `{pool(chainId: 1, ${of}) {list: ${list} ${PAGE}}}`);
  }

  /** Places of one page. */
  async function places(args: string, of?: string): Promise<string[]> {
    const { data, errors } = await read(args, of);
    expect(errors).toEqual([]);
    return data.pool.list.items.map(({ id }: { id: string }) => id.slice("1:".length));
  }

  async function fail(args: string): Promise<[string | undefined, number, string]> {
    const { errors, status } = await read(args);
    return [errors[0]?.extensions.code, status, errors[0]?.message ?? ""];
  }

  const cursorOf = async (args: string): Promise<string> =>
    (await read(args)).data.pool.list.pageInfo.endCursor;

  test("a swap with all that its log says, the fee on the token paid in, at its own price", async () => {
    const fees = "{amount0 amount1 decimal0 decimal1 value in0: value(in: TOKEN0)}";
    const fields = `id block {number timestamp} transaction logIndex sender recipient amount0 amount1
      feesLp ${fees} sqrtPriceX96 tick liquidity price`;
    const { data, errors } = await ask(
      app,
      `{pool(chainId: 1, poolId: "${POOL}") {swaps(from: ${time(30)}, to: ${time(31)}, first: 2) {items {${fields}}}}}`,
    );
    expect(errors).toEqual([]);
    const [sell, buy] = data.pool.swaps.items;
    expect(sell).toMatchObject({ amount0: "1000000000000000000", amount1: "-1994040168" });
    // 0.003 x 2000.0402896481, in USDC's six decimals.
    expect(sell.feesLp).toEqual({
      ...{ amount0: "3000000000000000", amount1: "0", decimal0: "0.003", decimal1: "0" },
      ...{ value: 6.00012, in0: 0.003 },
    });
    const { price, feesLp, ...rest } = buy;
    expect(rest).toEqual({
      ...{ id: "1:30:2", block: { number: 30, timestamp: time(30) }, logIndex: 2 },
      ...{ transaction: transactionAt(30, 2), sender: ROUTER, recipient: address("d7") },
      ...{ amount0: "-1000000000000000000", amount1: "2217049217", sqrtPriceX96: String(AT_199311) },
      ...{ tick: -199311, liquidity: "6000000000000000" },
    });
    // 1.0001^-199311 x 10^12.
    expect(price).toBeCloseTo(2210.3753119312, 9);
    expect(feesLp).toMatchObject({ amount0: "0", amount1: "6651147", decimal1: "6.651147", value: 6.651147 });
  });

  test("fees of LPs are unknown in quarantine, what the log says is not", async () => {
    const { data } = await ask(
      app,
      `{pool(chainId: 1, poolId: "${OTHER_POOL}") {swaps {items {id amount0 tick feesLp {amount0}}}}}`,
    );
    expect(data.pool.swaps.items).toEqual([
      { id: "1:60:0", amount0: "1000000000000000000", tick: -200311, feesLp: null },
      {
        id: "1:40:3",
        amount0: "1000000000000000000",
        tick: -200311,
        feesLp: { amount0: "3000000000000000" },
      },
    ]);
  });

  test("newest first unless asked for, log indexes as numbers", async () => {
    expect(await places("")).toEqual([...PLACES].reverse());
    expect(await places("direction: ASC")).toEqual(PLACES);
  });

  test.each([
    [`from: ${time(30)}, to: ${time(40)}`, ["30:1", "30:2", "30:10"]],
    [`from: ${time(31)}, to: ${time(41)}`, ["40:0"]],
    [`from: ${time(50)}`, ["50:7"]],
    [`to: ${time(30)}`, ["20:0"]],
    [`to: ${time(20)}`, []],
    [`from: ${time(61)}`, []],
    [`from: ${time(30)}, to: ${time(30)}`, []],
    [`from: 0, to: ${2 ** 31 - 1}`, PLACES],
    ["from: null, to: null", PLACES],
  ])("%s", async (args, expected) => {
    expect(await places(`direction: ASC, ${args}`)).toEqual(expected);
    expect(await places(`direction: DESC, ${args}`)).toEqual([...expected].reverse());
  });

  test.each(["ASC", "DESC"])("pages %s hold every swap once, those of one block too", async (direction) => {
    for (const first of [1, 2, 3, 6]) {
      for (const span of ["", `from: ${time(30)}, to: ${time(50)},`]) {
        const seen: string[] = [];
        for (let after = ""; ; ) {
          const args = `direction: ${direction}, ${span} first: ${first}${after}`;
          const { data, errors } = await read(args);
          expect(errors).toEqual([]);
          const { items, pageInfo } = data.pool.list;
          expect(items.length).toBeLessThanOrEqual(first);
          seen.push(...items.map(({ id }: { id: string }) => id.slice("1:".length)));
          if (!pageInfo.hasNextPage) break;
          after = `, after: "${pageInfo.endCursor}"`;
        }
        const expected = span === "" ? PLACES : ["30:1", "30:2", "30:10", "40:0"];
        expect(seen).toEqual(direction === "ASC" ? expected : [...expected].reverse());
      }
    }
  });

  test("an empty page has no cursor, and says up to where it is known", async () => {
    const { data } = await read(`from: ${time(61)}`);
    expect(data.pool.list.pageInfo).toEqual({
      hasNextPage: false,
      endCursor: null,
      rankedAt: { number: 60 },
    });
  });

  test("of a past pool: up to its block, whatever is asked for", async () => {
    const past = `poolId: "${POOL}", asOf: {block: 39}`;
    expect(await places("", past)).toEqual(["30:10", "30:2", "30:1", "20:0"]);
    expect(await places(`direction: ASC, first: 2, from: ${time(30)}`, past)).toEqual(["30:1", "30:2"]);
    expect(await places(`from: ${time(40)}`, past)).toEqual([]);
    expect(await places(`to: ${time(50)}, first: 1`, past)).toEqual(["30:10"]);
  });

  test.each([
    ["first: 0", "first is 0: it must be from 1 to 1000."],
    ["first: 1001", "first is 1001: it must be from 1 to 1000."],
    ["from: -1", "from is -1: it is a time in unix seconds, 0 or more."],
    ["to: -5", "to is -5: it is a time in unix seconds, 0 or more."],
    ["from: 11, to: 10", "from 11 is after to 10."],
  ])("%s is refused", async (args, message) => {
    expect(await fail(args)).toEqual(["BAD_INPUT", 400, message]);
  });

  describe("a cursor", () => {
    test("of other arguments, another pool, point or list is refused", async () => {
      const after = await cursorOf(`first: 2, from: ${time(20)}`);
      const ofOther = `poolId: "${OTHER_POOL}"`;
      const ofPast = `poolId: "${POOL}", asOf: {block: 50}`;
      for (const [args, of] of [
        [""],
        [`from: ${time(21)},`],
        [`from: ${time(20)}, to: ${time(50)},`],
        [`from: ${time(20)}, direction: ASC,`],
        [`from: ${time(20)},`, ofOther],
        [`from: ${time(20)},`, ofPast],
      ]) {
        const { errors, status } = await read(`${args} after: "${after}"`, of);
        expect([errors[0]?.extensions.code, status], args).toEqual(["CURSOR_INVALID", 400]);
      }
      const events = `{pool(chainId: 1, poolId: "${POOL}") {events(from: ${time(20)}, after: "${after}") {items {id}}}}`;
      expect((await ask(app, events)).errors[0]?.extensions.code).toBe("CURSOR_INVALID");
      // The size of pages may change.
      expect(await places(`first: 3, from: ${time(20)}, after: "${after}"`)).toEqual([
        "30:10",
        "30:2",
        "30:1",
      ]);
    });

    test("that is garbage is refused", async () => {
      const args = `from: ${time(30)}, to: ${time(50)},`;
      const good = await cursorOf(`${args} first: 2`);
      const json = JSON.parse(Buffer.from(good, "base64url").toString());
      const forged = (change: object) =>
        Buffer.from(JSON.stringify({ ...json, ...change })).toString("base64url");
      const point = (number: number) => ({ chainId: 1, number, hash: block({ number }).hash });
      for (const after of [
        "x",
        good.slice(0, -4),
        forged({ id: "-1" }),
        forged({ id: "0x1" }),
        forged({ id: "2147483648" }),
        forged({ chainId: 2 }),
        forged({ points: [] }),
        // Blocks that are there and not in the list.
        forged({ points: [point(20)] }),
        forged({ points: [point(50)] }),
      ]) {
        expect((await fail(`${args} after: "${after}"`)).slice(0, 2), after).toEqual(["CURSOR_INVALID", 400]);
      }
    });

    test("outlives a reorg above its event, and expires with its event's block", async () => {
      const { database } = db;
      const after = await cursorOf("first: 2");
      const at = (number: number) => eq(tables.block.number, number);
      const replace = (number: number, hash: `0x${string}`) =>
        database.update(tables.block).set({ hash }).where(at(number));
      await replace(60, `0x${"ab".repeat(32)}`);
      expect(await places(`after: "${after}"`)).toEqual(["30:10", "30:2", "30:1", "20:0"]);
      await replace(40, `0x${"ab".repeat(32)}`);
      expect((await fail(`after: "${after}"`)).slice(0, 2)).toEqual(["CURSOR_EXPIRED", 400]);
      await replace(40, block({ number: 40 }).hash);
      expect(await places(`after: "${after}"`)).toHaveLength(4);
    });

    test("is good for an hour from its own page on", async () => {
      const first = await cursorOf("first: 1");
      try {
        now = NOW + 3_600;
        const second = await cursorOf(`first: 1, after: "${first}"`);
        now = NOW + 3_601;
        expect((await fail(`first: 1, after: "${first}"`))[0]).toBe("CURSOR_EXPIRED");
        expect(await places(`first: 1, after: "${second}"`)).toEqual(["30:10"]);
      } finally {
        now = NOW;
      }
    });
  });
});
