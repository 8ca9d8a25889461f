import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { typeDefs } from "../../src/api/schema.ts";

const contract = buildSchema(
  readFileSync(join(import.meta.dirname, "../fixtures/contract/schema.graphql"), "utf8"),
);
const served = buildSchema(typeDefs);

const types = Object.values(served.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

/** Served beyond the contract, which names only the number of quarantined pools, and lets caveats be added. */
const ADDED = {
  types: ["Quarantine", "AccountExposure", "TokenExposure", "UnreadLimit"],
  fields: [
    "ChainStatus.quarantines",
    "Account.leftOut",
    "Account.exposure",
    "Account.unreadLimits",
    "Position.optionStrike",
    "Position.rangeFactor",
  ],
  values: ["PoolCaveat.UNLOGGED_POKES"],
};
type Part = GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField;

function expectSamePart(ours: Part, theirs: Part | undefined): void {
  expect(theirs, ours.name).toBeDefined();
  if (theirs === undefined) return;
  expect(String(ours.type), ours.name).toBe(String(theirs.type));
  if ("defaultValue" in ours && "defaultValue" in theirs) {
    expect(ours.defaultValue, ours.name).toEqual(theirs.defaultValue);
  }
  if (!("args" in ours) || !("args" in theirs)) return;
  for (const argument of ours.args) {
    expectSamePart(
      argument,
      theirs.args.find(({ name }) => name === argument.name),
    );
  }
}

describe("the served schema stands in the contract", () => {
  const contracted = types.filter(({ name }) => !ADDED.types.includes(name));

  test.each(contracted.map((type) => [type.name, type]))("%s", (name, ours: GraphQLNamedType) => {
    const theirs = contract.getType(name);
    expect(theirs?.constructor.name).toBe(ours.constructor.name);
    if (isEnumType(ours) && isEnumType(theirs)) {
      const names = theirs.getValues().map((value) => value.name);
      const contracted = ours.getValues().filter((value) => !ADDED.values.includes(`${name}.${value.name}`));
      for (const value of contracted) expect(names).toContain(value.name);
    }
    if (isObjectType(ours) && isObjectType(theirs)) {
      for (const field of Object.values(ours.getFields())) {
        const added = ADDED.fields.includes(`${name}.${field.name}`);
        if (!added) expectSamePart(field, theirs.getFields()[field.name]);
      }
    }
    if (isInputObjectType(ours) && isInputObjectType(theirs)) {
      for (const field of Object.values(ours.getFields()))
        expectSamePart(field, theirs.getFields()[field.name]);
    }
  });

  test("and serves every type that it can name", () => {
    expect(types.map(({ name }) => name).sort()).toEqual([
      ...[
        "Account",
        "AccountExposure",
        "AccountOrder",
        "AccountPoint",
        "AccountScenario",
        "AdverseSelection",
        "Amounts",
        "AsOf",
        "Backtest",
        "BigInt",
        "BlockRef",
        "BookProfitAndLoss",
        "Candle",
        "CapitalAtRisk",
        "ChainStatus",
        "Depth",
        "Direction",
        "Exposure",
        "Fees",
        "Flow",
        "Hex",
        "ImpermanentLoss",
        "Interval",
        "Inventory",
        "LeaderboardEntry",
        "LeaderboardPage",
        "Limit",
        "LimitBreach",
        "LiquidityBand",
        "LiquidityEvent",
        "LiquidityEventKind",
        "LiquidityEventPage",
        "Method",
        "MetricDefinition",
      ],
      ...[
        "Numeraire",
        "OrderFlow",
        "Ownership",
        "PageInfo",
        "Pool",
        "PoolBook",
        "PoolCaveat",
        "PoolFilter",
        "PoolOrder",
        "PoolPage",
        "PoolTotals",
      ],
      ...[
        "Position",
        "PositionFilter",
        "PositionOrder",
        "PositionPage",
        "PositionPoint",
        "PositionStatus",
        "ProfitAndLoss",
        "Protocol",
      ],
      ...[
        "Quarantine",
        "Query",
        "Quote",
        "QuotePrice",
        "Rebalance",
        "RiskLimits",
        "RiskModel",
        "ScenarioPoint",
        "SuggestedRange",
        "Swap",
        "SwapPage",
        "Tick",
        "TickPage",
        "Token",
        "TokenExposure",
        "TokenInventory",
        "UnreadLimit",
        "Volume",
        "Window",
      ],
    ]);
  });

  test("and sends no reader to a file that it does not have", () => {
    const unserved = /metrics\.md/;
    const descriptions = typeDefs.match(/"""[\s\S]*?"""|"[^"\n]*"/g) ?? [];
    expect(descriptions.length).toBeGreaterThan(100);
    expect(descriptions.filter((text) => unserved.test(text))).toEqual([]);
  });
});
