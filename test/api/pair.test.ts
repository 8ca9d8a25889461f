import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { fillChain, liquidityEvent, swap } from "./eventRows.ts";
import { EMPTY_BOOK, PAIR, pair, pairPosition, pairSnapshot, snapshotOf } from "./protocolRows.ts";
import { ALICE, address, ownership, USDC } from "./rows.ts";

/** The worked example of metrics.md 1.2 and 6.1: a hundredth of a pair, and 10 WETH sold to it. */
const [BOB, CAROL] = [address("d2"), address("d3")] as const;
const DILUTED = address("b6");

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** Of principal of 100 and 100 he was paid 99 and 103: the pair had lost tokens without a trade. */
const bob = pairPosition({
  ...EMPTY_BOOK,
  ...{ owner: BOB, liquidity: 0n, basisX64: 0n, closedBlock: 60, closedTimestamp: 1_700_000_060 },
  ...{ withdrawn0: 100n, withdrawn1: 100n, collected0: 99n, collected1: 103n, debited0: 99n, debited1: 103n },
  ...{ feesTaken0: -1n, feesTaken1: 3n, hold0: 0n, hold1: 0n },
});

/** Of principal of 100 and 100 she was paid 102 and 97. */
const carol = pairPosition({
  ...{ ...bob, positionId: `${PAIR}:${CAROL}`, owner: CAROL, feesTaken0: 2n, feesTaken1: -3n },
  ...{ collected0: 102n, collected1: 97n, debited0: 102n, debited1: 97n },
});

beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await fillChain(database, [20, 60, 100]);
  // Its protocol's fee is known to be on, and it had the same trade since its last mint.
  await database.insert(tables.pool).values([pair(), pair({ poolId: DILUTED, feeOn: true })]);
  await database
    .insert(tables.poolSnapshot)
    .values([pairSnapshot(), pairSnapshot({ ...pair(), blockNumber: 60 })]);
  const alice = pairPosition();
  await database.insert(tables.position).values([alice, bob, carol, pairPosition({ poolId: DILUTED })]);
  await database.insert(tables.positionSnapshot).values([alice, bob, carol].map(snapshotOf));
  const books = [alice, bob, carol].map((row) => ownership({ ...row, feesCollectedValue0: 0n }));
  await database.insert(tables.ownership).values(books);
  await database.insert(tables.swap).values(swap({ poolId: PAIR, blockNumber: 60 }));
  await database.insert(tables.liquidityEvent).values([
    liquidityEvent({ poolId: PAIR, positionId: alice.positionId, amount0: 10n ** 19n, amount1: 5n }),
    liquidityEvent({
      ...{ poolId: PAIR, positionId: bob.positionId, blockNumber: 60, logIndex: 3, kind: "WITHDRAW" },
      ...{ liquidityDelta: -100n, amount0: 100n, amount1: 100n, paidOut0: 99n, paidOut1: 103n },
    }),
    liquidityEvent({
      ...{ poolId: PAIR, positionId: alice.positionId, blockNumber: 60, logIndex: 5, kind: "TRANSFER" },
      ...{ liquidityDelta: -7n, from: ALICE, to: BOB },
    }),
  ]);
  const chain = { id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 };
  app = createTestApi(database, { chains: [chain] });
});

afterAll(() => db.close());

const BOTH = "{amount0 amount1}";

async function position(id: string, fields: string, asOf = "") {
  const { data, errors } = await ask(app, `{position(id: "${id}"${asOf}) {${fields}}}`);
  expect(errors).toEqual([]);
  return data.position;
}

async function pool(poolId: string, fields: string, asOf = "") {
  const { data, errors } = await ask(app, `{pool(chainId: 1, poolId: "${poolId}"${asOf}) {${fields}}}`);
  expect(errors).toEqual([]);
  return data.pool;
}

