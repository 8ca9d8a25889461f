import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { fillChain, liquidityEvent, swap } from "./eventRows.ts";
import {
  NO_HOOKS,
  snapshotOf,
  TAKING_HOOKS,
  V4_MANAGER,
  V4_POOL,
  v4Pool,
  v4Position,
  word,
} from "./protocolRows.ts";
import { ALICE, address, ownership, type PoolRow, poolSnapshot, tickSnapshot, USDC } from "./rows.ts";

const BOB = address("d2");
const OTHER_MANAGER = address("a5");
const [HOOKED, DYNAMIC] = [word("b7"), word("b8")] as const;
const SALT = word("abc");
const DIRECT = `${V4_POOL}:${BOB}:-202080:-197280:${SALT}`;
const LIQUIDITY = 6_000_000_000_000_000n;
/** A thousandth of a unit of token0 for each of liquidity, in range all the time. */
const GROWTH = 2n ** 128n / 1_000n;

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** A withdrawal of all was paid out at once, with 5 and 7 of fees. */
const paid = {
  ...{ liquidity: 0n, hold0: 0n, hold1: 0n, closedBlock: 60, closedTimestamp: 1_700_000_060 },
  ...{ withdrawn0: 100n, withdrawn1: 200n, collected0: 105n, collected1: 207n },
  ...{ debited0: 105n, debited1: 207n, feesAccrued0: 5n, feesAccrued1: 7n },
  ...{ deposited0: 100n, deposited1: 200n, released0: 100n, released1: 200n },
};

const alice = v4Position();
const rows = [
  alice,
  // The same token id of another manager, closed.
  v4Position({ manager: OTHER_MANAGER, owner: BOB, ...paid }),
  v4Position({ positionId: DIRECT, manager: null, tokenId: null, owner: BOB }),
  v4Position({ poolId: HOOKED, tokenId: 8n }),
  v4Position({ poolId: HOOKED, tokenId: 9n, owner: BOB, ...paid }),
];

beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await fillChain(database, [15, 20, 60, 100]);
  const grown = { feeGrowthGlobal0X128: GROWTH, balance0: 10n ** 24n, balance1: 10n ** 18n };
  const pools: PoolRow[] = [
    v4Pool({ ...grown, fee: 3000, swapFee: 3499, feeProtocol0: 500, feeProtocol1: 0, protocolFees0: 9n }),
    v4Pool({ ...grown, poolId: HOOKED, hooks: TAKING_HOOKS, protocolFees0: 9n }),
    v4Pool({ poolId: DYNAMIC, dynamicFee: true, fee: null, swapFee: null, hooks: address("80") }),
  ];
  await database.insert(tables.pool).values(pools);
  for (const { poolId, ...row } of pools) {
    await database
      .insert(tables.poolSnapshot)
      .values(poolSnapshot({ poolId, feeGrowthGlobal0X128: row.feeGrowthGlobal0X128 }));
    for (const [tick, liquidityNet] of [
      [-202080, LIQUIDITY],
      [-197280, -LIQUIDITY],
    ] as const) {
      const { blockNumber, ...now } = tickSnapshot({ poolId, tick, liquidityNet });
      await database.insert(tables.tick).values(now);
      await database.insert(tables.tickSnapshot).values({ ...now, blockNumber });
    }
  }
  await database.insert(tables.position).values(rows);
  await database.insert(tables.positionSnapshot).values(rows.map(snapshotOf));
  await database.insert(tables.ownership).values(rows.map((row) => ownership(row)));
  // Alice's was Bob's for a while.
  const ended = { number: 1, owner: BOB, toBlock: 60, toTimestamp: 1_700_000_060, liquidity: 0n };
  const handed = { ...ended, feesAfter0: 5n, feesAfter1: 7n, hold0: 0n, hold1: 0n, liquidityDouble: 0 };
  await database
    .insert(tables.ownership)
    .values(ownership({ ...v4Position({ poolId: HOOKED, tokenId: 8n }), ...handed }));
  const flows = { positionId: alice.positionId, poolId: V4_POOL };
  await database.insert(tables.liquidityEvent).values([
    liquidityEvent({ ...flows, liquidityDelta: 9n, amount0: 4n, amount1: 5n, paidOut0: 1n, paidOut1: 2n }),
    liquidityEvent({ ...flows, logIndex: 1, kind: "COLLECT", paidOut0: 3n, paidOut1: 0n }),
    liquidityEvent({
      ...{ ...flows, logIndex: 2, kind: "WITHDRAW", liquidityDelta: -9n, amount0: 4n, amount1: 4n },
      ...{ paidOut0: 11n, paidOut1: 4n },
    }),
    liquidityEvent({ ...flows, logIndex: 3, kind: "TRANSFER", from: BOB, to: ALICE }),
    liquidityEvent({
      ...{ poolId: HOOKED, positionId: `${V4_MANAGER}:8`, blockNumber: 60, kind: "COLLECT" },
      ...{ paidOut0: 3n, paidOut1: 1n },
    }),
  ]);
  await database
    .insert(tables.swap)
    .values([
      swap({ poolId: V4_POOL, recipient: null }),
      swap({ poolId: HOOKED, blockNumber: 60, recipient: null }),
    ]);
  app = createTestApi(database, {
    chains: [{ id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 }],
  });
});

