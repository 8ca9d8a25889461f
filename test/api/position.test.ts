import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { ALICE, address, block, MANAGER, POOL, pool, position, token, USDC, WETH } from "./rows.ts";

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
  await database
    .insert(tables.position)
    .values([
      position(),
      position({ ...DIRECT, positionId: `${POOL}:${ALICE}:-202080:-197280` }),
      position({ ...CLOSED, positionId: `${MANAGER}:8`, tokenId: 8n }),
    ]);
  app = createTestApi(database);
});

afterAll(() => db.close());

const DIRECT = { manager: null, tokenId: null };
const CLOSED = {
  ...{
    liquidity: 0n,
    hold0: 0n,
    hold1: 0n,
    entryValue1: 0n,
    realizedIl1: -5_000_000n,
    realizedIl0: -2n * 10n ** 15n,
  },
  ...{ closedBlock: 20, closedTimestamp: 1_700_000_020 },
};

const EXAMPLE = `query ($id: ID!) { position(id: $id) {
  id chainId protocol owner manager tokenId tickLower tickUpper priceLower priceUpper optionStrike rangeFactor liquidity status justInTime
  opened { number timestamp } closed { number } asOf { number timestamp }
  pool { id token0 { symbol } price }
  inventory {
    amounts { amount0 amount1 decimal0 decimal1 value value0: value(in: TOKEN0) }
    share0 skew skewE18 skewRisk
    netInventory { amount0 amount1 } netInventoryRatio rangePosition skewVsTarget(targetShare: 0.5) skewVsEntry
  }
  deposited {
    amount0 amount1 decimal0 decimal1 valueThen valueThen0: valueThen(in: TOKEN0)
    valueNow valueNow0: valueNow(in: TOKEN0)
  }
  withdrawn { amount0 amount1 valueThen valueThen0: valueThen(in: TOKEN0) }
  impermanentLoss {
    hold { amount0 amount1 value } unrealized realized total unrealizedRaw1 realizedRaw1 ratio allFlowsAtSpot
    unrealized0: unrealized(in: TOKEN0) realized0: realized(in: TOKEN0) total0: total(in: TOKEN0)
    allFlowsAtSpot0: allFlowsAtSpot(in: TOKEN0)
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
      decimal0: "41.712033854422683791",
      decimal1: "68247.649651",
      valueThen: 153833.345317,
      valueThen0: 74.38918114454327,
      valueNow: 155950.50826,
      valueNow0: 74.17104736748789,
    });
    expect(withdrawn).toMatchObject({ amount0: "13758161189406625917", amount1: "65416588660" });
    expect([withdrawn.valueThen, withdrawn.valueThen0]).toEqual([97386.398493, 41.91009502763272]);
    expect(inventory.amounts.value0).toBe(29.58664136451268);
    expect(impermanentLoss).toMatchObject({
      hold: { amount0: "16684813541769073517", amount1: "27299059861" },
      unrealizedRaw1: "-171943852",
      realizedRaw1: "-1717889797",
      unrealized: -171.943852,
      realized: -1717.889797,
      total: -1889.833649,
      allFlowsAtSpot: 601.964665,
      unrealized0: -0.08177758276783682,
      realized0: -0.739291376993019,
      total0: -0.8210689597608558,
      allFlowsAtSpot0: 0.2862981992947992,
    });
    // Truncated, where the document rounds.
    expect(impermanentLoss.hold.value).toBeCloseTo(62380.203305, 5);
    expect(impermanentLoss.ratio).toBeCloseTo(-0.00275638, 8);
  });
});

test("ids, pools and tokens are found in any letter case, and answered in lower case", async () => {
  const loud = (hex: string): string => `0X${hex.slice(2).toUpperCase()}`;
  const { data, errors } = await ask(
    app,
    `{
      nft: position(id: "1:${loud(MANAGER)}:7") {id manager tokenId owner}
      direct: position(id: "1:${loud(POOL)}:${loud(ALICE)}:-202080:-197280") {id manager tokenId}
      pool(chainId: 1, poolId: "${loud(POOL)}") {id poolId}
      token(chainId: 1, address: "${loud(WETH)}") {id address decimals}
    }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    nft: { id: `1:${MANAGER}:7`, manager: MANAGER, tokenId: "7", owner: ALICE },
    direct: { id: `1:${POOL}:${ALICE}:-202080:-197280`, manager: null, tokenId: null },
    pool: { id: `1:${POOL}`, poolId: POOL },
    token: { id: `1:${WETH}`, address: WETH, decimals: 18 },
  });
});

