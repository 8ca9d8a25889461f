import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { fillChain } from "./eventRows.ts";
import {
  NATIVE,
  PAIR,
  pair,
  pairPosition,
  pairSnapshot,
  ranked,
  V4_MANAGER,
  V4_POOL,
  v4Pool,
  v4Position,
  word,
} from "./protocolRows.ts";
import {
  ALICE,
  address,
  core,
  MANAGER,
  NO_FEES,
  ownership,
  POOL,
  type PoolRow,
  type PositionRow,
  pool,
  poolSnapshot,
  position,
  tickSnapshot,
  token,
  USDC,
  WETH,
} from "./rows.ts";

/** WETH and USDC on five protocols, native currency and USDC beside them: an LP with the same token id everywhere. */
const [PANCAKE, ALGEBRA, ETHER] = [address("b2"), address("b3"), word("b9")] as const;
const [CAKE_MANAGER, ALGEBRA_MANAGER] = [address("a6"), address("a7")] as const;
const BOB = address("d2");

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

const balances = { balance0: 10n ** 24n, balance1: 10n ** 18n };
const paid = { ...NO_FEES, collected0: 0n, collected1: 0n, debited0: 0n, debited1: 0n };
const nothingOut = { withdrawn0: 0n, withdrawn1: 0n, withdrawnValue0: 0n, withdrawnValue1: 0n };

function nft(protocol: string, poolId: `0x${string}`, manager: `0x${string}`): PositionRow {
  const identity = { positionId: `${manager}:7`, protocol, poolId, manager, tokenId: 7n };
  return ranked(position({ ...paid, ...nothingOut, ...identity }));
}

const pools: PoolRow[] = [
  pool({ ...balances }),
  pool({ ...balances, poolId: PANCAKE, protocol: "PANCAKESWAP_V3", feeProtocol0: 3200, feeProtocol1: 3300 }),
  pool({
    ...{ ...balances, poolId: ALGEBRA, protocol: "ALGEBRA_INTEGRAL", dynamicFee: true, fee: 777 },
    ...{ feeProtocol0: 150, feeProtocol1: 150, swapFee: 777, protocolFees0: 5n },
  }),
  v4Pool({ ...balances }),
  v4Pool({ ...balances, poolId: ETHER, token0: NATIVE }),
  pair(),
];

const positions: PositionRow[] = [
  nft("UNISWAP_V3", POOL, MANAGER),
  nft("PANCAKESWAP_V3", PANCAKE, CAKE_MANAGER),
  nft("ALGEBRA_INTEGRAL", ALGEBRA, ALGEBRA_MANAGER),
  v4Position(),
  v4Position({ poolId: ETHER, tokenId: 8n }),
  v4Position({ poolId: ETHER, tokenId: 9n, owner: BOB }),
  pairPosition(),
];

beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await fillChain(database, [20, 100]);
  await database.insert(tables.token).values(token({ address: NATIVE, symbol: "ETH" }));
  await database.insert(tables.pool).values(pools);
  for (const { poolId, protocol } of pools) {
    if (protocol === "UNISWAP_V2") {
      await database.insert(tables.poolSnapshot).values(pairSnapshot(pair()));
      continue;
    }
    await database.insert(tables.poolSnapshot).values(poolSnapshot({ poolId, ...balances }));
    for (const [tick, sign] of [
      [-202080, 1n],
      [-197280, -1n],
    ] as const) {
      const row = tickSnapshot({ poolId, tick, liquidityNet: sign * 6_000_000_000_000_000n });
      const { blockNumber: _, ...now } = row;
      await database.insert(tables.tick).values(now);
      await database.insert(tables.tickSnapshot).values(row);
    }
  }
  await database.insert(tables.position).values(positions);
  await database.insert(tables.ownership).values(positions.map((row) => ownership(row)));
  for (const [poolId, manager] of [
    [POOL, MANAGER],
    [PANCAKE, CAKE_MANAGER],
    [ALGEBRA, ALGEBRA_MANAGER],
  ]) {
    const corePositionId = `${poolId}:${manager}:-202080:-197280`;
    await database.insert(tables.corePositionSnapshot).values(core({ corePositionId }));
  }
  const chain = { id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 1, wrappedNative: WETH };
  app = createTestApi(database, { chains: [chain] });
});