afterAll(() => db.close());

async function answer(query: string) {
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  return data;
}

const BOTH = "{amount0 amount1}";

describe("a position in a v4 pool", () => {
  test("is found by each form of its id, in any letter case", async () => {
    const loud = (id: string): string => id.replaceAll(/0x[0-9a-f]+/g, (hex) => hex.toUpperCase());
    const seen = await answer(`{
      nft: position(id: "${loud(`1:${V4_MANAGER}:7`)}") {id manager tokenId}
      direct: position(id: "${loud(`1:${DIRECT}`)}") {id manager tokenId owner pool {poolId}}
      past: position(id: "1:${DIRECT}@60") {id}
      pool(chainId: 1, poolId: "${loud(V4_POOL)}") {id protocol hooks positions(where: {tokenId: "7"}) {totalCount}}
    }`);
    expect(seen).toEqual({
      nft: { id: `1:${V4_MANAGER}:7`, manager: V4_MANAGER, tokenId: "7" },
      direct: { id: `1:${DIRECT}`, manager: null, tokenId: null, owner: BOB, pool: { poolId: V4_POOL } },
      past: { id: `1:${DIRECT}@60` },
      pool: { id: `1:${V4_POOL}`, protocol: "UNISWAP_V4", hooks: NO_HOOKS, positions: { totalCount: 2 } },
    });
  });

  test.each([
    `1:${V4_POOL}:${BOB}:-60:60`,
    `1:${address("b1")}:${BOB}:-60:60:${SALT}`,
    `1:${V4_POOL}:7`,
    `1:${V4_POOL}:${BOB}`,
  ])("has no such id as %s", async (id) => {
    const { errors } = await ask(app, `{position(id: "${id}") {id}}`);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT" } }]);
  });

  test("is owed its own fees, whatever manager holds it, and nothing waits of what it withdrew", async () => {
    const figures = `owed ${BOTH} principalOwed ${BOTH} residual ${BOTH} timeInRange
      fees {uncollected ${BOTH} collected ${BOTH} earned ${BOTH} method}`;
    const seen = await answer(`{
      open: position(id: "1:${V4_MANAGER}:7") {${figures}}
      direct: position(id: "1:${DIRECT}") {owed ${BOTH}}
      closed: position(id: "1:${OTHER_MANAGER}:7") {${figures}}
    }`);
    const none = { amount0: "0", amount1: "0" };
    const grown = { amount0: "5999999999999", amount1: "0" };
    expect(seen.open).toMatchObject({
      ...{ owed: grown, principalOwed: none, residual: none },
      fees: { uncollected: grown, collected: none, earned: grown, method: "EXACT" },
    });
    expect(seen.direct).toEqual({ owed: grown });
    const collected = { amount0: "5", amount1: "7" };
    expect(seen.closed).toMatchObject({
      ...{ owed: none, principalOwed: none, residual: none },
      fees: { uncollected: none, collected, earned: collected, method: "EXACT" },
    });
  });

  test("is paid out at any change: beyond principal it is fees", async () => {
    const fields = `kind principal ${BOTH} paidOut ${BOTH} fees ${BOTH}`;
    const { position, account } = await answer(`{
      position(id: "1:${V4_MANAGER}:7") {events {items {${fields}}}}
      account(chainId: 1, address: "${ALICE}") {events {items {kind fees ${BOTH}}}}
    }`);
    const amounts = (amount0: string, amount1: string) => ({ amount0, amount1 });
    const none = amounts("0", "0");
    expect(position.events.items).toEqual([
      { kind: "TRANSFER", principal: none, paidOut: null, fees: null },
      {
        kind: "WITHDRAW",
        ...{ principal: amounts("4", "4"), paidOut: amounts("11", "4"), fees: amounts("7", "0") },
      },
      { kind: "COLLECT", principal: none, paidOut: amounts("3", "0"), fees: amounts("3", "0") },
      {
        kind: "DEPOSIT",
        ...{ principal: amounts("4", "5"), paidOut: amounts("1", "2"), fees: amounts("1", "2") },
      },
    ]);
    expect(account.events.items).toEqual([
      // In the pool whose hooks may have taken of it.
      { kind: "COLLECT", fees: null },
      { kind: "TRANSFER", fees: null },
      { kind: "WITHDRAW", fees: amounts("7", "0") },
      { kind: "COLLECT", fees: amounts("3", "0") },
      { kind: "DEPOSIT", fees: amounts("1", "2") },
    ]);
  });
});

