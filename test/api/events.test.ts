import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { createSnapshots, type Database, type Snapshot } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { ask, createTestApi, logged, PATIENT } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { AT_198811, AT_199311, AT_200311, fillChain, liquidityEvent, transactionAt } from "./eventRows.ts";
import { BOB, ENGINES } from "./listWorld.ts";
import { ALICE, address, MANAGER, NO_FEES, POOL, pool, poolSnapshot, position } from "./rows.ts";

const BAD_POOL = address("b9");
const NFT = `${MANAGER}:7`;
const DIRECT = `${POOL}:${BOB}:-60:60`;
const IN_BAD = `${BAD_POOL}:${BOB}:-60:60`;
const time = (blockNumber: number) => 1_700_000_000 + blockNumber;

const OUT = { amount0: 13758161189406625917n, amount1: 65416588660n };

/**
 * The worked example as events of an NFT, its principal collected in two parts, and what followed; beside it a
 * position in the pool itself, one in a pool that is quarantined from block 50 on, and a log that names none.
 */
const EVENTS = [
  {
    ...{ blockNumber: 20, logIndex: 3, positionId: NFT, sqrtPriceX96: AT_200311 },
    ...{ liquidityDelta: 10n ** 16n, amount0: 31442952788347355012n, amount1: 37855704095n },
  },
  {
    ...{ blockNumber: 30, logIndex: 1, positionId: NFT, sqrtPriceX96: AT_199311 },
    ...{ liquidityDelta: 5n * 10n ** 15n, amount0: 10269081066075328779n, amount1: 30391945556n },
  },
  {
    ...{ blockNumber: 40, logIndex: 5, positionId: NFT, kind: "WITHDRAW" },
    ...{ liquidityDelta: -9n * 10n ** 15n, ...OUT },
  },
  { blockNumber: 40, logIndex: 6, positionId: DIRECT, liquidityDelta: 1_000n, amount0: 4n, amount1: 4n },
  {
    ...{ blockNumber: 40, logIndex: 9, positionId: NFT, kind: "COLLECT" },
    ...{ paidOut0: 10n ** 19n, paidOut1: 65416588660n + 340_000n },
  },
  {
    ...{ blockNumber: 50, logIndex: 0, positionId: NFT, kind: "COLLECT" },
    ...{ paidOut0: 3758161189406625917n + 12_345n, paidOut1: 7n },
  },
  { blockNumber: 50, logIndex: 3, positionId: DIRECT, kind: "COLLECT", paidOut0: 9n, paidOut1: 8n },
  { blockNumber: 50, logIndex: 8, positionId: null, kind: "COLLECT", paidOut0: 9n, paidOut1: 9n },
  { blockNumber: 60, logIndex: 2, positionId: NFT, kind: "TRANSFER", from: ALICE, to: BOB },
  { blockNumber: 60, logIndex: 4, positionId: NFT, kind: "COLLECT", paidOut0: 5n, paidOut1: 6n },
  {
    ...{ blockNumber: 60, logIndex: 6, positionId: NFT, kind: "WITHDRAW" },
    ...{ liquidityDelta: -1n, amount0: 100n, amount1: 400_000n },
  },
  { blockNumber: 60, logIndex: 10, positionId: NFT, kind: "COLLECT", paidOut0: 150n, paidOut1: 60_000n },
  ...[40, 50, 60].map((blockNumber) => ({
    ...{ blockNumber, logIndex: 20, poolId: BAD_POOL, positionId: IN_BAD },
    ...{ kind: "COLLECT", paidOut0: 2n, paidOut1: 3n },
  })),
];

