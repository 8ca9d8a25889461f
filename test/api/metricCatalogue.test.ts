import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isIntrospectionType,
  isObjectType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { metrics } from "../../src/api/resolvers/metrics.ts";
import { typeDefs } from "../../src/api/schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite } from "./database.ts";

const schema = buildSchema(typeDefs);
const catalogue = metrics();
const AMOUNTS = ["Amounts", "Flow", "Volume"];

/** Numbers that measure nothing: names and places of things, and arguments that are given back. */
const NO_METRICS = [
  ...[
    "BlockRef.number",
    "BlockRef.timestamp",
    "Candle.timestamp",
    "Swap.logIndex",
    "LiquidityEvent.logIndex",
  ],
  ...["Token.decimals", "Position.tokenId", "Pool.riskToken", "Pool.tickSpacing"],
  ...["ChainStatus", "Token", "Pool", "Position", "Account"].map((type) => `${type}.chainId`),
  ...["Position.tickLower", "Position.tickUpper", "LiquidityBand.tickLower", "LiquidityBand.tickUpper"],
  ...[
    "Tick.index",
    "Depth.move",
    "Quote.amountIn",
    "ScenarioPoint.shock",
    "AccountScenario.shock",
    "AdverseSelection.horizon",
  ],
  ...["CapitalAtRisk.confidence", "CapitalAtRisk.horizonDays", "LimitBreach.bound"],
  ...["PoolPage.totalCount", "PositionPage.totalCount", "LeaderboardPage.totalCount"],
];

/** The type and field that a path ends at, as "Inventory.skew". */
function endOf(name: string): string | undefined {
  const [root = "", ...steps] = name.split(".");
  let owner: unknown = schema.getType(root);
  let end: string | undefined;
  for (const step of steps) {
    if (!isObjectType(owner)) return undefined;
    const field: GraphQLField<unknown, unknown> | undefined = owner.getFields()[step];
    if (field === undefined) return undefined;
    end = `${owner.name}.${step}`;
    owner = getNamedType(field.type);
  }
  return end;
}

function isNumber(field: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(field.type).name;
  if (type === "String") return field.name.startsWith("decimal");
  return ["Int", "Float", "BigInt"].includes(type) || AMOUNTS.includes(type);
}

const objects = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type),
);
const numbers = objects.flatMap((type) =>
  Object.values(type.getFields())
    .filter(isNumber)
    .map((field) => `${type.name}.${field.name}`),
);
const ends = catalogue.map(({ name }) => endOf(name));

describe("the catalogue of metrics", () => {
  test("has every number of the schema that measures something", () => {
    expect(numbers.length).toBeGreaterThan(200);
    expect(numbers.filter((number) => !ends.includes(number) && !NO_METRICS.includes(number))).toEqual([]);
  });

  test("has each once, by a path that the schema has", () => {
    const wrong = catalogue.filter((_, i) => !numbers.includes(ends[i] ?? ""));
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(ends.filter((end, i) => ends.indexOf(end) !== i)).toEqual([]);
  });

  test("and none of what measures nothing, whose list has no name that is gone", () => {
    expect(NO_METRICS.filter((name) => ends.includes(name) || !numbers.includes(name))).toEqual([]);
  });

  test("gives the method that the field `method` beside it gives", () => {
    const withMethod = objects.filter((type) => type.getFields().method && type.name !== "MetricDefinition");
    expect(withMethod.map(({ name }) => name)).toEqual(["CapitalAtRisk", "Fees"]);
    const methodsOf = (type: string) =>
      new Set(catalogue.filter((_, i) => ends[i]?.startsWith(`${type}.`)).map(({ method }) => method));
    expect(methodsOf("CapitalAtRisk")).toEqual(new Set(["ESTIMATE"]));
    // On v2 all of them ACCOUNTED; a rate is money everywhere, which no contract keeps.
    expect(methodsOf("Fees")).toEqual(new Set(["EXACT", "ACCOUNTED"]));
  });

  test("calls nothing a fact that the schema takes a window of volatility for", () => {
    const modelled = catalogue.filter(({ formula }) => /σ|quantile|realizedVolatility/.test(formula));
    expect(modelled.length).toBeGreaterThan(5);
    expect(modelled.filter(({ method }) => method !== "ESTIMATE")).toEqual([]);
  });

  test("calls EXACT no value: the contract keeps no price in whole tokens", () => {
    const exact = catalogue.filter(({ method }) => method === "EXACT");
    expect(exact.filter(({ unit }) => /fraction|ratio|\bof in\b|year|\bper\b/.test(unit))).toEqual([]);
  });

  test("says what is EXACT but for v2, whose contract does not tell principal from fees", () => {
    const exact = catalogue.filter(({ method }) => method === "EXACT");
    const butForV2 = exact.filter(({ formula }) => formula.endsWith("ACCOUNTED on v2"));
    const ofPrincipal = exact.filter(
      ({ name }) =>
        /^Position\.(inventory|owed|fees|history|exposure)\b/.test(name) ||
        name === "LiquidityEvent.principal",
    );
    expect(butForV2.map(({ name }) => name)).toEqual(ofPrincipal.map(({ name }) => name));
    expect(butForV2.map(({ name }) => name)).toContain("Position.exposure.hedge0Raw");
    expect(butForV2.length).toBe(11);
  });

  test("names sections of docs/metrics.md that are there, and says where everything else is from", () => {
    const headings = [
      ...readFileSync(join(import.meta.dirname, "../../docs/metrics.md"), "utf8").matchAll(
        /^##+ ([\d.]+?)\.? /gm,
      ),
    ].map(([, section]) => section);
    expect(headings).toContain("4.1");
    for (const { name, source } of catalogue) {
      const [, list] = /^docs\/metrics\.md ([\d., ]+)/.exec(source) ?? [];
      const named = list?.split(", ").map((section) => section.trim()) ?? [];
      expect(
        named.filter((section) => !headings.includes(section)),
        name,
      ).toEqual([]);
      if (list === undefined) expect(source, name).toMatch(/Uniswap|^events? [A-Z]|^the chain/);
    }
  });

  test("leaves nothing blank", () => {
    for (const { name, formula, unit, sign } of catalogue) {
      for (const text of [formula, unit, sign ?? "none"]) expect(text.trim(), name).not.toBe("");
    }
  });

  test("is served whole", async () => {
    const db = await createPglite();
    const query = "{ metrics { name formula unit sign method source } }";
    const { data, errors } = await ask(createTestApi(db.database), query);
    await db.close();
    expect(errors).toEqual([]);
    expect(data.metrics).toHaveLength(catalogue.length);
    expect(data.metrics).toContainEqual({
      name: "Position.impermanentLoss.ratio",
      formula: "unrealized / V(H)",
      unit: "fraction",
      sign: "below 0 is a loss",
      method: "ACCOUNTED",
      source: "docs/metrics.md 4.1, 4.2",
    });
  });
});
