import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import { playRows } from "./playRows.ts";
import { coverageOf } from "./v4/coverage.ts";
import { type EndOfHistory, readEnd } from "./v4/endOfHistory.ts";
import { type OperationName, recordV4History, type V4History } from "./v4/history.ts";
import { poolSpecs } from "./v4/poolSpecs.ts";
import { loadV4Handlers, type Replayed, replayHistory } from "./v4/replayHistory.ts";
import { wrongCurrencies, wrongOwed, wrongPositions, wrongTicks } from "./v4/wrongEnds.ts";

/** The whole run has 6,000 and more. */
const SWAPS = Number(process.env.BALLAST_TEST_SWAPS ?? 350);
const SEED = Number(process.env.BALLAST_TEST_SEED ?? 1);
const MINUTES = 60_000;

let anvil: Anvil;
let history: V4History;
let end: EndOfHistory;
let replayed: Replayed;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 4, keptStates: 60 });
  history = await recordV4History(chainClient(anvil.url), { seed: SEED, swaps: SWAPS, pools: poolSpecs });
  end = await readEnd(history);
  await loadV4Handlers(history.world);
  replayed = await replayHistory(history);
}, 30 * MINUTES);

afterAll(() => anvil?.stop());

test(`the history is what it says: ${SWAPS} swaps and more on ${poolSpecs.length} pools, of every kind`, () => {
  const { done, reverted } = history;
  const coverage = coverageOf(history, replayed.tables, end);
  const { states, modifications } = replayed;
  console.log({ ...coverage, states, modifications, done, reverted });
  expect(coverage.pools).toBe(20);
  expect(coverage.swaps).toBeGreaterThanOrEqual(SWAPS);
  const none = Object.entries(coverage).filter(([kind, seen]) => seen === 0 && kind !== "refusedCollects");
  expect(none).toEqual([]);
  const { donateToNobody: given, ...others } = done;
  expect(given).toBe(0);
  expect(Object.entries(others).filter(([, times]) => times === 0)).toEqual([]);
  for (const name of Object.keys(others) as OperationName[]) {
    expect(reverted[name], name).toBeLessThanOrEqual(0.25 * done[name] + 5);
  }
});

test("after every block each pool is the chain's, and every change of liquidity moved and paid what the manager answered", () => {
  expect(replayed.wrong.slice(0, 5)).toEqual([]);
  expect(replayed.states).toBeGreaterThanOrEqual(SWAPS);
  expect(replayed.modifications).toBeGreaterThan(100);
});

test("its rows alone play every swap again, with its fees", () => {
  const { swaps, wrong } = playRows(replayed.tables);
  expect(wrong).toEqual([]);
  expect(swaps).toBeGreaterThanOrEqual(SWAPS);
});

test("every tick is the manager's: liquidity and the growth on its far side", () => {
  expect(wrongTicks(replayed.tables, end).slice(0, 5)).toEqual([]);
});

test("every position is the manager's, under its salt or token id, and its owner's until it is burnt", () => {
  expect(wrongPositions(replayed.tables, end).slice(0, 5)).toEqual([]);
});

test("every position is owed what a collect pays", () => {
  expect(wrongOwed(replayed.tables, end).slice(0, 5)).toEqual([]);
  expect(end.positions.filter(({ refused }) => refused).length).toBeLessThan(0.1 * end.positions.length);
  const owed = end.positions.filter((position) => position.owed.amount0 !== 0n);
  expect(owed.length).toBeGreaterThan(20);
});

test("all pools of a currency hold what the manager has of it, and the protocol's part is what it says", () => {
  expect(wrongCurrencies(replayed.tables, end)).toEqual([]);
  for (const { protocolFees, paidToProtocol } of end.currencies) {
    expect(protocolFees + paidToProtocol).toBeGreaterThan(0n);
  }
});
