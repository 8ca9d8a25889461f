import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, createTestApi, logged } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { POOL } from "./rows.ts";
import { A, B, createVectorWorld } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createVectorWorld();
  app = createTestApi(db.database);
});

afterAll(() => db.close());

const FIGURES = `owed {amount0 amount1} principalOwed {amount0 amount1} residual {amount0 amount1}
  fees {uncollected {amount0 amount1} collected {amount0 amount1 valueThen} earned {amount0 amount1} method}`;

test("the published vector's uncollected fees, to the last unit", async () => {
  const { data, errors } = await ask(
    app,
    `{a: position(id: "${A}") {${FIGURES}} b: position(id: "${B}") {${FIGURES}}}`,
  );
  expect(errors, String(logged)).toEqual([]);
  const nothing = { amount0: "0", amount1: "0" };
  const expected = (fees: object) => ({
    ...{ owed: fees, principalOwed: nothing, residual: nothing },
    fees: { uncollected: fees, collected: { ...nothing, valueThen: 0 }, earned: fees, method: "EXACT" },
  });
  expect(data).toEqual({
    a: expected({ amount0: "9040182736435", amount1: "4999999999999" }),
    b: expected({ amount0: "20959817263566", amount1: "18434451769059" }),
  });
});

test("the pool as it was after each block", async () => {
  const fields = "id feeGrowthGlobal0X128 feeGrowthGlobal1X128 protocolFees {amount0 amount1} tick";
  const at = (block: number) =>
    `b${block}: pool(chainId: 1, poolId: "${POOL}", asOf: {block: ${block}}) {${fields}}`;
  const { data, errors } = await ask(app, `{${[100, 101, 102, 103, 104, 105, 106, 107].map(at).join(" ")}}`);
  expect(errors, String(logged)).toEqual([]);
  const seen = Object.values(data).map((pool) => Object.values(pool as object));
  const fg0 = "14264512457352945109763889445166677";
  const nothing = { amount0: "0", amount1: "0" };
  expect(seen).toEqual([
    [`1:${POOL}@100`, "0", "0", nothing, 0],
    [`1:${POOL}@101`, fg0, "0", nothing, -277],
    [`1:${POOL}@102`, fg0, "10058958672834662233939513342351071", nothing, -79],
    [`1:${POOL}@103`, fg0, "10058958672834662233939513342351071", nothing, -79],
    [
      `1:${POOL}@104`,
      fg0,
      "10844425927126543848578735375817243",
      { amount0: "0", amount1: "230828080043" },
      -60,
    ],
    [
      ...[`1:${POOL}@105`, "14264512457353625674497731322093603", "10844425927126543848578735375817243"],
      ...[{ amount0: "0", amount1: "230828080043" }, -61],
    ],
    ...[106, 107].map((number) => [
      ...[
        `1:${POOL}@${number}`,
        "14264512457353625674497731322093603",
        "12545837761731236165895608412976084",
      ],
      ...[{ amount0: "0", amount1: "1730828080043" }, -21],
    ]),
  ]);
});