describe("LP tokens after a trade", () => {
  test("hold principal, and are owed as fees what a burn would pay beyond it", async () => {
    const seen = await position(
      `1:${PAIR}:${ALICE}`,
      `worth inventory {amounts {amount0 amount1 decimal0 decimal1 value}} owed {amount0 amount1 decimal0 decimal1}
       fees {uncollected ${BOTH} collected {amount0 amount1 valueThen} earned ${BOTH} method}`,
    );
    expect(seen).toEqual({
      worth: 39605.136786,
      inventory: {
        amounts: {
          ...{ amount0: "10099849998883700603", amount1: "19802274293" },
          ...{ decimal0: "10.099849998883700603", decimal1: "19802.274293", value: 39604.548586 },
        },
      },
      owed: {
        ...{ amount0: "150001116278393", amount1: "294100" },
        ...{ decimal0: "0.000150001116278393", decimal1: "0.2941" },
      },
      fees: {
        uncollected: { amount0: "150001116278393", amount1: "294100" },
        collected: { amount0: "0", amount1: "0", valueThen: 0 },
        earned: { amount0: "150001116278393", amount1: "294100" },
        method: "ACCOUNTED",
      },
    });
  });

  test("lose on principal alone, and gain by fees", async () => {
    const { impermanentLoss, pnl } = await position(
      `1:${PAIR}:${ALICE}`,
      `impermanentLoss {unrealizedRaw1 hold {value} ratio feeCoverage}
       pnl {total priceEffect impermanentLoss fees realized}`,
    );
    expect(impermanentLoss).toMatchObject({ unrealizedRaw1: "-1954773", hold: { value: 39606.503359 } });
    expect(impermanentLoss.ratio).toBeCloseTo(-1954773 / 39606503359, 10);
    expect(impermanentLoss.feeCoverage).toBeCloseTo(588199 / 1954773, 6);
    expect(pnl).toEqual({
      ...{ total: -394.863215, priceEffect: -393.496641, impermanentLoss: -1.954773 },
      ...{ fees: 0.588199, realized: 0 },
    });
  });

  test("are in range all the time, without a range", async () => {
    const seen = await position(
      `1:${PAIR}:${ALICE}`,
      `protocol manager tokenId tickLower tickUpper priceLower priceUpper liquidity status timeInRange residual ${BOTH}
       principalOwed ${BOTH} inventory {rangePosition skewE18} adverseSelection(window: ALL) {lvr feesLp}
       owners {owner}`,
    );
    expect(seen).toMatchObject({
      ...{ protocol: "UNISWAP_V2", manager: null, tokenId: null, tickLower: null, tickUpper: null },
      ...{ priceLower: null, priceUpper: null, liquidity: "447213595499957", status: "IN_RANGE" },
      ...{ timeInRange: 1, residual: null, principalOwed: { amount0: "0", amount1: "0" } },
      ...{ inventory: { rangePosition: null }, owners: [{ owner: ALICE }] },
    });
    // Half and half, up to less than a unit of USDC in 20,000 of them.
    expect(Math.abs(Number(seen.inventory.skewE18))).toBeLessThan(1e8);
    // Lb (s1 - s0)^2 / s0 of the one price move, all of which came after the last sample.
    expect(seen.adverseSelection).toEqual({ lvr: 1.954772, feesLp: 0.588199 });
  });

  test("are diluted by the shares that the protocol has coming, as soon as its fee is known to be on", async () => {
    const { inventory, owed } = await position(
      `1:${DILUTED}:${ALICE}`,
      `inventory {amounts ${BOTH}} owed ${BOTH}`,
    );
    // Together 10099974999813932698 and 19802519376.
    expect(inventory.amounts).toEqual({ amount0: "10099849998883700603", amount1: "19802274293" });
    expect(owed).toEqual({ amount0: "125000930232095", amount1: "245083" });
  });

  test("were owed no more than a rounding before the trade, as of then", async () => {
    const seen = await position(
      `1:${PAIR}:${ALICE}`,
      `id inventory {amounts ${BOTH}} owed ${BOTH} impermanentLoss {unrealizedRaw1}`,
      ", asOf: {block: 20}",
    );
    expect(seen).toEqual({
      id: `1:${PAIR}:${ALICE}@20`,
      // Of the 9999999999999979204 of a burn, that much the root of the reserves' product was rounded down by.
      inventory: { amounts: { amount0: "9999999999999978997", amount1: "19999999999" } },
      owed: { amount0: "207", amount1: "0" },
      impermanentLoss: { unrealizedRaw1: "-1" },
    });
  });
});

