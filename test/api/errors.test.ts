import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerOf, ask, createTestApi, logged, post } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { address, MANAGER, POOL } from "./rows.ts";

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

describe("what is not GraphQL", () => {
  test.each([
    ["{status{chainId", "GRAPHQL_PARSE_FAILED"],
    ["", "GRAPHQL_PARSE_FAILED"],
    ["{status{chain}}", "GRAPHQL_VALIDATION_FAILED"],
    ["{status{chainId}} {status{chainId}}", "BAD_REQUEST"],
    ["mutation {status{chainId}}", "BAD_INPUT"],
    ["{pool(chainId: 1) {id}}", "GRAPHQL_VALIDATION_FAILED"],
    ["query A {__typename} query B {__typename}", "BAD_REQUEST"],
    ["{...F} fragment F on Query {...F}", "GRAPHQL_VALIDATION_FAILED"],
    ["{...F} fragment F on Query {...G} fragment G on Query {...F}", "GRAPHQL_VALIDATION_FAILED"],
  ])("%s is answered 400 %s", async (query, code) => {
    expect((await codeOf(query)).slice(0, 2)).toEqual([code, 400]);
  });

  test.each([
    ["not json", "{"],
    ["an array of operations", '[{"query":"{__typename}"},{"query":"{__typename}"}]'],
    ["a string", '"{__typename}"'],
    ["null", "null"],
    ["a query that is no string", '{"query":["{__typename}"]}'],
    ["variables that are no object", '{"query":"{__typename}","variables":"x"}'],
    ["an unknown parameter", '{"query":"{__typename}","sql":"select 1"}'],
  ])("%s is answered 400 BAD_REQUEST", async (_, body) => {
    const { status, errors } = await post(app, body);
    expect([status, errors[0]?.extensions.code]).toEqual([400, "BAD_REQUEST"]);
  });

  test("other methods and content types are refused", async () => {
    expect((await app.request("/graphql", { method: "PUT", body: "{}" })).status).toBe(404);
    const text = await post(app, "query", { "content-type": "text/plain" });
    expect(text.status).toBe(415);
    const form = await post(app, "--x", { "content-type": "multipart/form-data; boundary=x" });
    expect(form.status).toBe(415);
  });
});