afterAll(() => db.close());

async function answer(query: string) {
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  return data;
}

async function listed(where: string): Promise<string[]> {
  const { positions } = await answer(`{positions(where: {${where}}) {items {id} totalCount}}`);
  expect(positions.totalCount).toBe(positions.items.length);
  return positions.items.map(({ id }: { id: string }) => id).sort();
}

describe("one token id under four managers", () => {
  const ids = [MANAGER, V4_MANAGER, CAKE_MANAGER, ALGEBRA_MANAGER].map((manager) => `1:${manager}:7`);

  test("is four positions, each in its own pool", async () => {
    const [v3 = "", v4 = "", cake = "", algebra = ""] = ids;
    const fields = "{protocol manager tokenId pool {poolId protocol}}";
    const seen = await answer(`{
      v3: position(id: "${v3}") ${fields} v4: position(id: "${v4}") ${fields}
      cake: position(id: "${cake}") ${fields} algebra: position(id: "${algebra}") ${fields}
    }`);
    const one = (protocol: string, manager: string, poolId: string) => ({
      ...{ protocol, manager, tokenId: "7", pool: { poolId, protocol } },
    });
    expect(seen).toEqual({
      v3: one("UNISWAP_V3", MANAGER, POOL),
      v4: one("UNISWAP_V4", V4_MANAGER, V4_POOL),
      cake: one("PANCAKESWAP_V3", CAKE_MANAGER, PANCAKE),
      algebra: one("ALGEBRA_INTEGRAL", ALGEBRA_MANAGER, ALGEBRA),
    });
  });

  test("is listed by manager, by protocol and by itself", async () => {
    expect(await listed(`tokenId: "7"`)).toEqual([...ids].sort());
    expect(await listed(`tokenId: "7", manager: "${CAKE_MANAGER}"`)).toEqual([`1:${CAKE_MANAGER}:7`]);
    expect(await listed(`tokenId: "7", protocol: [UNISWAP_V4]`)).toEqual([`1:${V4_MANAGER}:7`]);
    expect(await listed("protocol: [ALGEBRA_INTEGRAL, UNISWAP_V2]")).toEqual([
      ...[`1:${ALGEBRA_MANAGER}:7`, `1:${PAIR}:${ALICE}`],
    ]);
    expect(await listed(`manager: "${V4_MANAGER}", owner: ["${ALICE}"]`)).toEqual([
      ...[`1:${V4_MANAGER}:7`, `1:${V4_MANAGER}:8`],
    ]);
    expect(await listed(`pool: "${PANCAKE}"`)).toEqual([`1:${CAKE_MANAGER}:7`]);
    expect(await listed(`chainId: 1, minValue: 1, protocol: [UNISWAP_V2]`)).toEqual([`1:${PAIR}:${ALICE}`]);
  });
});

test("the same pair on five protocols is five pools, and native currency another token than its wrapped one", async () => {
  const seen = await answer(`{
    wrapped: pools(where: {tokens: ["${WETH}", "${USDC}"]}) {items {protocol} totalCount}
    native: pools(where: {tokens: ["${NATIVE}"]}) {items {poolId token0 {id symbol decimals}}}
    algebra: pool(chainId: 1, poolId: "${ALGEBRA}") {
      feePips dynamicFee protocolFeeShare0 protocolFees {amount0} uncollectedFees {amount0} caveats}
    pancake: pool(chainId: 1, poolId: "${PANCAKE}") {protocolFeeShare0 protocolFeeShare1 protocolFees {amount0}}
  }`);
  expect(seen.wrapped.items.map(({ protocol }: { protocol: string }) => protocol).sort()).toEqual([
    ...["ALGEBRA_INTEGRAL", "PANCAKESWAP_V3", "UNISWAP_V2", "UNISWAP_V3", "UNISWAP_V4"],
  ]);
  expect(seen.native.items).toEqual([
    { poolId: ETHER, token0: { id: `1:${NATIVE}`, symbol: "ETH", decimals: 18 } },
  ]);
  expect(seen.algebra).toEqual({
    ...{
      feePips: 777,
      dynamicFee: true,
      protocolFeeShare0: 0.15,
      protocolFees: null,
      caveats: ["UNLOGGED_POKES"],
    },
    uncollectedFees: { amount0: String(10n ** 24n - 5n - 15553445685090027117n) },
  });
  expect(seen.pancake).toEqual({
    ...{ protocolFeeShare0: 0.32, protocolFeeShare1: 0.33, protocolFees: { amount0: "0" } },
  });
});