/** What the NFT was paid and had withdrawn after each block. */
const PAID = [
  { blockNumber: 20 },
  { blockNumber: 30 },
  { blockNumber: 40, ...{ withdrawn0: OUT.amount0, withdrawn1: OUT.amount1 } },
  { blockNumber: 50, ...{ withdrawn0: OUT.amount0, withdrawn1: OUT.amount1 } },
  { blockNumber: 60, ...{ withdrawn0: OUT.amount0 + 100n, withdrawn1: OUT.amount1 + 400_000n } },
].map((row, i) => {
  const collected0 = [0n, 0n, 10n ** 19n, OUT.amount0 + 12_345n, OUT.amount0 + 12_500n][i] ?? 0n;
  const collected1 =
    [0n, 0n, OUT.amount1 + 340_000n, OUT.amount1 + 340_007n, OUT.amount1 + 400_013n][i] ?? 0n;
  const debited = { debited0: collected0, debited1: collected1 };
  return { withdrawn0: 0n, withdrawn1: 0n, ...row, collected0, collected1, ...debited };
});

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let app: Hono;
  let reads = 0;

  beforeAll(async () => {
    db = await create();
    await fill(db.database);
    const snapshots = createSnapshots(db.database, new Turns(1), PATIENT);
    app = createTestApi(db.database, {
      snapshots: {
        read: (question) => snapshots.read((snapshot, isAwaited) => question(counting(snapshot), isAwaited)),
      },
    });
  });

  afterAll(() => db.close());

  function counting(snapshot: Snapshot): Snapshot {
    return new Proxy(snapshot, {
      get(target, name) {
        if (name === "select" || name === "execute") reads += 1;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  async function answer(query: string) {
    reads = 0;
    const { data, errors } = await ask(app, query);
    expect(errors, String(logged)).toEqual([]);
    return data.position ?? data.pool;
  }

  const ofPosition = (fields: string, args = "", id = `1:${NFT}`) =>
    answer(`{position(id: "${id}") {id events${args} {items {${fields}} pageInfo {hasNextPage endCursor}}}}`);

  const ofPool = (fields: string, args = "", of = `poolId: "${POOL}"`) =>
    answer(`{pool(chainId: 1, ${of}) {events${args} {items {${fields}} pageInfo {hasNextPage endCursor}}}}`);

  type Listed = { events: { items: { id: string }[] } };
  const placesOf = ({ events }: Listed) => events.items.map(({ id }) => id.slice("1:".length));

  const NFT_PLACES = ["60:10", "60:6", "60:4", "60:2", "50:0", "40:9", "40:5", "30:1", "20:3"];
  const POOL_PLACES = [...NFT_PLACES.slice(0, 4), "50:3", "50:0", "40:9", "40:6", "40:5", "30:1", "20:3"];

  test("principal at the price of its own event: the worked example's cost basis and proceeds", async () => {
    const fields = `id kind block {number timestamp} transaction logIndex liquidityDelta sqrtPriceX96 price
      principal {amount0 amount1 decimal0 value} paidOut {amount0} fees {amount0} from to`;
    const { events } = await ofPosition(fields);
    const [withdraw, second, first] = events.items.slice(-3);
    const { price, ...deposit } = first;
    expect(price).toBeCloseTo(2000.0402896481, 9);
    expect(deposit).toEqual({
      ...{ id: "1:20:3", kind: "DEPOSIT", block: { number: 20, timestamp: time(20) }, logIndex: 3 },
      ...{ transaction: transactionAt(20, 3), liquidityDelta: "10000000000000000" },
      sqrtPriceX96: "3543226830587239509588885",
      principal: {
        ...{ amount0: "31442952788347355012", amount1: "37855704095" },
        ...{ decimal0: "31.442952788347355012", value: 100742.876497 },
      },
      ...{ paidOut: null, fees: null, from: null, to: null },
    });
    expect(second.principal.value).toBe(53090.46882);
    expect(withdraw).toMatchObject({ kind: "WITHDRAW", liquidityDelta: "-9000000000000000" });
    expect(withdraw).toMatchObject({ paidOut: null, fees: null, sqrtPriceX96: String(AT_198811) });
    expect(withdraw.principal).toMatchObject({ amount1: "65416588660", value: 97386.398493 });
  });

  const amounts = (amount0: string, amount1: string) => ({ amount0, amount1 });

  test("of what a collect pays, principal comes first, within a block too", async () => {
    const { events } = await ofPosition("id kind paidOut {amount0 amount1} fees {amount0 amount1}");
    expect(events.items.filter(({ kind }: { kind: string }) => kind === "COLLECT")).toEqual([
      // 100 and 400,000 were withdrawn just before; the fees paid earlier pay nothing of that.
      {
        ...{ id: "1:60:10", kind: "COLLECT" },
        ...{ paidOut: amounts("150", "60000"), fees: amounts("50", "0") },
      },
      { id: "1:60:4", kind: "COLLECT", paidOut: amounts("5", "6"), fees: amounts("5", "6") },
      {
        ...{ id: "1:50:0", kind: "COLLECT" },
        ...{ paidOut: amounts("3758161189406638262", "7"), fees: amounts("12345", "7") },
      },
      {
        ...{ id: "1:40:9", kind: "COLLECT" },
        ...{ paidOut: amounts("10000000000000000000", "65416928660"), fees: amounts("0", "340000") },
      },
    ]);
  });

  test("the fee part is the same on whatever page its collect comes", async () => {
    const fields = "id fees {amount0 amount1 value}";
    const { events } = await ofPool(fields, `(kinds: [COLLECT], from: ${time(50)}, to: ${time(51)})`);
    // 12,345 raw of 18 decimals are worth nothing in USDC.
    expect(events.items).toEqual([
      { id: "1:50:3", fees: { ...amounts("9", "8"), value: 0.000008 } },
      { id: "1:50:0", fees: { ...amounts("12345", "7"), value: 0.000007 } },
    ]);
  });

  test("a transfer moves no amounts and names both holders", async () => {
    const fields = "id liquidityDelta principal {amount0 amount1} paidOut {amount0} fees {amount0} from to";
    expect((await ofPool(fields, "(kinds: [TRANSFER])")).events.items).toEqual([
      {
        ...{ id: "1:60:2", liquidityDelta: "0", principal: amounts("0", "0"), paidOut: null, fees: null },
        ...{ from: ALICE, to: BOB },
      },
    ]);
  });

  test("in quarantine the payment is known, what of it is fees is not", async () => {
    const fields = "id paidOut {amount0 amount1} fees {amount0 amount1}";
    const paidOut = amounts("2", "3");
    const quarantined = [60, 50].map((block) => ({ id: `1:${block}:20`, paidOut, fees: null }));
    const before = { id: "1:40:20", paidOut, fees: paidOut };
    expect((await ofPool(fields, "", `poolId: "${BAD_POOL}"`)).events.items).toEqual([
      ...quarantined,
      before,
    ]);
    expect((await ofPosition(fields, "", `1:${IN_BAD}`)).events.items).toEqual([...quarantined, before]);
    expect((await ofPosition(fields, "", `1:${IN_BAD}@49`)).events.items).toEqual([before]);
  });

  test("newest first, logs that name no position left out", async () => {
    expect(placesOf(await ofPosition("id"))).toEqual(NFT_PLACES);
    expect(placesOf(await ofPool("id"))).toEqual(POOL_PLACES);
    expect(placesOf(await ofPool("id", "(direction: ASC)"))).toEqual([...POOL_PLACES].reverse());
  });

  test.each([
    ["kinds: [DEPOSIT]", ["40:6", "30:1", "20:3"]],
    ["kinds: [WITHDRAW, TRANSFER, WITHDRAW]", ["60:6", "60:2", "40:5"]],
    ["kinds: null", POOL_PLACES],
    ["kinds: []", []],
    [`kinds: [COLLECT, DEPOSIT], from: ${time(40)}, to: ${time(60)}`, ["50:3", "50:0", "40:9", "40:6"]],
    [`from: ${time(31)}, to: ${time(41)}`, ["40:9", "40:6", "40:5"]],
    [`from: ${time(61)}`, []],
  ])("%s", async (args, expected) => {
    expect(placesOf(await ofPool("id", `(${args})`))).toEqual(expected);
    expect(placesOf(await ofPool("id", `(direction: ASC, ${args})`))).toEqual([...expected].reverse());
  });

  test("pages hold every event once, of one kind or many, in both directions", async () => {
    for (const [args, expected] of [
      ["", POOL_PLACES],
      ["kinds: [COLLECT, WITHDRAW],", POOL_PLACES.filter((place) => !/20:3|30:1|40:6|60:2/.test(place))],
      ["kinds: [COLLECT],", ["60:10", "60:4", "50:3", "50:0", "40:9"]],
    ] as const) {
      for (const direction of ["DESC", "ASC"]) {
        const page = (first: number, after: string) =>
          ofPool("id", `(${args} direction: ${direction}, first: ${first}${after})`);
        const seen = await walk(page);
        expect(seen).toEqual(direction === "DESC" ? expected : [...expected].reverse());
      }
    }
    expect(await walk((first, after) => ofPosition("id", `(first: ${first}${after})`))).toEqual(NFT_PLACES);
  });

  async function walk(page: (first: number, after: string) => Promise<Listed>): Promise<string[]> {
    const seen: string[] = [];
    for (let after = ""; ; ) {
      const listed = await page(2, after);
      seen.push(...placesOf(listed));
      const { pageInfo } = listed.events as unknown as {
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      if (!pageInfo.hasNextPage) return seen;
      after = `, after: "${pageInfo.endCursor}"`;
    }
  }

  test("of a past position or pool: up to its block, each with its position as it was then", async () => {
    const past = await ofPosition("id position {id liquidity owner}", "", `1:${NFT}@45`);
    expect(placesOf(past)).toEqual(["40:9", "40:5", "30:1", "20:3"]);
    const then = { id: `1:${NFT}@40`, liquidity: "6000000000000000", owner: ALICE };
    expect(past.events.items[0].position).toEqual(then);
    const fields = "id position {id liquidity owner pool {id}}";
    const pastPool = await ofPool(fields, "(first: 3)", `poolId: "${POOL}", asOf: {block: 40}`);
    const inPast = { pool: { id: `1:${POOL}@40` } };
    expect(pastPool.events.items).toEqual([
      { id: "1:40:9", position: { ...then, ...inPast } },
      { id: "1:40:6", position: { id: `1:${DIRECT}@40`, liquidity: "1000", owner: BOB, ...inPast } },
      { id: "1:40:5", position: { ...then, ...inPast } },
    ]);
    const now = await ofPool(fields, `(kinds: [DEPOSIT], first: 2)`);
    expect(now.events.items.map((item: { position: object }) => item.position)).toEqual([
      { id: `1:${DIRECT}`, liquidity: "900", owner: BOB, pool: { id: `1:${POOL}` } },
      { id: `1:${NFT}`, liquidity: "5999999999999999", owner: BOB, pool: { id: `1:${POOL}` } },
    ]);
  });

  test("a page takes as many queries as one event", async () => {
    const everything = "id position {id owner liquidity} fees {amount0}";
    const readsOf = async (list: typeof ofPool, args: string) => {
      await list(everything, args);
      return reads;
    };
    expect(await readsOf(ofPool, "(first: 11, kinds: [COLLECT])")).toBe(
      await readsOf(ofPool, "(first: 1, kinds: [COLLECT])"),
    );
    expect(await readsOf(ofPosition, "(first: 11)")).toBe(await readsOf(ofPosition, "(first: 1)"));
  });

  test.each([
    ["{pool(chainId: 1, poolId: $id) {events(first: 1001) {items {id}}}}", "BAD_INPUT"],
    ["{pool(chainId: 1, poolId: $id) {events(first: -1) {items {id}}}}", "BAD_INPUT"],
    ["{pool(chainId: 1, poolId: $id) {events(from: 2, to: 1) {items {id}}}}", "BAD_INPUT"],
    [`{position(id: "1:${NFT}") {events(first: 0) {items {id}}}}`, "BAD_INPUT"],
    [`{position(id: "1:${NFT}") {events(after: "x") {items {id}}}}`, "CURSOR_INVALID"],
  ])("%s is refused", async (query, code) => {
    const { errors, status } = await ask(app, query.replace("$id", `"${POOL}"`));
    expect([errors[0]?.extensions.code, status]).toEqual([code, 400]);
  });

  test("a cursor of other kinds, or of another position, is refused", async () => {
    const { events } = await ofPool("id", "(first: 1, kinds: [COLLECT, DEPOSIT])");
    const { endCursor } = events.pageInfo;
    const same = await ofPool("id", `(first: 1, kinds: [DEPOSIT, COLLECT], after: "${endCursor}")`);
    expect(placesOf(same)).toEqual(["60:4"]);
    for (const query of [
      `{pool(chainId: 1, poolId: "${POOL}") {events(kinds: [COLLECT], after: "${endCursor}") {items {id}}}}`,
      `{pool(chainId: 1, poolId: "${POOL}") {events(after: "${endCursor}") {items {id}}}}`,
      `{position(id: "1:${NFT}") {events(after: "${endCursor}") {items {id}}}}`,
    ]) {
      expect((await ask(app, query)).errors[0]?.extensions.code).toBe("CURSOR_INVALID");
    }
  });

  test("a list costs its rows, and a query's worth of them wherever it stands", async () => {
    const nested = (first: number, list: string) => `{pools(first: ${first}) {items {${list} {items {id}}}}}`;
    expect((await ask(app, nested(100, "events(first: 1)"))).errors).toEqual([]);
    for (const [query, rows] of [
      [nested(101, "events(first: 1)"), "10100 rows"],
      [nested(101, "swaps"), "10100 rows"],
      [nested(20, "events(first: 501)"), "10020 rows"],
      [`{pools {items {swaps(first: 101) {items {id}} events(first: 400) {items {id}}}}}`, "10020 rows"],
      [
        `{pool(chainId: 1, poolId: "${POOL}") {events {items {position {events(first: 201) {items {id}}}}}}}`,
        "10050 rows",
      ],
    ]) {
      const { errors, status } = await ask(app, query ?? "");
      expect([errors[0]?.extensions.code, status]).toEqual(["TOO_COMPLEX", 400]);
      expect(errors[0]?.message).toContain(rows);
    }
  });
});

async function fill(database: Database): Promise<void> {
  await fillChain(database, [20, 30, 40, 50, 60]);
  const bad = { poolId: BAD_POOL, quarantinedBlock: 50 };
  await database.insert(tables.pool).values([pool(), pool(bad)]);
  await database
    .insert(tables.poolSnapshot)
    .values([poolSnapshot(), poolSnapshot({ poolId: BAD_POOL }), poolSnapshot({ ...bad, blockNumber: 50 })]);
  const direct = {
    ...{ ...NO_FEES, manager: null, tokenId: null, owner: BOB, openedBlock: 40 },
    ...{ withdrawn0: 0n, withdrawn1: 0n, collected0: 0n, collected1: 0n },
  };
  const nft = position({ owner: BOB, liquidity: 5_999_999_999_999_999n });
  const other = position({ ...direct, positionId: DIRECT, liquidity: 900n });
  const inBad = position({ ...direct, positionId: IN_BAD, poolId: BAD_POOL });
  await database.insert(tables.position).values([nft, other, inBad]);
  await database.insert(tables.positionSnapshot).values([
    ...PAID.map((paid) => ({
      ...nft,
      ...paid,
      liquidity: paid.blockNumber === 60 ? nft.liquidity : 6_000_000_000_000_000n,
      owner: paid.blockNumber === 60 ? BOB : ALICE,
    })),
    { ...other, blockNumber: 40, liquidity: 1_000n },
    { ...inBad, blockNumber: 40, collected0: 2n, collected1: 3n },
  ]);
  await database.insert(tables.liquidityEvent).values(EVENTS.map(liquidityEvent));
}