const TERMS = "feePips swapFeePips dynamicFee protocolFeeShare0 protocolFeeShare1 exact caveats";
const FIGURES = `tick liquidity totalShares feeGrowthGlobal0X128 principal ${BOTH} uncollectedFees ${BOTH} protocolFees ${BOTH}
  activeValueShare totals {swaps feesGross ${BOTH} feesLp ${BOTH} feesProtocol ${BOTH}}
  swaps {items {recipient feesLp ${BOTH}}}`;

test("a pool's protocol is paid beside the LPs, and no log says when", async () => {
  const { pool } = await answer(`{pool(chainId: 1, poolId: "${V4_POOL}") {${TERMS} ${FIGURES}}}`);
  expect(pool).toMatchObject({
    // 500 and 3000 pips of what is left make 3499.
    ...{ feePips: 3000, swapFeePips: 3499, dynamicFee: false, exact: true, caveats: [] },
    ...{ protocolFeeShare0: 500 / 3499, protocolFeeShare1: 0, protocolFees: null, totalShares: null },
    principal: { amount0: "15553445685090027117", amount1: "29505906636" },
    uncollectedFees: {
      amount0: String(10n ** 24n - 9n - 15553445685090027117n),
      amount1: String(10n ** 18n - 29505906636n),
    },
    swaps: { items: [{ recipient: null, feesLp: { amount0: "3000000000000000", amount1: "0" } }] },
  });
});

test("a dynamic fee is unknown before the first swap, and hooks without returns take nothing", async () => {
  const { pool } = await answer(`{pool(chainId: 1, poolId: "${DYNAMIC}") {${TERMS}}}`);
  expect(pool).toEqual({
    ...{ feePips: null, swapFeePips: null, dynamicFee: true, exact: true, caveats: [] },
    ...{ protocolFeeShare0: null, protocolFeeShare1: null },
  });
});

test("before anything happened in a pool its fee was that of now, if it cannot change", async () => {
  const seen = await answer(`{
    fixed: pool(chainId: 1, poolId: "${V4_POOL}", asOf: {block: 15}) {feePips swapFeePips sqrtPriceX96}
    dynamic: pool(chainId: 1, poolId: "${DYNAMIC}", asOf: {block: 15}) {feePips swapFeePips}
  }`);
  expect(seen).toEqual({
    fixed: { feePips: 3000, swapFeePips: 3000, sqrtPriceX96: null },
    dynamic: { feePips: null, swapFeePips: null },
  });
});