test("what is not there is null", async () => {
  const { data, errors } = await ask(
    app,
    `{
      position(id: "1:${MANAGER}:999") {id}
      pool(chainId: 1, poolId: "${address("77")}") {id}
      token(chainId: 1, address: "${address("77")}") {id}
    }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ position: null, pool: null, token: null });
});

test.each([
  `position(id: "2:${MANAGER}:7") {id}`,
  `pool(chainId: 2, poolId: "${POOL}") {id}`,
  `token(chainId: 2, address: "${WETH}") {id}`,
  `pools(where: {chainId: 2}) {items {id}}`,
  `positions(where: {chainId: 2}) {items {id}}`,
])("a chain that is not indexed is named: %s", async (field) => {
  const { status, errors } = await ask(app, `{${field}}`);
  expect(status).toBe(400);
  expect(errors).toMatchObject([
    { message: "Chain 2 is not indexed here: ask for one of 1.", extensions: { code: "BAD_INPUT" } },
  ]);
});

test("a closed position keeps its realised loss and has no skew, share or place in its range", async () => {
  const { data, errors } = await ask(app, EXAMPLE, { id: `1:${MANAGER}:8` });
  expect(errors).toEqual([]);
  expect(data.position).toMatchObject({
    status: "CLOSED",
    justInTime: true,
    liquidity: "0",
    opened: { number: 20 },
    closed: { number: 20 },
    inventory: {
      amounts: { amount0: "0", amount1: "0", decimal0: "0", decimal1: "0", value: 0 },
      ...{ share0: null, skew: null, skewE18: null, skewRisk: null, skewVsTarget: null, skewVsEntry: null },
      netInventory: { amount0: "0", amount1: "0" },
      ...{ netInventoryRatio: null, rangePosition: null },
    },
    impermanentLoss: {
      ...{ unrealized: 0, realized: -5, realized0: -0.002, total: -5, ratio: null },
      ...{ unrealizedRaw1: "0", realizedRaw1: "-5000000" },
    },
  });
});

test("an open position says where it stands, and at which block", async () => {
  const { data } = await ask(app, EXAMPLE, { id: `1:${MANAGER}:7` });
  expect(data.position).toMatchObject({
    ...{ chainId: 1, protocol: "UNISWAP_V3", tickLower: -202080, tickUpper: -197280 },
    ...{ status: "IN_RANGE", justInTime: false, liquidity: "6000000000000000", closed: null },
    opened: { number: 20, timestamp: 1_700_000_020 },
    asOf: { number: 100, timestamp: 1_700_000_100 },
    pool: { id: `1:${POOL}`, token0: { symbol: "WETH" } },
  });
  expect(data.position.priceLower).toBeCloseTo(1675.7757117918, 8);
  expect(data.position.priceUpper).toBeCloseTo(2708.1132404783, 8);
  expect(data.position.optionStrike * data.position.rangeFactor).toBeCloseTo(2708.1132404783, 8);
  expect(data.position.optionStrike).toBeCloseTo(2130.302888, 6);
  expect(data.position.pool.price).toBeCloseTo(2102.579292, 5);
  const { inventory } = data.position;
  // 15.553445685090027117 at 2102.579292 of 62208.259452.
  expect(inventory.share0).toBeCloseTo(0.525691, 5);
  expect(inventory.skew).toBeCloseTo(0.051381, 5);
  expect(inventory.skewE18).toMatch(/^5138\d{13}$/);
  expect(inventory.skewRisk).toBe(inventory.skew);
  expect(inventory.skewVsTarget).toBeCloseTo(inventory.skew, 12);
  // The tick is 2269 of 4800 above the lower bound.
  expect(inventory.rangePosition).toBe(2269 / 4800);
  expect(inventory.netInventory).toEqual({ amount0: "-1131367856679046400", amount1: "2206846775" });
});

test("a pool is served with its fees, its caveats and the block that it stands at", async () => {
  const { data, errors } = await ask(
    app,
    `{pool(chainId: 1, poolId: "${POOL}") {
      id chainId protocol token0 {id symbol name} token1 {id decimals} feePips dynamicFee swapFeePips
      protocolFeeShare0 protocolFeeShare1 riskToken tickSpacing exact caveats trackedFrom {number timestamp}
      created {number timestamp} asOf {number} sqrtPriceX96 tick liquidity
    }}`,
  );
  expect(errors).toEqual([]);
  expect(data.pool).toEqual({
    ...{ id: `1:${POOL}`, chainId: 1, protocol: "UNISWAP_V3" },
    token0: { id: `1:${WETH}`, symbol: "WETH", name: "Wrapped Ether" },
    token1: { id: `1:${USDC}`, decimals: 6 },
    ...{ feePips: 3000, dynamicFee: false, swapFeePips: 3000, protocolFeeShare0: 0, protocolFeeShare1: 0.25 },
    ...{ riskToken: 0, tickSpacing: 60, exact: true, caveats: [] },
    trackedFrom: { number: 10, timestamp: 1_700_000_010 },
    created: { number: 10, timestamp: 1_700_000_010 },
    asOf: { number: 100 },
    ...{ sqrtPriceX96: "3632919503999448234869331", tick: -199811, liquidity: "6000000000000000" },
  });
});

test.each([-0.1, 1.1])("a target share of %d is refused", async (targetShare) => {
  const query = `query ($id: ID!, $t: Float!) {position(id: $id) {inventory {skewVsTarget(targetShare: $t)}}}`;
  const { status, errors } = await ask(app, query, { id: `1:${MANAGER}:7`, t: targetShare });
  expect([status, errors[0]?.extensions.code]).toEqual([400, "BAD_INPUT"]);
});
