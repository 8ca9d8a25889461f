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
