import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, createTestApi, post } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { POOL } from "./rows.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createPglite();
  app = createTestApi(db.database);
});

afterAll(() => db.close());

async function codeOf(query: string, variables: object = {}): Promise<[string | undefined, number, string]> {
  const { errors, status } = await ask(app, query, variables);
  return [errors[0]?.extensions.code, status, errors[0]?.message ?? ""];
}

describe("limits", () => {
  test("1,000 tokens", async () => {
    const query = (fields: number) => `{status {${" lag".repeat(fields)}}}`;
    expect((await ask(app, query(995))).errors).toEqual([]);
    expect((await codeOf(query(996))).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
    expect((await codeOf(`{${" __typename".repeat(5_000)}}`)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
  });

  test("15 aliases, __typename included in tokens only", async () => {
    const query = (n: number) => `{status {${Array.from({ length: n }, (_, i) => `a${i}: lag`).join(" ")}}}`;
    expect((await ask(app, query(15))).errors).toEqual([]);
    expect((await codeOf(query(16))).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
  });

  test("10 root fields, through fragments too", async () => {
    const fields = (n: number) => Array.from({ length: n }, (_, i) => `a${i}: status {lag}`).join(" ");
    expect((await ask(app, `{${fields(10)}}`)).errors).toEqual([]);
    expect((await codeOf(`{${fields(11)}}`)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
    const split = `{${fields(6)} ...F} fragment F on Query {${fields(6).replaceAll("a", "b").replaceAll("lbg", "lag").replaceAll("stbtus", "status")}}`;
    expect((await codeOf(split)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
  });

  test("10,000 rows, page sizes by variables and fragments too", async () => {
    const list = (n: number, first: number) =>
      Array.from({ length: n }, (_, i) => `a${i}: positions(first: ${first}) {items {id}}`).join(" ");
    expect((await ask(app, `{${list(10, 1_000)}}`)).errors).toEqual([]);
    expect((await codeOf(`{a: positions(first: 10001) {items {id}}}`)).slice(0, 2)).toEqual([
      "TOO_COMPLEX",
      400,
    ]);
    const variable = `query ($n: Int! = 20000) {positions(first: $n) {items {id}}}`;
    expect((await codeOf(variable)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
    expect((await codeOf(variable, { n: 20_000 })).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
    expect((await ask(app, variable, { n: 1_000 })).errors).toEqual([]);
  });

  test("of candles that go on to an end that is not given, what to give is said", async () => {
    const candles = `candles(from: 0) {volume {notional(in: QUOTE)}}`;
    const [code, , message] = await codeOf(`{pool(chainId: 1, poolId: "${POOL}") {${candles}}}`);
    expect([code, message]).toEqual(["TOO_COMPLEX", expect.stringContaining("a from and to of 133 points")]);
  });

  test("100,000 values: rows times the fields of each, through fragments too", async () => {
    const page = (first: number, fields: number) =>
      `{positions(first: ${first}) {items {${" id".repeat(fields)}}}}`;
    expect((await ask(app, page(1_000, 100))).errors).toEqual([]);
    const [code, status, message] = await codeOf(page(1_000, 101));
    expect([code, status]).toEqual(["TOO_COMPLEX", 400]);
    expect(message).toContain("101000 values");
    expect(message).toContain("lower first");
    const roots = (first: number) =>
      `{${Array.from({ length: 10 }, (_, i) => `a${i}: positions(first: ${first}) {...P}`).join(" ")}}
       fragment P on PositionPage {items {${" id".repeat(40)} inventory {amounts {${" amount0".repeat(5)}}}}}`;
    expect((await ask(app, roots(200))).errors).toEqual([]);
    expect((await codeOf(roots(1_000)))[2]).toContain("450000 values");
  });

  test("a walk over a pool's ticks is 100 rows, once a pool, through fragments too", async () => {
    const page = (first: number, fields: string) => `{positions(first: ${first}) {items {pool {${fields}}}}}`;
    const both = "principal {amount0} uncollectedFees {amount0} again: principal {amount1}";
    expect((await ask(app, page(100, both))).errors).toEqual([]);
    const [code, status, message] = await codeOf(page(101, "principal {amount0}"));
    expect([code, status]).toEqual(["TOO_COMPLEX", 400]);
    expect(message).toContain("10100 rows");
    const spread = `{pools(first: 101) {items {...W}}} fragment W on Pool {uncollectedFees {amount0}}`;
    expect((await codeOf(spread))[2]).toContain("10100 rows");
    const paged = `{pools(first: 101) {...P}} fragment P on PoolPage {items {uncollectedFees {amount0}}}`;
    expect((await codeOf(paged))[2]).toContain("10100 rows");
    expect((await ask(app, page(1_000, "protocolFees {amount0}"))).errors).toEqual([]);
  });

  test("a page size by a variable that is not given is the field's own default", async () => {
    const ticks = (pools: number) =>
      `query ($n: Int) {pools(first: ${pools}) {items {ticks(first: $n) {items {liquidityNet}}}}}`;
    expect((await ask(app, ticks(10))).errors).toEqual([]);
    expect((await codeOf(ticks(11)))[2]).toContain("11000 rows");
  });

  test("a position's markouts are played for it: three in an operation, through fragments too", async () => {
    const roots = (n: number, fields: string) =>
      `{${Array.from({ length: n }, (_, i) => `a${i}: position(id: "1:0x${"aa".repeat(20)}:${i}") {${fields}}`).join(" ")}}`;
    const both = "adverseSelection {markout toxicVolumeShare lvr}";
    expect((await ask(app, roots(3, both))).errors).toEqual([]);
    expect((await codeOf(roots(4, both)))[2]).toContain("13000 rows");
    expect((await codeOf(`${roots(4, "...M")} fragment M on Position {${both}}`))[2]).toContain("13000 rows");
    expect((await ask(app, roots(10, "adverseSelection {lvr feesLp}"))).errors).toEqual([]);
  });

  test("an event's principal walks no ticks", async () => {
    const events = (first: number) =>
      `{pool(chainId: 1, poolId: "0x${"aa".repeat(20)}") {events(first: ${first}) {items {principal {amount0}}}}}`;
    expect((await ask(app, events(1_000))).errors).toEqual([]);
  });

  test("a pool's inventory walks its ticks, a position's does not; lists below a pool count as queries", async () => {
    const pools = (first: number, fields: string) => `{pools(first: ${first}) {items {${fields}}}}`;
    const skew = "inventory {skew}";
    expect((await ask(app, pools(100, `${skew} activeValueShare principal {amount0}`))).errors).toEqual([]);
    expect((await codeOf(pools(101, skew)))[2]).toContain("10100 rows");
    expect((await codeOf(pools(101, "activeValueShare")))[2]).toContain("10100 rows");
    const spread = `{pools(first: 101) {items {...W}}} fragment W on Pool {inventory {skew}}`;
    expect((await codeOf(spread))[2]).toContain("10100 rows");
    expect((await ask(app, `{positions(first: 1000) {items {${skew} pool {price}}}}`)).errors).toEqual([]);
    expect((await codeOf(`{positions(first: 101) {items {pool {${skew}}}}}`))[2]).toContain("10100 rows");
    expect((await codeOf(pools(101, "positions(first: 1) {items {id}}")))[2]).toContain("10100 rows");
    const board = "leaderboard(chainId: 1, first: 1) {items {rank}}";
    expect((await ask(app, `{positions(first: 9500) {items {id}} ${board}}`)).errors[0]?.message).toContain(
      "first is 9500",
    );
    expect((await codeOf(`{positions(first: 9501) {items {id}} ${board}}`))[2]).toContain("10001 rows");
  });

  test("every field of a page of 1,000 positions, pool and tokens once", async () => {
    const amounts = "{amount0 amount1 decimal0 decimal1 value}";
    const flow = "{amount0 amount1 decimal0 decimal1 valueNow valueThen}";
    const query = `{positions(first: 1000) {items {id chainId protocol owner manager tokenId tickLower tickUpper
      priceLower priceUpper liquidity status justInTime opened {number timestamp} closed {number timestamp}
      asOf {number timestamp} pool {id price token0 {symbol} token1 {symbol}} deposited ${flow} withdrawn ${flow}
      inventory {amounts ${amounts} share0 skew skewE18 skewRisk skewVsTarget(targetShare: 0.3) skewVsEntry
        netInventory ${amounts} netInventoryRatio rangePosition}
      impermanentLoss {hold ${amounts} unrealized realized total unrealizedRaw1 realizedRaw1 ratio allFlowsAtSpot}
    } pageInfo {hasNextPage endCursor}}}`;
    expect((await ask(app, query)).errors).toEqual([]);
  });

  test("figures in the quote token: a search a root field, one an event of a list, a history a position", async () => {
    const rows = async (query: string, variables?: object) => {
      const [, , message] = await codeOf(query, variables);
      return Number(/up to (\d+) rows/.exec(message)?.[1] ?? 0);
    };
    const filler = "f: positions(first: 9000) {items {id}}";
    const page = (first: number, fields: string) => `p: positions(first: ${first}) {items {${fields}}}`;
    const two = (fields: string) => `{${filler} ${page(600, fields)}}`;
    expect(await rows(two("worth(in: TOKEN0)"))).toBe(0);
    const many = "worth(in: QUOTE) deposited {valueNow(in: QUOTE)} owners {pnl {total(in: QUOTE)}}";
    expect(await rows(two(many))).toBe(9_000 + 6_000 + 500);
    const given = `query ($in: Numeraire! = QUOTE) ${two("worth(in: $in)")}`;
    expect(await rows(given)).toBe(10_100);
    expect(await rows(given, { in: "TOKEN1" })).toBe(0);
    const then = "pnl {total(in: QUOTE_THEN)} impermanentLoss {realized(in: QUOTE_THEN)}";
    expect(await rows(`{${page(10, then)}}`)).toBe(10_500);
    expect(await rows(`{${page(9, then)}}`)).toBe(0);
    expect(await rows(`{${page(10, `owners {${then}}`)}}`)).toBe(10 * (10 + 1_000) + 500);
    const one = `position(id: "1:x") {${then} owners {${then}}}`;
    expect(await rows(`{${filler} ${one}}`)).toBe(9_000 + 10 + 1_000 + 500);
    const books = `account(chainId: 1, address: "0x${"aa".repeat(20)}") {pools {${then}}}`;
    expect(await rows(`{${books}}`)).toBe(0);
    expect(await rows(`{${filler} ${books}}`)).toBe(9_000 + 20 + 100 + 1_000 + 2 * 500);
    const twice = `{${filler} ...R} fragment R on Query {a: ${one} b: ${one}}`;
    expect(await rows(twice)).toBe(9_000 + 2 * (10 + 1_000 + 500));
    const events = (first: number) =>
      `{position(id: "1:x") {events(first: ${first}) {items {paidOut {value(in: QUOTE)}}}}}`;
    expect(await rows(events(20))).toBe(0);
    expect(await rows(events(21))).toBe(10_500);
  });

  test("quote prices of tokens: a search a field whatever the list, and three pools a route", async () => {
    const pools = (first: number, fields: string) => `{pools(first: ${first}) {items {token0 {${fields}}}}}`;
    const times = (n: number) => Array.from({ length: n }, (_, i) => `a${i}: quotePrice {price}`).join(" ");
    expect((await ask(app, pools(1_000, times(10)))).errors).toEqual([]);
    expect((await codeOf(pools(5_001, times(10))))[2]).toContain("up to 10001 rows");
    const routes = "quotePrice {route {poolId}}";
    expect((await ask(app, pools(1_000, routes))).errors).toEqual([]);
    expect((await codeOf(pools(3_167, routes)))[2]).toContain("up to 10001 rows");
  });

  test("accounts: a search of prices, and what each holds unless only its name is asked for", async () => {
    const address = `0x${"a1".repeat(20)}`;
    const account = (fields: string, lists: number) =>
      `{account(chainId: 1, address: "${address}") {${fields}} positions(first: ${lists}) {items {id}}}`;
    expect((await codeOf(account("id address asOf {number}", 9_500)))[0]).toBe("BAD_INPUT");
    expect((await codeOf(account("id address asOf {number}", 9_501)))[2]).toContain("up to 10001 rows");
    expect((await codeOf(account("value", 9_401)))[2]).toContain("up to 10001 rows");
    expect((await codeOf(account("... on Account {id}", 9_401)))[2]).toContain("up to 10001 rows");
    const chains = `{accountOnAllChains(address: "${address}") {value} positions(first: 9401) {items {id}}}`;
    expect((await codeOf(chains))[2]).toContain("up to 10001 rows");
  });

  test("an address on all chains counts for each that is indexed: the rates of its books are to be had on eight", async () => {
    const on = (chains: number) =>
      createTestApi(db.database, {
        chains: Array.from({ length: chains }, (_, i) => ({
          ...{ id: i + 1, name: `chain${i}`, quoteToken: null, quoteMinDepth: 10_000 },
        })),
      });
    const query = `{accountOnAllChains(address: "0x${"a1".repeat(20)}") {exposure {lvrRate theta vega}}}`;
    const { data, errors } = await ask(on(8), query);
    expect([data, errors]).toEqual([{ accountOnAllChains: [] }, []]);
    expect((await ask(on(9), query)).errors[0]?.message).toContain(
      "10400 rows, more than 10000. The dearest part is accountOnAllChains.exposure.{lvrRate theta vega} with 9000 of them, 1000 in each of 9 places: ask for account, a chain an operation, instead of accountOnAllChains (9), or leave it out.",
    );
  });

  // Counted one by one they would take for ever.
  test("fragments that double at every step are counted once each", async () => {
    const chain = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Query {...F${i + 1} ...F${i + 1}}`,
    ).join(" ");
    const query = `{...F0} ${chain} fragment F60 on Query {positions(first: 1) {items {id}}}`;
    expect((await codeOf(query)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
  });

  test("nothing is asked of the database for an operation that nobody waits for any more", async () => {
    let asked = 0;
    const snapshot = new Proxy(db.database, {
      get: (target, name) => {
        asked += 1;
        return Reflect.get(target, name);
      },
    });
    const late = createTestApi(db.database, {
      snapshots: { read: (question) => question(snapshot, () => false) },
    });
    const { errors } = await ask(late, "{pools {items {id}} positions {items {id}}}");
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["TOO_BUSY"]);
    expect(asked).toBe(0);
  });

  test("a body of 100 kB", async () => {
    const body = (bytes: number) => `{"query":"{__typename}","variables":{"x":"${"y".repeat(bytes - 45)}"}}`;
    expect((await post(app, body(99_000))).status).toBe(200);
    const { status, errors } = await post(app, body(101_000));
    expect([status, errors[0]?.extensions.code]).toEqual([413, "BAD_REQUEST"]);
  });

  test("lists nested without end", async () => {
    const query = "query ($owner: [Hex!]) {positions(where: {owner: $owner}) {items {id}}}";
    const nested = `${"[".repeat(40_000)}${"]".repeat(40_000)}`;
    const { status, errors } = await post(
      app,
      `{"query":${JSON.stringify(query)},"variables":{"owner":${nested}}}`,
    );
    expect([status, errors[0]?.extensions.code]).toEqual([400, "BAD_INPUT"]);
    const literal = `{positions(where: {owner: ${"[".repeat(900)}${"]".repeat(900)}}) {items {id}}}`;
    expect((await codeOf(literal))[1]).toBe(400);
  });
});

describe("an operation that is too dear is told which part to change", () => {
  const ONE = `chainId: 1, poolId: "${POOL}"`;
  const BOOK = `account(chainId: 1, address: "0x${"aa".repeat(20)}")`;
  const lists = (first: number) => `p: positions(first: ${first}) {items {id}}`;

  test.each([
    [
      "a list in a list, by the page size that makes it pass: of any size the inner counts as 100",
      `{status {lag} pools(first: 101) {items {id dear: positions(first: 150) {items {id}} symbol: poolId}}}`,
      "15150 rows, more than 10000. The dearest part is pools.items.dear with 15150 of them, 150 in each of 101 places: lower first of pools from 101 to 66, or leave it out.",
    ],
    [
      "a list that counts as 100 however short, without its own page size",
      "query ($n: Int! = 101) {pools(first: $n) {...P}} fragment P on PoolPage {items {events(first: 2) {items {kind}}}}",
      "10100 rows, more than 10000. The dearest part is pools.items.events with 10100 of them, 100 in each of 101 places: lower first of pools from 101 to 100, or leave it out.",
    ],
    [
      "a figure, by the walk that it needs",
      "{positions(first: 101) {items {pool {price principal {amount0}}}}}",
      "The dearest part is positions.items.pool.principal with 10100 of them, 100 in each of 101 places: lower first of positions from 101 to 100, or leave it out.",
    ],
    [
      "a span",
      `{pool(${ONE}) {candles(from: 0) {volume {notional(in: QUOTE)}}}}`,
      "The dearest part is pool.candles.volume.notional with 112500 of them, 75 in each of 1500 places: give pool.candles a from and to of 133 points instead of 1500, or ask for it without QUOTE, or leave it out.",
    ],
    [
      "a figure in QUOTE_THEN",
      "{positions(first: 10) {items {id pnl {all: total(in: QUOTE_THEN)}}}}",
      "10500 rows, more than 10000. The dearest part is positions.items.pnl.all with 10500 of them, 1050 in each of 10 places: lower first of positions from 10 to 9, or ask for it without QUOTE_THEN, or leave it out.",
    ],
    [
      "a window's figure in a big page beside cheaper ones",
      `{${lists(4_000)} positions(first: 130) {items {id exposure {delta0 lvrRate}}}}`,
      "The dearest part is positions.items.exposure.lvrRate with 6500 of them, 50 in each of 130 places: lower first of positions from 130 to 120, or leave it out, or send positions as an operation of its own.",
    ],
    [
      "a book's rate, which counts for twenty pools",
      `{${BOOK} {x: exposure {lvrRate} y: exposure {theta}} ${lists(8_000)}}`,
      "The dearest part is p with 8000 of them: lower first of p from 8000 to 7400, or leave it out, or send p as an operation of its own.",
    ],
    [
      "figures that share what they count as, of which leaving out one alone changes nothing",
      "{positions(first: 201) {items {id exposure {theta ...V}}}} fragment V on Exposure {vega lvrRate(window: WEEK)}",
      "10050 rows, more than 10000. The dearest part is positions.items.exposure.{theta vega lvrRate} with 10050 of them, 50 in each of 201 places: lower first of positions from 201 to 200, or leave it out.",
    ],
    [
      "figures in QUOTE_THEN that share it",
      "{positions(first: 10) {items {id impermanentLoss {total(in: QUOTE_THEN)} pnl {fees(in: QUOTE_THEN)}}}}",
      "The dearest part is positions.items.{impermanentLoss pnl} with 10500 of them, 1050 in each of 10 places: lower first of positions from 10 to 9, or ask for it without QUOTE_THEN, or leave it out.",
    ],
    [
      "too many that are alike, and what leaving out one leaves",
      `{${["a", "b", "c"].map((name) => `${name}: backtest(chainId: 1, poolId: "${POOL}", tickLower: 0, tickUpper: 60, amount0: 1, amount1: 1, from: 1) {openValue1: liquidity}`).join(" ")}}`,
      "The dearest part is a with 6000 of them: leave it out, or send a as an operation of its own. That leaves 12000.",
    ],
    [
      "one of several that are alike",
      `{${["a", "b"].map((name) => `${name}: backtest(chainId: 1, poolId: "${POOL}", tickLower: 0, tickUpper: 60, amount0: 1, amount1: 1, from: 1) {openValue1: liquidity}`).join(" ")}}`,
      "12000 rows, more than 10000. The dearest part is a with 6000 of them: leave it out, or send a as an operation of its own.",
    ],
    [
      "shocks, and what no argument makes smaller",
      `{${BOOK} {scenario(token: "${POOL}", shocks: [${Array(50).fill("0.1").join(",")}]) {value}} ${lists(9_400)}}`,
      "The dearest part is p with 9400 of them",
    ],
    [
      "a page's fields, where values are too many",
      `{positions(first: 1000) {items {${" id".repeat(101)}}}}`,
      "101000 values, rows times fields, more than 100000. The dearest part is positions.items with 101000 of them, 101 in each of 1000 places: lower first of positions from 1000 to 990, or select fewer fields of it.",
    ],
  ])("%s", async (_, query, told) => {
    const [code, status, message] = await codeOf(query);
    expect([code, status]).toEqual(["TOO_COMPLEX", 400]);
    expect(message).toContain(told);
  });
});

describe("introspection", () => {
  test("the standard query is answered, though deeper than 10", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    const { data, errors } = await ask(app, getIntrospectionQuery({ inputValueDeprecation: true }));
    expect(errors).toEqual([]);
    expect(data.__schema.queryType.name).toBe("Query");
  });

  test("types inside types inside types are not", async () => {
    const nest = (n: number): string => (n === 0 ? "name" : `fields {type {${nest(n - 1)}}}`);
    expect((await ask(app, `{__schema {types {${nest(2)}}}}`)).errors).toEqual([]);
    expect((await codeOf(`{__schema {types {${nest(3)}}}}`)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
    expect((await codeOf(`{__type(name: "Pool") {${nest(3)}}}`)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
    const spread = `{__schema {types {...T}}} fragment T on __Type {fields {type {...U}}} fragment U on __Type {fields {type {fields {name}}}}`;
    expect((await codeOf(spread)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
  });

  test("needs no turn of the database", async () => {
    const closed = createTestApi(db.database, {
      snapshots: { read: () => Promise.reject(new Error("asked for")) },
    });
    expect((await ask(closed, "{__schema {queryType {name}} __typename}")).status).toBe(200);
  });
});