test("what a burn paid less than principal is a negative fee", async () => {
  const { status, fees, principalOwed } = await position(
    `1:${PAIR}:${BOB}`,
    `status principalOwed ${BOTH} fees {uncollected ${BOTH} collected ${BOTH} earned ${BOTH}}`,
  );
  expect([status, principalOwed]).toEqual(["CLOSED", { amount0: "0", amount1: "0" }]);
  expect(fees).toEqual({
    uncollected: { amount0: "0", amount1: "0" },
    collected: { amount0: "-1", amount1: "3" },
    earned: { amount0: "-1", amount1: "3" },
  });
  const { data, errors } = await ask(
    app,
    `{account(chainId: 1, address: "${BOB}") {pools {fees {earned ${BOTH}}}}}`,
  );
  expect(errors).toEqual([]);
  expect(data.account.pools).toEqual([{ fees: { earned: { amount0: "-1", amount1: "3" } } }]);
});

test("a negative fee is worth less than nothing, whatever it is counted in", async () => {
  const { fees } = await position(
    `1:${PAIR}:${CAROL}`,
    "fees {collected {amount0 amount1 valueThen quoted: valueThen(in: QUOTE_THEN)}}",
  );
  expect(fees.collected).toEqual({ amount0: "2", amount1: "-3", valueThen: -3e-6, quoted: -3e-6 });
});

describe("a pair", () => {
  const TERMS = `protocol feePips swapFeePips dynamicFee protocolFeeShare0 protocolFeeShare1 tickSpacing hooks exact caveats
    tick liquidity totalShares feeGrowthGlobal0X128 feeGrowthGlobal1X128 activeValueShare`;
  const BALANCES = `principal ${BOTH} uncollectedFees ${BOTH} protocolFees ${BOTH} inventory {amounts ${BOTH}}`;

  test("has no ticks and no growth, and says that its protocol fee is inferred", async () => {
    expect(await pool(PAIR, TERMS)).toEqual({
      ...{ protocol: "UNISWAP_V2", feePips: 3000, swapFeePips: 3000, dynamicFee: false },
      ...{ protocolFeeShare0: null, protocolFeeShare1: null, tickSpacing: null, hooks: null },
      ...{ exact: false, caveats: ["PROTOCOL_FEE_INFERRED"], tick: null, liquidity: "44722023743410024" },
      ...{ totalShares: "44721359549995793", feeGrowthGlobal0X128: null, feeGrowthGlobal1X128: null },
      activeValueShare: 1,
    });
    expect(await pool(PAIR, "feePips price", ", asOf: {block: 20}")).toEqual({ feePips: 3000, price: 2000 });
  });

  test("holds the principal of all LP tokens, and fees beside it", async () => {
    expect(await pool(PAIR, BALANCES)).toEqual({
      principal: { amount0: "1009984999888372160683", amount1: "1980227429339" },
      uncollectedFees: { amount0: "15000111627839317", amount1: "29409974" },
      protocolFees: { amount0: "0", amount1: "0" },
      inventory: { amounts: { amount0: "1009984999888372160683", amount1: "1980227429339" } },
    });
  });

  test("owes its protocol the shares that it would mint", async () => {
    expect(await pool(DILUTED, `protocolFeeShare0 totalShares ${BALANCES}`)).toMatchObject({
      ...{ protocolFeeShare0: 1 / 6, totalShares: "44721470247528115" },
      protocolFees: { amount0: "2500018604629836", amount1: "4901662" },
      uncollectedFees: { amount0: "12500093023209481", amount1: "24508312" },
    });
  });

  test("lists trades without ticks, and what each change of LP tokens paid", async () => {
    const seen = await pool(
      PAIR,
      `swaps {items {tick liquidity}} events {items {kind liquidityDelta principal ${BOTH} paidOut ${BOTH} fees ${BOTH} from to}}`,
    );
    expect(seen.swaps.items).toEqual([{ tick: null, liquidity: "6000000000000000" }]);
    const none = { amount0: "0", amount1: "0" };
    expect(seen.events.items).toEqual([
      {
        ...{ kind: "TRANSFER", liquidityDelta: "-7", principal: none, paidOut: null, fees: null },
        ...{ from: ALICE, to: BOB },
      },
      {
        ...{ kind: "WITHDRAW", liquidityDelta: "-100", principal: { amount0: "100", amount1: "100" } },
        paidOut: { amount0: "99", amount1: "103" },
        ...{ fees: { amount0: "-1", amount1: "3" }, from: null, to: null },
      },
      {
        ...{ kind: "DEPOSIT", liquidityDelta: "0", paidOut: none, fees: none, from: null, to: null },
        principal: { amount0: "10000000000000000000", amount1: "5" },
      },
    ]);
  });
});