describe("input", () => {
  test.each([
    [`{position(id: "7") {id}}`, "chainId:manager:tokenId"],
    [`{position(id: "1:0x12:7") {id}}`, "chainId:manager:tokenId"],
    [`{position(id: "1:${MANAGER}:7@100") {id}}`, "chainId:manager:tokenId"],
    [`{position(id: "99999999999:${MANAGER}:7") {id}}`, "chainId:manager:tokenId"],
    [`{position(id: "1:${POOL}:${MANAGER}:1:x") {id}}`, "chainId:manager:tokenId"],
    [`{positions(first: 0) {items {id}}}`, "from 1 to 1000"],
    [`{positions(first: -1) {items {id}}}`, "from 1 to 1000"],
    [`{positions(first: 1001) {items {id}}}`, "from 1 to 1000"],
    [`{pools(first: 1001) {items {id}}}`, "from 1 to 1000"],
  ])("%s is answered BAD_INPUT", async (query, words) => {
    const [code, status, message] = await codeOf(query);
    expect([code, status]).toEqual(["BAD_INPUT", 400]);
    expect(message).toContain(words);
  });

  test.each(["0x", "0x12", `${POOL}00`, POOL.slice(2), `0x${"g".repeat(40)}`, "", `${POOL}\n`])(
    "%j is no Hex",
    async (poolId) => {
      const query = "query ($poolId: Hex!) {pool(chainId: 1, poolId: $poolId) {id}}";
      expect((await codeOf(query, { poolId })).slice(0, 2)).toEqual(["BAD_INPUT", 400]);
      const literal = `{pool(chainId: 1, poolId: ${JSON.stringify(poolId)}) {id}}`;
      expect((await codeOf(literal)).slice(0, 2)).toEqual(["BAD_INPUT", 400]);
    },
  );

  test.each(["1.5", "0x1", "", " 1", "1e3", "9".repeat(81), 1.5, 2 ** 53, true, ["1"], {}])(
    "%j is no BigInt",
    async (tokenId) => {
      const query = "query ($tokenId: BigInt) {positions(where: {tokenId: $tokenId}) {items {id}}}";
      expect((await codeOf(query, { tokenId })).slice(0, 2)).toEqual(["BAD_INPUT", 400]);
    },
  );

  test.each(["1", "-1", "9".repeat(80), 7, `${2n ** 256n}`])("%j is a BigInt", async (tokenId) => {
    const query = "query ($tokenId: BigInt) {positions(where: {tokenId: $tokenId}) {items {id}}}";
    expect((await ask(app, query, { tokenId })).data).toEqual({ positions: { items: [] } });
  });

  test("a null for a page size is the client's fault", async () => {
    const query = "query ($first: Int) {positions(first: $first) {items {id}}}";
    expect((await codeOf(query, { first: null })).slice(0, 2)).toEqual(["BAD_INPUT", 400]);
    expect((await codeOf(query, { first: "a" })).slice(0, 2)).toEqual(["BAD_INPUT", 400]);
  });

  test("a filter's list has at most 1,000 items", async () => {
    const query = "query ($owner: [Hex!]) {positions(where: {owner: $owner}) {items {id}}}";
    const owners = (n: number) => Array.from({ length: n }, (_, i) => address(i.toString(16)));
    expect((await ask(app, query, { owner: owners(1_000) })).errors).toEqual([]);
    const [code, status, message] = await codeOf(query, { owner: owners(1_001) });
    expect([code, status]).toEqual(["BAD_INPUT", 400]);
    expect(message).toContain("1000");
  });
});

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

  test("fragments that double at every step are counted in no time", async () => {
    const chain = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Query {...F${i + 1} ...F${i + 1}}`,
    ).join(" ");
    const query = `{...F0} ${chain} fragment F60 on Query {positions(first: 1) {items {id}}}`;
    const began = Date.now();
    expect((await codeOf(query)).slice(0, 2)).toEqual(["TOO_COMPLEX", 400]);
    expect(Date.now() - began).toBeLessThan(2_000);
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

describe("what is ours", () => {
  test("is masked, logged and answered 500", async () => {
    const broken = createTestApi(db.database, {
      snapshots: { read: () => Promise.reject(new Error("password of db.internal")) },
    });
    logged.length = 0;
    const { status, errors } = await ask(broken, "{status {lag}}");
    expect(status).toBe(500);
    expect(errors).toEqual([{ message: "Internal error", extensions: { code: "INTERNAL" } }]);
    expect(logged.map(({ message }) => message)).toEqual(["password of db.internal"]);
  });

  test("in a resolver it keeps its place", async () => {
    const broken = createTestApi(db.database, {
      snapshots: {
        // Every question throws what a database would.
        read: (question) =>
          question(
            new Proxy(db.database, {
              get: () => () => {
                throw new Error('relation "pool" does not exist');
              },
            }),
          ),
      },
    });
    const { status, errors } = await ask(broken, `{pool(chainId: 1, poolId: "${POOL}") {id}}`);
    expect(status).toBe(500);
    expect(errors).toMatchObject([
      { message: "Internal error", path: ["pool"], extensions: { code: "INTERNAL" } },
    ]);
  });
});

test("GraphiQL is for browsers in development only; a GET may carry a query", async () => {
  const html = { headers: { accept: "text/html" } };
  expect((await app.request("/graphql", html)).status).toBe(406);
  const development = createTestApi(db.database, { graphiql: true });
  const page = await development.request("/graphql", html);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(await page.text()).toContain("<title>Ballast");
  const get = await answerOf(await app.request(`/graphql?query=${encodeURIComponent("{__typename}")}`));
  expect(get).toMatchObject({ status: 200, data: { __typename: "Query" } });
});