test("an account's book adds up by token and keeps its pools apart", async () => {
  const { account } = await answer(`{account(chainId: 1, address: "${ALICE}") {
    openPositions inventory {token {address} amount value} value
    pools {pool {poolId} positions inventory {amounts {amount0 amount1}}}
  }}`);
  expect(account.openPositions).toBe(6);
  const amounts = Object.fromEntries(
    account.inventory.map((held: { token: { address: string }; amount: string }) => [
      ...[held.token.address, held.amount],
    ]),
  );
  expect(amounts).toEqual({
    [NATIVE]: "15553445685090027117",
    // Four ranges, and what a burn of the LP tokens would pay.
    [WETH]: String(4n * 15553445685090027117n + 10099999999999978996n),
    [USDC]: String(5n * 29505906636n + 19802568393n),
  });
  const worthOf = (address: string): number =>
    account.inventory.find((held: { token: { address: string } }) => held.token.address === address).value;
  const each = (raw: string | undefined): number => Number(raw) / 1e18;
  expect(worthOf(NATIVE) / each(amounts[NATIVE])).toBeCloseTo(worthOf(WETH) / each(amounts[WETH]), 9);
  expect(account.value).toBeCloseTo(worthOf(NATIVE) + worthOf(WETH) + worthOf(USDC), 6);
  const range = { amount0: "15553445685090027117", amount1: "29505906636" };
  const principal = { amount0: "10099849998883700603", amount1: "19802274293" };
  expect(account.pools).toEqual(
    [POOL, V4_POOL, PANCAKE, ALGEBRA, PAIR, ETHER].sort().map((poolId) => ({
      ...{ pool: { poolId }, positions: 1 },
      inventory: { amounts: poolId === PAIR ? principal : range },
    })),
  );
});

test("a leaderboard of a pool counts that pool alone, the chain's all of them once", async () => {
  const entries = "items {account {address} positions value}";
  const seen = await answer(`{
    ether: leaderboard(chainId: 1, pool: "${ETHER}") {${entries}}
    pair: leaderboard(chainId: 1, pool: "${PAIR}") {${entries}}
    chain: leaderboard(chainId: 1) {${entries}}
    worths: positions(where: {owner: ["${ALICE}"]}) {items {worth(in: QUOTE)}}
  }`);
  const [first, second] = seen.ether.items;
  expect(seen.ether.items).toHaveLength(2);
  expect([first.positions, second.positions]).toEqual([1, 1]);
  expect(first.value).toBe(second.value);
  expect(seen.pair.items).toEqual([
    { account: { address: ALICE }, positions: 1, value: expect.closeTo(39605.136786, 4) },
  ]);
  const [alice, bob] = seen.chain.items;
  expect([alice.account.address, alice.positions]).toEqual([ALICE, 6]);
  expect([bob.account.address, bob.positions]).toEqual([BOB, 1]);
  const worths: number[] = seen.worths.items.map(({ worth }: { worth: number }) => worth);
  expect(worths).toHaveLength(6);
  // Its prices are the doubles of rows that were rounded to seven digits.
  const sum = worths.reduce((total, worth) => total + worth, 0);
  expect(Math.abs(alice.value / sum - 1)).toBeLessThan(1e-6);
});
