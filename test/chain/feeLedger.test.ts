import { PGlite } from "@electric-sql/pglite";
import type { Address } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { feeWeights, type OperationName } from "../../demo/chain/historyOperations.ts";
import { type App, anvilMarkets, startApp, TEST_SCHEMA } from "../app.ts";
import {
  asAnswer,
  askEveryPosition,
  askHoldings,
  askPoolsAsOf,
  type Holdings,
  type PositionAnswer,
} from "./fees/askApp.ts";
import { balancesOf, type Pair, surplus, surplusOfPool, wrongTokens } from "./fees/balances.ts";
import { countRoundings, type Roundings } from "./fees/countRoundings.ts";
import { allPools, fewPools } from "./fees/pools.ts";
import { type RecordedHistory, recordHistory } from "./fees/recordHistory.ts";
import { type Amounts, staticCollects } from "./fees/staticCollects.ts";

/** `npm run test:fees` asks for 10,000. */
const SWAPS = Number(process.env.BALLAST_TEST_SWAPS ?? 350);
const SEED = Number(process.env.BALLAST_TEST_SEED ?? 20_261_122);
const POOLS = SWAPS < 1_000 ? fewPools : allPools;
/** Some operations are not swaps, and a few revert. */
const OPERATIONS = Math.ceil(SWAPS * 1.35) + 7 * POOLS.length;
const MINUTES = 60_000;

type Balance = { holdings: Holdings; balances: Pair; roundings: Roundings; positions: PositionAnswer[] };

let anvil: Anvil;
let client: ChainClient;
let history: RecordedHistory;
let collects: Map<string, Amounts>;
let app: App;
let positions: Map<string, PositionAnswer>;
let balances: Map<Address, Balance>;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 6, keptStates: 60 });
  client = chainClient(anvil.url);
  history = await recordHistory(client, { seed: SEED, operations: OPERATIONS, pools: POOLS });
  collects = await staticCollects(client, history);
  const markets = anvilMarkets(anvil.url, history.deployment);
  // Ponder asks each URL for 20 blocks a second at first; the same one many times over is asked for more.
  const chains = markets.chains.map((chain) => ({ ...chain, rpc: Array(32).fill(anvil.url) }));
  app = await startApp({ ...markets, chains });
  await app.untilIndexed("anvil", Number(history.lastBlock), 1_200);
  positions = await askEveryPosition(app);
  balances = new Map();
  for (const pool of history.pools) {
    balances.set(pool.pool, {
      holdings: await askHoldings(app, pool.pool),
      balances: await balancesOf(client, pool),
      roundings: await countRoundings(client, pool),
      positions: [...positions.values()].filter(({ pool: at }) => at.poolId === pool.pool.toLowerCase()),
    });
  }
}, 30 * MINUTES);

afterAll(async () => {
  await app?.stop();
  await anvil?.stop();
  await app?.remove();
});

test(`the history is what it says: ${SWAPS} swaps and more on ${POOLS.length} pools, of every kind`, () => {
  const counted = [...balances.values()].map(({ roundings }) => roundings);
  const sum = (key: Exclude<keyof Roundings, "most0" | "most1">) =>
    counted.reduce((total, roundings) => total + roundings[key], 0);
  const names = Object.keys(feeWeights) as OperationName[];
  console.log({
    pools: counted.length,
    swaps: sum("swaps"),
    emptySwaps: sum("emptySwaps"),
    mostSteps: sum("steps"),
    touches: sum("touches"),
    flashes: sum("flashes"),
    protocolFeeChanges: sum("protocolFeeChanges"),
    positions: positions.size,
    states: history.states.length,
    done: history.done,
    reverted: history.reverted,
  });
  expect(counted.length).toBe(POOLS.length);
  expect(sum("swaps")).toBeGreaterThanOrEqual(SWAPS);
  for (const { swaps } of counted) expect(swaps).toBeGreaterThan(0);
  expect(sum("flashes")).toBeGreaterThan(0);
  expect(sum("emptySwaps")).toBeGreaterThan(0);
  // A short history is too short for the rarest.
  const missing = names.filter((name) => (history.done[name] ?? 0) === 0);
  expect(missing.length).toBeLessThanOrEqual(SWAPS < 1_000 ? 2 : 0);
});