describe("hooks that may move amounts unseen", () => {
  test("leave what the pool itself keeps, and of its fees nothing", async () => {
    const { pool } = await answer(`{pool(chainId: 1, poolId: "${HOOKED}") {exact caveats hooks ${FIGURES}}}`);
    expect(pool).toEqual({
      ...{ exact: false, caveats: ["HOOK_MOVES_AMOUNTS"], hooks: TAKING_HOOKS },
      ...{ tick: -199811, liquidity: "6000000000000000", totalShares: null, feeGrowthGlobal0X128: null },
      principal: { amount0: "15553445685090027117", amount1: "29505906636" },
      ...{ uncollectedFees: null, protocolFees: null, activeValueShare: 1 },
      totals: { swaps: 0, feesGross: null, feesLp: null, feesProtocol: null },
      swaps: { items: [{ recipient: null, feesLp: null }] },
    });
  });

  test("leave a position its principal and its loss, and of its fees nothing", async () => {
    const { position } = await answer(`{position(id: "1:${V4_MANAGER}:8") {
      status worth owed ${BOTH} principalOwed ${BOTH} residual ${BOTH} timeInRange
      inventory {amounts ${BOTH}} fees {uncollected ${BOTH} collected ${BOTH} earned ${BOTH} apr method}
      impermanentLoss {unrealizedRaw1 netOfFees feeCoverage breakEvenLower} pnl {total fees impermanentLoss}
      owners {owner pnl {total fees}} adverseSelection(window: ALL) {lvr feesLp feesMinusLvr lvrCoverage}
      events {items {kind paidOut ${BOTH} fees ${BOTH}}}
    }}`);
    expect(position).toEqual({
      ...{ status: "IN_RANGE", worth: null, owed: null, principalOwed: null, residual: null },
      timeInRange: position.timeInRange,
      inventory: { amounts: { amount0: "15553445685090027117", amount1: "29505906636" } },
      fees: { uncollected: null, collected: null, earned: null, apr: null, method: null },
      impermanentLoss: {
        unrealizedRaw1: "-171943852",
        ...{ netOfFees: null, feeCoverage: null, breakEvenLower: null },
      },
      pnl: { total: null, fees: null, impermanentLoss: -1889.833649 },
      owners: [ALICE, BOB].map((owner) => ({ owner, pnl: { total: null, fees: null } })),
      adverseSelection: { lvr: 0, feesLp: null, feesMinusLvr: null, lvrCoverage: null },
      events: { items: [{ kind: "COLLECT", paidOut: null, fees: null }] },
    });
    expect(position.timeInRange).not.toBeNull();
  });

  test("rank it by nothing that has fees in it, and leave it out of its owner's book", async () => {
    const seen = await answer(`{
      value: positions(where: {chainId: 1, owner: ["${ALICE}"]} orderBy: VALUE) {items {tokenId}}
      first: positions(where: {chainId: 1, owner: ["${ALICE}"]} orderBy: VALUE direction: ASC) {items {tokenId}}
      worth: positions(where: {chainId: 1, minValue: 1}) {items {pool {poolId}}}
      leaderboard(chainId: 1, pool: "${HOOKED}") {items {value impermanentLoss fees pnl}}
      bob: account(chainId: 1, address: "${BOB}") {pools {pool {poolId} fees {earned ${BOTH}}}}
      account(chainId: 1, address: "${ALICE}") {value pnl {total impermanentLoss} leftOut {poolId} pools {pool {poolId} fees {earned ${BOTH}}}}
    }`);
    const last = [{ tokenId: "7" }, { tokenId: "8" }];
    expect([seen.value.items, seen.first.items]).toEqual([last, last]);
    expect(seen.worth.items).toEqual([{ pool: { poolId: V4_POOL } }, { pool: { poolId: V4_POOL } }]);
    const [entry] = seen.leaderboard.items;
    expect(entry).toMatchObject({ value: null, fees: null, pnl: null });
    expect(entry.impermanentLoss).toBeCloseTo(-1889.83, 2);
    const { pools } = seen.bob;
    expect(pools).toEqual([
      { pool: { poolId: V4_POOL }, fees: { earned: { amount0: "6000000000004", amount1: "7" } } },
      // Though he holds nothing there any more.
      { pool: { poolId: HOOKED }, fees: { earned: null } },
    ]);
    // The token1 of the other position: ether has no price here.
    expect(seen.account.value).toBeCloseTo(29505.906636, 6);
    expect(seen.account.pnl.impermanentLoss).toBeCloseTo(-1889.833649, 5);
    expect(seen.account.pnl.total).not.toBeNull();
    expect(seen.account.leftOut).toEqual([{ poolId: HOOKED }]);
    expect(seen.account.pools).toEqual([
      { pool: { poolId: V4_POOL }, fees: { earned: { amount0: "5999999999999", amount1: "0" } } },
      { pool: { poolId: HOOKED }, fees: { earned: null } },
    ]);
  });

  test("are what lists of pools tell apart", async () => {
    const seen = await answer(`{
      exact: pools(where: {exact: true}) {items {poolId}}
      inexact: pools(where: {exact: false}) {items {poolId}}
      hooks: pools(where: {hooks: "${TAKING_HOOKS.toUpperCase()}"}) {items {poolId}}
      none: pools(where: {hooks: "${NO_HOOKS}"}) {items {poolId}}
      protocol: pools(where: {protocol: [UNISWAP_V2, UNISWAP_V3]}) {items {poolId}}
    }`);
    const ids = (page: { items: { poolId: string }[] }) => page.items.map(({ poolId }) => poolId).sort();
    expect(ids(seen.exact)).toEqual([V4_POOL, DYNAMIC]);
    expect(ids(seen.inexact)).toEqual([HOOKED]);
    expect(ids(seen.hooks)).toEqual([HOOKED]);
    expect(ids(seen.none)).toEqual([V4_POOL]);
    expect(ids(seen.protocol)).toEqual([]);
  });
});
