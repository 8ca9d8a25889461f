import { buildSchema, getNamedType, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metrics } from "../../src/api/resolvers/metrics.ts";
import { typeDefs } from "../../src/api/schema.ts";
import { everyField } from "../chain/everyField.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { BEGUN, CHAINS, createEdgeWorld, PAIRS, POOLS, POSITIONS } from "./edgeWorld.ts";
import { CHAIN_ID, OWNERS, TOKEN0, TOKEN1 } from "./indexedWorld.ts";
import { address } from "./rows.ts";

/** Above 0, below 0, either but not 0, 0 or above; or the very value. */
type Expected = "+" | "-" | "±" | "0+" | number | null;
type Row = readonly [field: string, ...expected: Expected[]];

const schema = buildSchema(typeDefs);

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createEdgeWorld();
  app = createTestApi(db.database, { chains: CHAINS });
});

afterAll(() => db.close());

/** "a(b: 0.5).c" of an answer; the first of a list. */
function at(answer: unknown, path: string): unknown {
  return stepsOf(path).reduce((value: unknown, step) => {
    const inside = Array.isArray(value) ? value[0] : value;
    if (inside === null || typeof inside !== "object") return inside;
    return Object.entries(inside).find(([key]) => key === step.split(/[(:]/)[0])?.[1];
  }, answer);
}

function stepsOf(path: string): string[] {
  return path.split(/\.(?![^(]*\))/);
}

function selectionOf(paths: readonly string[][]): string {
  const heads = [...new Set(paths.flatMap(([head]) => head ?? []))];
  const selected = heads.map((head) => {
    const inner = selectionOf(paths.filter(([first]) => first === head).map(([, ...rest]) => rest));
    return inner === "" ? head : `${head} {${inner}}`;
  });
  return selected.join(" ");
}

function isAs(value: unknown, expected: Expected): boolean {
  if (expected === null || value === null) return value === expected;
  // Integers of any size come as strings.
  const size = Number(value);
  if (typeof expected === "number") return size === expected;
  if (expected === "±") return size !== 0;
  return expected === "+" ? size > 0 : expected === "-" ? size < 0 : size >= 0;
}

/** The answers of each subject to all rows, asked once. */
async function askAll(subjects: Readonly<Record<string, string>>, rows: readonly Row[]) {
  const fields = selectionOf(rows.map(([path]) => stepsOf(path)));
  const answers: [name: string, answer: unknown][] = [];
  for (const [name, subject] of Object.entries(subjects)) {
    const { it } = await query<{ it: unknown }>(`{it: ${subject} {${fields}}}`);
    answers.push([name, it]);
  }
  return answers;
}

function expectRow(answers: readonly [name: string, answer: unknown][], [path, ...expected]: Row): void {
  expect(expected).toHaveLength(answers.length);
  const found = answers.map(([name, answer], i) => [name, at(answer, path), expected[i] ?? null] as const);
  expect(found.filter(([, value, wanted]) => !isAs(value, wanted))).toEqual([]);
}

const positions = Object.fromEntries(
  Object.entries(POSITIONS).map(([name, id]) => [name, `position(id: "${id}")`]),
);

// Each as metrics.md has it, not as it is answered.
// biome-ignore format: a table
const POSITION_ROWS: readonly Row[] = [
  // field                                                     closed  atOnce  below   above   oneTick dust    far     young   pair    closedPair
  ["priceLower",                                               "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    null,   null],
  ["priceUpper",                                               "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    null,   null],
  ["optionStrike",                                             "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    null,   null],
  ["rangeFactor",                                              "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    null,   null],
  ["worth",                                                    "+",    0,      "+",    "+",    "+",    0,      "+",    "+",    "+",    0],
  ["timeInRange",                                              1,      null,   0,      0,      "+",    1,      0,      1,      1,      1],
  ["liquidityShare",                                           0,      0,      0,      0,      "+",    "+",    null,   1,      "+",    0],
  ["principalOwed.value",                                      0,      0,      0,      0,      0,      0,      0,      0,      0,      0],
  ["owed.value",                                               "+",    0,      0,      0,      "+",    0,      0,      0,      "+",    0],
  ["deposited.valueNow",                                       "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+"],
  ["deposited.valueThen",                                      "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+"],
  ["withdrawn.valueNow",                                       "+",    "+",    0,      0,      0,      0,      0,      0,      0,      "+"],
  ["withdrawn.valueThen",                                      "+",    "+",    0,      0,      0,      0,      0,      0,      0,      "+"],
  ["residual.value",                                           0,      0,      0,      0,      0,      0,      0,      0,      null,   null],
  ["inventory.amounts.value",                                  0,      0,      "+",    "+",    "+",    0,      "+",    "+",    "+",    0],
  ["inventory.share0",                                         null,   null,   1,      0,      "+",    null,   1,      0.5,    "+",    null],
  ["inventory.skew",                                           null,   null,   1,      -1,     "±",    null,   1,      0,      "±",    null],
  ["inventory.skewE18",                                        null,   null,   1e18,   -1e18,  "±",    null,   1e18,   0,      "±",    null],
  ["inventory.skewRisk",                                       null,   null,   1,      -1,     "±",    null,   1,      0,      "±",    null],
  ["inventory.none: skewVsTarget(targetShare: 0)",             null,   null,   1,      0,      "+",    null,   1,      0.5,    "+",    null],
  ["inventory.all: skewVsTarget(targetShare: 1)",              null,   null,   0,      -1,     "-",    null,   0,      -0.5,   "-",    null],
  ["inventory.skewVsEntry",                                    null,   null,   0,      0,      "±",    null,   0,      0,      "±",    null],
  ["inventory.netInventory.value",                             0,      0,      "-",    "-",    "-",    "-",    "-",    "-",    "-",    0],
  ["inventory.netInventoryRatio",                              null,   null,   "-",    0,      "±",    "-",    "-",    "-",    "+",    null],
  ["inventory.rangePosition",                                  null,   null,   0,      1,      0,      0.5,    0,      0.5,    null,   null],
  ["impermanentLoss.hold.value",                               0,      0,      "+",    "+",    "+",    "+",    "+",    "+",    "+",    0],
  ["impermanentLoss.unrealized",                               0,      0,      "-",    "-",    "-",    "-",    "-",    "-",    "-",    0],
  ["impermanentLoss.realized",                                 "-",    "-",    0,      0,      0,      0,      0,      0,      0,      -1e-6],
  ["impermanentLoss.total",                                    "-",    "-",    "-",    "-",    "-",    "-",    "-",    "-",    "-",    -1e-6],
  ["impermanentLoss.ratio",                                    null,   null,   "-",    "-",    "-",    "-",    "-",    "-",    "-",    null],
  ["impermanentLoss.netOfFees",                                "+",    "-",    "-",    "-",    "+",    "-",    "-",    "-",    "-",    -1e-6],
  ["impermanentLoss.feeCoverage",                              "+",    0,      0,      0,      "+",    0,      0,      0,      "+",    "+"],
  ["impermanentLoss.apr",                                      "-",    null,   "-",    "-",    "-",    "-",    "-",    null,   "-",    "-"],
  ["impermanentLoss.versusToken0",                             0,      0,      "-",    "±",    "±",    "-",    "-",    "-",    "±",    0],
  ["impermanentLoss.versusToken1",                             0,      0,      "±",    "-",    "±",    "-",    "-",    "-",    "±",    0],
  ["impermanentLoss.versusHalf",                               0,      0,      "±",    "±",    "±",    "-",    "-",    "-",    "±",    0],
  ["impermanentLoss.allFlowsAtSpot",                           "±",    "-",    "-",    "-",    "-",    "-",    "-",    "-",    "-",    "-"],
  ["impermanentLoss.breakEvenLower",                           null,   null,   null,   null,   null,   null,   null,   null,   null,   null],
  ["impermanentLoss.breakEvenUpper",                           null,   null,   null,   null,   "+",    null,   null,   null,   "+",    null],
  ["pnl.total",                                                "±",    "-",    "+",    "-",    "±",    "±",    "-",    "-",    "-",    -1e-6],
  ["pnl.realized",                                             "±",    "-",    0,      0,      0,      0,      0,      0,      0,      -1e-6],
  ["pnl.unrealized",                                           "+",    0,      "+",    "-",    "±",    "±",    "-",    "-",    "-",    0],
  ["pnl.priceEffect",                                          "-",    0,      "+",    0,      "±",    0,      0,      0,      "-",    0],
  ["pnl.impermanentLoss",                                      "-",    "-",    "-",    "-",    "-",    "-",    "-",    "-",    "-",    "-"],
  ["pnl.fees",                                                 "+",    0,      0,      0,      "+",    0,      0,      0,      "+",    0],
  ["pnl.roi",                                                  "±",    "-",    "+",    "-",    "±",    "±",    "-",    "-",    "-",    "-"],
  ["pnl.apr",                                                  "±",    null,   "+",    "-",    "±",    "±",    "-",    null,   "-",    "-"],
  ["fees.uncollected.value",                                   "+",    0,      0,      0,      "+",    0,      0,      0,      "+",    0],
  ["fees.collected.valueThen",                                 0,      0,      0,      0,      0,      0,      0,      0,      0,      0],
  ["fees.earned.value",                                        "+",    0,      0,      0,      "+",    0,      0,      0,      "+",    0],
  ["fees.apr",                                                 "+",    null,   0,      0,      "+",    0,      0,      null,   "+",    0],
  ["exposure.delta0",                                          0,      0,      "+",    0,      "+",    0,      "+",    "+",    "+",    0],
  ["exposure.delta1",                                          0,      0,      "+",    0,      "+",    0,      "+",    "+",    "+",    0],
  ["exposure.gamma",                                           0,      0,      0,      0,      "-",    "-",    0,      "-",    "-",    0],
  ["exposure.gamma1Percent",                                   0,      0,      0,      0,      "-",    "-",    0,      "-",    "-",    0],
  ["exposure.dollarGamma1Percent",                             0,      0,      0,      0,      "-",    "-",    0,      "-",    "-",    0],
  ["exposure.capitalEfficiency",                               null,   null,   null,   null,   "+",    null,   null,   "+",    "+",    null],
  ["exposure.lvrRate",                                         0,      0,      0,      0,      "+",    "+",    0,      null,   "+",    0],
  ["exposure.theta",                                           null,   null,   0,      0,      "±",    "-",    0,      null,   "±",    null],
  ["exposure.vega",                                            0,      0,      0,      0,      "-",    "-",    0,      null,   "-",    0],
  ["exposure.breakEvenVolatility",                             null,   null,   null,   null,   "+",    0,      null,   null,   "+",    null],
  ["exposure.hedge0",                                          0,      0,      "-",    0,      "-",    0,      "-",    "-",    "-",    0],
  ["exposure.hedgeToHold0",                                    0,      0,      "+",    0,      "±",    "+",    "+",    "+",    "-",    0],
  ["exposure.ticksToLower",                                    null,   null,   -390,   400,    0,      20,     -390,   600,    null,   null],
  ["exposure.ticksToUpper",                                    null,   null,   400,    -390,   1,      20,     400,    600,    null,   null],
  ["exposure.exitProbability",                                 null,   null,   "+",    "+",    "+",    "+",    1,      null,   null,   null],
  ["adverseSelection.lvr",                                     "+",    0,      0,      0,      "+",    0,      0,      0,      "+",    0],
  ["adverseSelection.lvrPerSwap",                              null,   null,   null,   null,   null,   null,   null,   null,   null,   null],
  ["adverseSelection.feesLp",                                  "+",    0,      0,      0,      "+",    0,      0,      0,      "+",    0],
  ["adverseSelection.feesMinusLvr",                            "±",    0,      0,      0,      "±",    0,      0,      0,      "-",    0],
  ["adverseSelection.lvrCoverage",                             "+",    null,   null,   null,   "+",    null,   null,   null,   "+",    null],
  ["adverseSelection.markout",                                 "±",    null,   null,   null,   "±",    null,   null,   null,   null,   null],
  ["adverseSelection.toxicVolumeShare",                        "0+",   null,   null,   null,   "0+",   null,   null,   null,   null,   null],
  ["capitalAtRisk.valueAtRisk",                                0,      0,      "+",    0,      "+",    "0+",   0,      null,   "+",    0],
  ["capitalAtRisk.expectedShortfall",                          0,      0,      "+",    "0+",   "+",    "0+",   0,      null,   "+",    0],
  ["capitalAtRisk.impermanentLossAtRisk",                      0,      0,      "0+",   "0+",   "+",    "0+",   "0+",   null,   "+",    0],
  ["capitalAtRisk.valueAtLower",                               null,   null,   "+",    "+",    "+",    "0+",   "+",    "+",    null,   null],
  ["capitalAtRisk.valueAtUpper",                               null,   null,   "+",    "+",    "+",    "0+",   "+",    "+",    null,   null],
  ["past: capitalAtRisk(model: HISTORICAL).valueAtRisk",       0,      0,      "+",    0,      "+",    "0+",   0,      null,   null,   0],
  ["past: capitalAtRisk(model: HISTORICAL).expectedShortfall", 0,      0,      "+",    0,      "+",    "0+",   0,      null,   null,   0],
  ["past: capitalAtRisk(model: HISTORICAL).impermanentLossAtRisk",0,      0,      "0+",   "0+",   "+",    "0+",   "0+",   null,   null,   0],
  ["scenario(shocks: [-0.2]).price",                           "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+",    "+"],
  ["scenario(shocks: [-0.2]).amounts.value",                   0,      0,      "+",    "+",    "+",    0,      "+",    "+",    "+",    0],
  ["scenario(shocks: [-0.2]).value",                           0,      0,      "+",    "+",    "+",    0,      "+",    "+",    "+",    0],
  ["scenario(shocks: [-0.2]).impermanentLoss",                 "-",    "-",    0,      "-",    0,      "-",    0,      "-",    "-",    -1e-6],
  ["scenario(shocks: [-0.2]).skew",                            null,   null,   1,      1,      1,      null,   1,      1,      "±",    null],
  ["rebalance.quote.costRatio",                                null,   null,   "+",    "+",    "+",    null,   null,   null,   null,   null],
  ["rebalance.after.value",                                    0,      0,      "+",    "+",    "+",    0,      "+",    "+",    "+",    0],
  ["rebalance.cost1",                                          0,      0,      "+",    "+",    "+",    0,      0,      0,      "0+",   0],
  ["suggestedRange.reservationPrice",                          null,   null,   "+",    "+",    "+",    null,   "+",    null,   null,   null],
  ["suggestedRange.volatility",                                null,   null,   "+",    "+",    "+",    null,   0,      null,   null,   null],
];

describe("of a position that is closed, closed at once, out of range below and above, one tick wide, of nothing, alone, young, on v2", () => {
  let answers: [string, unknown][];
  beforeAll(async () => {
    answers = await askAll(positions, POSITION_ROWS);
  });

  test.each(POSITION_ROWS.map((row) => [row[0], row] as const))("%s", (_, row) => expectRow(answers, row));

  test("every figure of a position is in the table", () => {
    const parts = ["inventory", "impermanentLoss", "pnl", "fees", "exposure", "adverseSelection"];
    const models = ["capitalAtRisk", "scenario", "rebalance", "suggestedRange"];
    const figures = figuresOf("Position", [...parts, ...models]);
    expect(figures.length).toBeGreaterThan(60);
    expect(figures.filter((path) => !pathsOf(POSITION_ROWS).includes(path))).toEqual([]);
  });
});

/** Paths of the numbers that may be null, of a type and of the fields below it. */
function figuresOf(typeName: string, parts: readonly string[]): string[] {
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`no type ${name}`);
    return Object.values(type.getFields());
  };
  const own = fieldsOf(typeName);
  const below = parts.flatMap((part) =>
    own
      .filter(({ name }) => name === part)
      .flatMap(({ type }) => fieldsOf(getNamedType(type).name))
      .map((field) => ({ ...field, name: `${part}.${field.name}` })),
  );
  return [...own, ...below].filter(({ type }) => String(type) === "Float").map(({ name }) => name);
}

/** Without arguments and aliases. */
function pathsOf(rows: readonly Row[]): string[] {
  return rows.map(([path]) => path.replaceAll(/\([^)]*\)|\w+: /g, ""));
}

const pools = Object.fromEntries(
  Object.entries({ ...POOLS, ...PAIRS }).map(([name, id]) => [
    name,
    `pool(chainId: ${name in PAIRS ? 1 : CHAIN_ID}, poolId: "${id}")`,
  ]),
);

// biome-ignore format: a table
const POOL_ROWS: readonly Row[] = [
  // field                                                       traded  quiet   empty   far     unpriced pair    emptyPair
  ["price",                                                      "+",    1,      1,      1,      null,   "+",    null],
  ["protocolFeeShare0",                                          0,      0,      0,      0,      0,      null,   null],
  ["protocolFeeShare1",                                          0,      0,      0,      0,      0,      null,   null],
  ["principal.value",                                            "+",    "+",    0,      "+",    null,   "+",    null],
  ["uncollectedFees.value",                                      "+",    "0+",   0,      "0+",   null,   "+",    null],
  ["protocolFees.value",                                         0,      0,      0,      0,      null,   0,      null],
  ["activeValueShare",                                           "+",    1,      null,   0,      null,   1,      null],
  ["feeApr",                                                     "+",    0,      null,   0,      null,   0,      null],
  ["ownerConcentration",                                         "+",    1,      null,   null,   null,   1,      null],
  ["inventory.share0",                                           "+",    "+",    null,   1,      null,   "+",    null],
  ["inventory.skew",                                             "±",    0,      null,   1,      null,   "±",    null],
  ["inventory.skewVsEntry",                                      "±",    0,      null,   0,      null,   "±",    null],
  ["inventory.netInventoryRatio",                                "±",    "-",    null,   "-",    null,   "±",    null],
  ["inventory.rangePosition",                                    null,   null,   null,   null,   null,   null,   null],
  ["totals.volume.notional",                                     "+",    0,      0,      0,      0,      0,      0],
  ["totals.feesLp.valueNow",                                     "+",    0,      0,      0,      null,   0,      null],
  ["totals.feesLp.valueThen",                                    "+",    0,      0,      0,      0,      0,      0],
  ["flow(window: ALL).imbalance",                                "±",    null,   null,   null,   null,   null,   null],
  ["flow(window: ALL).toxicity",                                 "+",    null,   null,   null,   null,   null,   null],
  ["flow(window: ALL).paidIn.valueThen",                         "+",    0,      0,      0,      0,      0,      0],
  ["realizedVolatility",                                         "+",    0,      0,      0,      null,   "+",    null],
  ["adverseSelection.lvr",                                       "+",    0,      0,      0,      null,   "+",    null],
  ["adverseSelection.lvrPerSwap",                                "+",    0,      0,      0,      null,   "+",    null],
  ["adverseSelection.feesLp",                                    "+",    0,      0,      0,      null,   0,      null],
  ["adverseSelection.feesMinusLvr",                              "±",    0,      0,      0,      null,   "-",    null],
  ["adverseSelection.lvrCoverage",                               "+",    null,   null,   null,   null,   0,      null],
  ["adverseSelection.markout",                                   "±",    null,   null,   null,   null,   null,   null],
  ["adverseSelection.toxicVolumeShare",                          "0+",   null,   null,   null,   null,   null,   null],
  ["depth(move: 0.02).imbalance",                                "±",    "±",    null,   null,   null,   "±",    null],
  [`quote(zeroForOne: true, amountIn: "1000").costRatio`,        "+",    "+",    null,   null,   null,   "+",    null],
];

describe("of a pool with trades, without any, without liquidity, without liquidity in range, without a price, of v2 pairs", () => {
  let answers: [string, unknown][];
  beforeAll(async () => {
    answers = await askAll(pools, POOL_ROWS);
  });

  test.each(POOL_ROWS.map((row) => [row[0], row] as const))("%s", (_, row) => expectRow(answers, row));

  test("every figure of a pool is in the table", () => {
    const figures = figuresOf("Pool", ["flow", "adverseSelection", "depth", "quote"]);
    expect(figures.length).toBeGreaterThan(15);
    expect(figures.filter((path) => !pathsOf(POOL_ROWS).includes(path))).toEqual([]);
  });
});

const accounts = {
  holder: `account(chainId: ${CHAIN_ID}, address: "${OWNERS[0]}")`,
  emptied: `account(chainId: ${CHAIN_ID}, address: "${OWNERS[2]}")`,
};

// biome-ignore format: a table
const ACCOUNT_ROWS: readonly Row[] = [
  // field                                    holder  emptied
  ["value",                                    "+",    0],
  ["skew",                                     "±",    null],
  ["concentration",                            "+",    null],
  ["pnl.total",                                "±",    "-"],
  ["pnl.impermanentLoss",                      "-",    "-"],
  ["pnl.fees",                                 "+",    0],
  ["exposure.lvrRate",                         null,   0],
  ["exposure.theta",                           null,   null],
  ["exposure.vega",                            null,   0],
  ["exposure.dollarGamma1Percent",             "-",    0],
  ["capitalAtRisk.valueAtRisk",                "+",    0],
  ["capitalAtRisk.expectedShortfall",          "+",    0],
  ["capitalAtRisk.impermanentLossAtRisk",      null,   null],
  ["capitalAtRisk.valueAtLower",               null,   null],
  ["capitalAtRisk.valueAtUpper",               null,   null],
  ["pools.inventory.skew",                     "±",    null],
  ["pools.impermanentLoss.ratio",              "-",    null],
  ["pools.impermanentLoss.feeCoverage",        "+",    0],
  ["pools.fees.apr",                           "+",    null],
  ["pools.exposure.capitalEfficiency",         "+",    null],
  ["pools.exposure.breakEvenVolatility",       "+",    null],
];

describe("of an account with positions in a young pool too, and of one that has none left", () => {
  let answers: [string, unknown][];
  beforeAll(async () => {
    answers = await askAll(accounts, ACCOUNT_ROWS);
  });

  test.each(ACCOUNT_ROWS.map((row) => [row[0], row] as const))("%s", (_, row) => expectRow(answers, row));
});

const unpricedScenario = `scenario(token: "${TOKEN0}", shocks: [-0.5])`;
// biome-ignore format: a table
const UNPRICED_ROWS: readonly Row[] = [
  // field                                    no quote token   in no pool
  // field                                    holder  emptied  holder  emptied
  ["value",                                    null,   null,    null,   0],
  ["skew",                                     null,   null,    null,   null],
  ["concentration",                            null,   null,    null,   null],
  ["pnl.total",                                null,   null,    null,   null],
  ["pnl.impermanentLoss",                      null,   null,    null,   null],
  ["pnl.then: fees(in: QUOTE_THEN)",           null,   null,    null,   null],
  ["exposure.lvrRate",                         null,   0,       null,   0],
  ["exposure.theta",                           null,   null,    null,   null],
  ["exposure.vega",                            null,   0,       null,   0],
  ["exposure.dollarGamma1Percent",             null,   0,       null,   0],
  ["capitalAtRisk.valueAtRisk",                null,   null,    null,   0],
  ["capitalAtRisk.expectedShortfall",          null,   null,    null,   0],
  [`${unpricedScenario}.value`,                null,   null,    null,   0],
  [`${unpricedScenario}.pnl`,                  null,   null,    null,   0],
  ["history.value",                            null,   null,    null,   0],
  ["history.skew",                             null,   null,    null,   null],
  ["history.impermanentLoss",                  null,   null,    null,   null],
  ["history.fees",                             null,   null,    null,   null],
  ["history.pnl",                              null,   null,    null,   null],
  // In the pool's own token1, which wants no quote price.
  ["pools.impermanentLoss.ratio",              "-",    null,    "-",    null],
  ["pools.pnl.total",                          "±",    "±",     "±",    "±"],
  ["pools.quoted: pnl.total(in: QUOTE)",       null,   null,    null,   null],
];

describe("of these accounts on a chain without a quote token, and on one whose quote token no pool holds", () => {
  const answers: [string, unknown][] = [];
  const books: unknown[] = [];
  beforeAll(async () => {
    const quoted = app;
    for (const quoteToken of [null, address("77")]) {
      app = createTestApi(db.database, { chains: CHAINS.map((chain) => ({ ...chain, quoteToken })) });
      answers.push(...(await askAll(accounts, UNPRICED_ROWS)));
      const limits =
        "maxSkew: 0.5, maxImpermanentLoss: 1e-9, maxDelta: 0.6, minTicksToBound: 1, maxTokenShare: 0.1";
      const { it } = await query<{ it: unknown }>(`{it: ${accounts.holder} {
        unpriced {address} leftOut {poolId} inventory {value share} exposure {tokens {deltaValue hedgeValue hedgeToHoldValue}}
        limitBreaches(limits: {${limits}, maxExpectedShortfall: 1e-9}) {limit}}}`);
      books.push(it);
    }
    app = quoted;
  });

  test.each(UNPRICED_ROWS.map((row) => [row[0], row] as const))("%s", (_, row) => expectRow(answers, row));

  test("tokens and pools without a price are named, and only limits that need none are told of", () => {
    const ofTwo = <T>(each: T): T[] => [each, each];
    const { traded, quiet, far } = POOLS;
    const tokens = ofTwo({ deltaValue: null, hedgeValue: null, hedgeToHoldValue: null });
    const book = {
      unpriced: [{ address: TOKEN0 }, { address: TOKEN1 }],
      leftOut: [traded, quiet, far, address("af")].map((poolId) => ({ poolId })),
      ...{ inventory: ofTwo({ value: null, share: null }), exposure: { tokens } },
      limitBreaches: ["IMPERMANENT_LOSS", "SKEW", "DELTA", "TICKS_TO_BOUND"].map((limit) => ({ limit })),
    };
    const kinds = (one: unknown) => {
      const { limitBreaches, ...rest } = one as typeof book;
      return { ...rest, limitBreaches: [...new Set(limitBreaches.map(({ limit }) => limit))].sort() };
    };
    expect(books.map(kinds)).toEqual(ofTwo(kinds(book)));
  });
});

describe("no number is none, NaN and infinity being errors of the answer, nor below 0 without a sign", () => {
  test.each(Object.entries(POSITIONS))("of the position %s, now and as of its opening", async (_, id) => {
    const fields = await everyField({ query }, "Position");
    const { position } = await query<Pick<Answered, "position">>(`{position(id: "${id}") ${fields}}`);
    expectSigns("Position", position);
    await query(`{position(id: "${id}@${position?.opened.number}") ${fields}}`);
  });

  test.each(Object.entries(pools))("of the pool %s", async (_, subject) => {
    const { pool } = await query<{ pool: object | null }>(
      `{${subject} ${await everyField({ query }, "Pool")}}`,
    );
    expectSigns("Pool", pool);
  });

  test.each(Object.entries(accounts))("of the account %s", async (_, subject) => {
    const { it } = await query<{ it: unknown }>(`{it: ${subject} ${await everyField({ query }, "Account")}}`);
    expect(it).not.toBeNull();
  });

  test.each([
    ["below its range", POOLS.traded, 390, 400],
    ["above its range", POOLS.traded, -400, -390],
    ["one tick wide", POOLS.traded, 0, 1],
    ["without a swap", POOLS.far, -10, 10],
  ])("of a backtest %s, and of the pool's candles meanwhile", async (_, poolId, tickLower, tickUpper) => {
    const terms = `tickLower: ${tickLower}, tickUpper: ${tickUpper}, amount0: "1000000", amount1: "1000000", from: ${BEGUN}`;
    const backtest = `backtest(chainId: ${CHAIN_ID}, poolId: "${poolId}", ${terms}) ${await everyField({ query }, "Backtest")}`;
    const candles = `candles(interval: FOUR_HOURS, from: ${BEGUN}) ${await everyField({ query }, "Candle")}`;
    const answer = await query<Answered>(
      `{${backtest} pool(chainId: ${CHAIN_ID}, poolId: "${poolId}") {${candles}}}`,
    );
    expect(answer.backtest).not.toBeNull();
    expect(answer.pool?.candles?.length).toBeGreaterThan(10);
  });
});

/** What the catalogue gives no sign is 0 or above. */
function expectSigns(type: string, answer: unknown): void {
  const unsigned = metrics().filter(({ name, sign }) => sign === null && name.startsWith(`${type}.`));
  const numbers = unsigned.map(
    ({ name }) => [name, numbersIn(at(answer, name.slice(type.length + 1)))] as const,
  );
  expect(numbers.flatMap(([, found]) => found).length).toBeGreaterThan(5);
  expect(numbers.filter(([, found]) => found.some((number) => !(number >= 0)))).toEqual([]);
}

function numbersIn(value: unknown): number[] {
  if (value === null || value === undefined) return [];
  return typeof value === "object" ? Object.values(value).flatMap(numbersIn) : [Number(value)];
}

type Answered = {
  position: { opened: { number: number } } | null;
  backtest: object | null;
  pool: { candles: object[] } | null;
};

async function query<T>(text: string): Promise<T> {
  const { data, errors } = await ask(app, text);
  expect(errors).toEqual([]);
  return data;
}
