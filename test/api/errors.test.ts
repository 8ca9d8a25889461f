import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { answerOf, ask, createTestApi, logged, post } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { address, block, MANAGER, POOL, pool, position, token, USDC } from "./rows.ts";

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

  test.each(["variables=%7Bx", "extensions=%7Bx", "variables=5"])(
    "a URL or form with %s is answered 400 BAD_REQUEST, and not logged",
    async (parameter) => {
      logged.length = 0;
      const asked = `query=${encodeURIComponent("{status{lag}}")}&${parameter}`;
      const get = await answerOf(await app.request(`/graphql?${asked}`));
      const form = await post(app, asked, { "content-type": "application/x-www-form-urlencoded" });
      for (const { status, errors } of [get, form]) {
        expect([status, errors.map(({ extensions }) => extensions.code)]).toEqual([400, ["BAD_REQUEST"]]);
        expect(errors[0]?.message).toMatch(/variables|Variables/);
      }
      expect(logged).toEqual([]);
    },
  );

  test.each([
    ["a PUT", 404, "/graphql", { method: "PUT", body: "{}" }],
    ["a DELETE of /", 404, "/", { method: "DELETE" }],
    ["text", 415, "/graphql", { method: "POST", body: "query", headers: { "content-type": "text/plain" } }],
    [
      "an upload",
      415,
      "/graphql",
      { method: "POST", body: "--x", headers: { "content-type": "multipart/form-data; boundary=x" } },
    ],
    ["a browser's GET", 406, "/graphql", { headers: { accept: "text/html" } }],
  ])("%s is answered %i and how to ask", async (_, status, path, request) => {
    const answer = await answerOf(await app.request(path, request));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(answer.errors).toEqual([
      {
        message: "Send a GraphQL query as JSON by POST to /graphql, and accept application/json.",
        extensions: { code: "BAD_REQUEST" },
      },
    ]);
  });

  test("the root points to the endpoint", async () => {
    const answer = await app.request("/");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("/graphql");
  });
});

describe("input", () => {
  test.each([
    [`{position(id: "7") {id}}`, "chainId:manager:tokenId"],
    [`{position(id: "1:0x12:7") {id}}`, "chainId:manager:tokenId"],
    [`{position(id: "1:${MANAGER}:7@x") {id}}`, "chainId:manager:tokenId"],
    [`{position(id: "1:${MANAGER}:7@4294967296") {id}}`, "chainId:manager:tokenId"],
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

test("of many errors the first ten are answered, and how many more there are", async () => {
  const { database, close } = await createPglite();
  await database.insert(tables.block).values([block()]);
  await database.insert(tables.token).values([token(), token({ address: USDC, decimals: 6 })]);
  await database.insert(tables.pool).values([pool()]);
  const rows = Array.from({ length: 30 }, (_, i) =>
    position({ positionId: `${MANAGER}:${i}`, tokenId: BigInt(i) }),
  );
  await database.insert(tables.position).values(rows);
  const many = createTestApi(database);
  const asked = (first: number) =>
    ask(many, `{positions(first: ${first}) {items {inventory {skewVsTarget(targetShare: 2)}}}}`);
  expect((await asked(10)).errors.map(({ extensions }) => extensions.code)).toEqual(
    Array.from({ length: 10 }, () => "BAD_INPUT"),
  );
  const { data, errors } = await asked(30);
  expect(data.positions.items.length).toBe(30);
  expect(errors.length).toBe(11);
  expect(errors[9]?.message).toContain("targetShare");
  expect(errors[10]).toEqual({
    message: "20 more errors are left out: mend these first.",
    extensions: { code: "BAD_REQUEST" },
  });
  await close();
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
            () => true,
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
