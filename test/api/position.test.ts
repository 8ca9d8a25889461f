import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { block, MANAGER, pool, position, token, USDC } from "./rows.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await database.insert(tables.block).values([block({ number: 90 }), block()]);
  await database
    .insert(tables.token)
    .values([token(), token({ address: USDC, symbol: "USDC", name: "USD Coin", decimals: 6 })]);
  await database.insert(tables.pool).values(pool());
  await database.insert(tables.position).values([position()]);
  app = createTestApi(database);
});

afterAll(() => db.close());

const EXAMPLE = `query ($id: ID!) { position(id: $id) {
  id chainId protocol owner manager tokenId tickLower tickUpper priceLower priceUpper liquidity status justInTime
  opened { number timestamp } closed { number } asOf { number timestamp }
  pool { id token0 { symbol } price }
  inventory {
    amounts { amount0 amount1 decimal0 decimal1 value value0: value(in: TOKEN0) }
    share0 skew skewE18 skewRisk
    netInventory { amount0 amount1 } netInventoryRatio rangePosition skewVsTarget(targetShare: 0.5) skewVsEntry
  }
  deposited { amount0 amount1 decimal1 valueThen valueThen0: valueThen(in: TOKEN0) valueNow }
  withdrawn { amount0 amount1 valueThen }
  impermanentLoss {
    hold { amount0 amount1 value } unrealized realized total unrealizedRaw1 realizedRaw1 ratio allFlowsAtSpot
    realized0: realized(in: TOKEN0)
  }
} }`;

describe("the worked example of two deposits and a withdrawal", () => {
  test("is served to the documented digits", async () => {
    const { data, errors } = await ask(app, EXAMPLE, { id: `1:${MANAGER}:7` });
    expect(errors).toEqual([]);
    const { inventory, deposited, withdrawn, impermanentLoss } = data.position;
    expect(inventory.amounts.amount0).toBe("15553445685090027117");
    expect(inventory.amounts.amount1).toBe("29505906636");
    expect(inventory.amounts.decimal0).toBe("15.553445685090027117");
    expect(inventory.amounts.decimal1).toBe("29505.906636");
    expect(inventory.amounts.value).toBe(62208.259452);
    expect(deposited).toMatchObject({
      amount0: "41712033854422683791",
      amount1: "68247649651",
      decimal1: "68247.649651",
      valueThen: 153833.345317,
    });
    expect(withdrawn).toMatchObject({ amount0: "13758161189406625917", amount1: "65416588660" });
    expect(withdrawn.valueThen).toBe(97386.398493);
    expect(impermanentLoss).toMatchObject({
      hold: { amount0: "16684813541769073517", amount1: "27299059861" },
      unrealizedRaw1: "-171943852",
      realizedRaw1: "-1717889797",
      unrealized: -171.943852,
      realized: -1717.889797,
      total: -1889.833649,
      allFlowsAtSpot: 601.964665,
    });
    // Truncated, where the document rounds.
    expect(impermanentLoss.hold.value).toBeCloseTo(62380.203305, 5);
    expect(impermanentLoss.ratio).toBeCloseTo(-0.00275638, 8);
  });
});