test("pool(asOf:) of every block is the chain at that block: price, tick, liquidity, growth and protocol fees", {
  timeout: 20 * MINUTES,
}, async () => {
  const answers = await askPoolsAsOf(app, history.states);
  const wrong = history.states.flatMap(({ pool, block, state }, i) => {
    const [answer, truth] = [JSON.stringify(answers[i]), JSON.stringify(asAnswer(state))];
    return answer === truth ? [] : [{ ...feeOf(pool), block, answer, truth }];
  });
  expect(answers.length).toBe(history.states.length);
  expect({ mismatches: wrong.length, first: wrong.slice(0, 5) }).toEqual({ mismatches: 0, first: [] });
});

test("every tick is the contract's: liquidity and the growth on its far side", {
  timeout: 10 * MINUTES,
}, async () => {
  await app.stop();
  const database = new PGlite(app.databaseDirectory);
  const { rows } = await database.query<Record<"gross" | "net" | "outside0" | "outside1", string> & TickKey>(
    `select pool_id as pool, tick::int, liquidity_gross::text as gross, liquidity_net::text as net,
       fee_growth_outside0_x_128::text as outside0, fee_growth_outside1_x_128::text as outside1
     from ${TEST_SCHEMA}.tick`,
  );
  await database.close();
  expect(rows.length).toBeGreaterThan(POOLS.length * 4);
  const truth = await Promise.all(rows.map(({ pool: address, tick }) => readTick(address, tick)));
  const wrong = rows.filter((row, i) => JSON.stringify(row) !== JSON.stringify(truth[i]));
  expect(wrong.map((row) => ({ row, truth: truth[rows.indexOf(row)] })).slice(0, 5)).toEqual([]);
});

test("every position is owed what a poke and a static collect pay, and its residual is 0", () => {
  const manager = history.deployment.positionManager.toLowerCase();
  expect([...positions.keys()].sort()).toEqual([...collects.keys()].sort());
  const wrong = [...positions.values()].filter(({ id, owed, residual }) => {
    const paid = collects.get(id);
    // What no NFT has of the manager's core position can be paid no more than all of it.
    const leftover = id.split(":")[2] === manager;
    const equal = leftover ? isWithin(owed, paid) : JSON.stringify(owed) === JSON.stringify(paid);
    return !equal || JSON.stringify(residual) !== JSON.stringify({ amount0: "0", amount1: "0" });
  });
  expect({
    mismatches: wrong.length,
    first: wrong.slice(0, 5).map((position) => ({ position, collected: collects.get(position.id) })),
  }).toEqual({ mismatches: 0, first: [] });
  expect([...positions.values()].filter(({ owed }) => owed.amount0 !== "0").length).toBeGreaterThan(20);
});

test("of every pool and token, the protocol and the positions are owed no more than is there, and all but what rounding left", () => {
  for (const pool of history.pools) {
    const { balances: held, holdings, positions, roundings } = found(balances.get(pool.pool));
    // Fees over 2^128 are lost in the contract: of an overpaid pool more may be left.
    const left = surplus(held, holdings, positions);
    const bounds =
      pool.overpaid === true ? { ...roundings, most0: 2n ** 200n, most1: 2n ** 200n } : roundings;
    expect(wrongTokens(left, bounds), JSON.stringify(feeOf(pool.pool))).toEqual([]);
  }
});

test("principal, uncollected fees, protocol fees and principal owed of every pool add up to its balances", () => {
  for (const pool of history.pools) {
    const { balances: held, holdings, positions, roundings } = found(balances.get(pool.pool));
    const [left0, left1] = surplusOfPool(held, holdings, positions);
    const size = (value: bigint) => (value < 0n ? -value : value);
    const units = BigInt(roundings.touches + positions.length);
    expect(
      size(left0) <= units && size(left1) <= units,
      `${JSON.stringify(feeOf(pool.pool))} ${left0} ${left1}`,
    ).toBe(true);
  }
});

type TickKey = { pool: Address; tick: number };

async function readTick(address: Address, tick: number) {
  const read = { address, abi: poolAbi, functionName: "ticks", args: [tick] } as const;
  const [gross, net, outside0, outside1] = await client.readContract(read);
  return {
    pool: address,
    tick,
    gross: String(gross),
    net: String(net),
    outside0: String(outside0),
    outside1: String(outside1),
  };
}

function feeOf(pool: Address) {
  const { fee, tickSpacing } = found(history.pools.find((known) => known.pool === pool));
  return { pool, fee, tickSpacing };
}

function isWithin(owed: Amounts, most: Amounts | undefined): boolean {
  if (most === undefined) return false;
  return BigInt(owed.amount0) <= BigInt(most.amount0) && BigInt(owed.amount1) <= BigInt(most.amount1);
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("not one of this history's pools");
  return value;
}
