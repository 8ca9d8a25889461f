import { afterAll, beforeAll, expect, test } from "vitest";
import { type OperationName, ownerWeights } from "../../demo/chain/historyOperations.ts";
import { type App, startApp } from "../app.ts";
import { add, nothing, type Pair, positive, subtract } from "./owners/amounts.ts";
import { askAccount, askEvents, askIds, askLeaders, pairOf, type Side, sumOf } from "./owners/askOwners.ts";
import { Comparison } from "./owners/compare.ts";
import { type Answers, askAll, compareAll } from "./owners/compareAll.ts";
import {
  bound,
  compareBook,
  compareMoney,
  earnedIn,
  sumFigures,
  sumOfBounds,
  sumOfCostUnits,
  type Time,
  transferRounding,
} from "./owners/compareBooks.ts";
import { compareLeaders } from "./owners/compareLeaders.ts";
import { fraction, isLess, minus, ofDouble, plus, size, times } from "./owners/fraction.ts";
import { earned } from "./owners/position.ts";
import { lower } from "./owners/readSteps.ts";
import { type RecordedBooks, recordBooks } from "./owners/recordBooks.ts";

/** `npm run test:owners` asks for 5,000. */
const OPERATIONS = Number(process.env.BALLAST_TEST_OPERATIONS ?? 1_100);
const SEED = Number(process.env.BALLAST_TEST_SEED ?? 4_600);
const SIDES: readonly Side[] = [0, 1];
const MINUTES = 60_000;

let recorded: RecordedBooks;
let app: App;
let answers: Answers;

beforeAll(async () => {
  recorded = await recordBooks({ seed: SEED, operations: OPERATIONS });
  app = await startApp(recorded.markets);
  await app.untilIndexed("anvil", recorded.last, 1_200);
  answers = await askAll(app, recorded);
}, 30 * MINUTES);

afterAll(async () => {
  await app?.stop();
  await recorded?.anvil.stop();
  await app?.remove();
});

test(`the history is what it says: ${OPERATIONS} operations, NFTs handed over in every order`, () => {
  const names = Object.keys(ownerWeights) as OperationName[];
  const reverted = Object.values(recorded.history.reverted).reduce((sum, number) => sum + number, 0);
  const segments = [...recorded.books.values()].flatMap(({ position }) => position.segments);
  const ended = segments.filter(({ figures }) => figures !== null);
  const cameWithFees = segments.filter(({ received: [, in1] }) => in1.n > 0n);
  const inOneBlock = ended.filter(({ fromBlock, toBlock }) => fromBlock === toBlock);
  console.log({
    blocks: recorded.last,
    positions: recorded.books.size,
    burned: [...recorded.books.values()].filter(({ position }) => position.burned).length,
    ...{ segments: segments.length, cameWithFees: cameWithFees.length, inOneBlock: inOneBlock.length },
    ...{ reverted, done: recorded.history.done },
  });
  expect(OPERATIONS - reverted).toBeGreaterThanOrEqual(1_000);
  expect(names.filter((name) => (recorded.history.done[name] ?? 0) === 0)).toEqual([]);
  expect(ended.length).toBeGreaterThan(150);
  expect(cameWithFees.length).toBeGreaterThan(50);
  expect(inOneBlock.length).toBeGreaterThan(10);
});

test("of every position and token, what was deposited, withdrawn and collected is what the tokens' own transfers say", async () => {
  const comparison = new Comparison();
  expect((await askIds(app)).sort()).toEqual([...recorded.books.keys()].sort());
  for (const { position, moment, payable } of recorded.books.values()) {
    const { id, flowsIn, flowsOut, basket } = position;
    const answer = found(answers[0].get(id));
    const events = await askEvents(app, id);
    const same = (figure: string, said: Pair, chain: Pair) => comparison.exact(id, figure, said, chain);
    const { fees } = answer;
    same("deposited", pairOf(answer.deposited), flowsIn);
    same("withdrawn", pairOf(answer.withdrawn), basket.withdrawn);
    // As metrics.md 5.5 reports them, over the whole life.
    const principalOwed = positive(subtract(basket.withdrawn, position.debited));
    const reported = positive(subtract(flowsOut, basket.withdrawn));
    same("principal owed", pairOf(answer.principalOwed), principalOwed);
    same("collected fees", pairOf(fees.collected), reported);
    same("uncollected fees", pairOf(fees.uncollected), subtract(moment.owed, principalOwed));
    same("earned fees", pairOf(fees.earned), add(reported, subtract(moment.owed, principalOwed)));
    same("residual", pairOf(answer.residual), nothing);
    // What no NFT has of the manager's own position is paid to nobody.
    if (position.tokenId !== null || position.holder !== lower(recorded.history.deployment.positionManager))
      same("owed", pairOf(answer.owed), payable);
    same("deposits", sumOf(events, "DEPOSIT", "principal"), flowsIn);
    same("withdrawals", sumOf(events, "WITHDRAW", "principal"), basket.withdrawn);
    same("payments", sumOf(events, "COLLECT", "paidOut"), flowsOut);
  }
  agree(comparison);
});

test("IL, P&L and fees of every position and of every owner of it are those of the independent calculation", () => {
  agree(compareAll(recorded, answers));
});

test("P&L and fees of a position's owners add up to the position's", () => {
  for (const { position, moment } of recorded.books.values()) {
    const { pnl, owners } = found(answers[1].get(position.id));
    const raw = (total: number) => times(ofDouble(total), fraction(1_000_000n));
    const parts = owners.map((ownership) => raw(ownership.pnl.total));
    const doubles = times(plus(...parts.map(size)), fraction(1n, 2n ** 51n));
    const most = plus(fraction(BigInt(bound(position))), transferRounding(position), doubles);
    expect(isLess(size(minus(plus(...parts), raw(pnl.total))), most), position.id).toBe(true);
    const fees = position.segments.map((segment) =>
      earnedIn({ position, segment, moment, payable: nothing }),
    );
    expect(fees.reduce(add, nothing)).toEqual(earned(position, moment));
  }
});

test("an account's book is the sum of its own times with positions, pool by pool and over all of them", async () => {
  const comparison = new Comparison();
  const owners = new Set(everyTime().map(({ segment }) => segment.owner));
  expect(owners.size).toBeGreaterThan(5);
  for (const side of SIDES) {
    for (const address of owners) {
      const account = found((await askAccount(app, address, side)) ?? undefined);
      const own = everyTime().filter(({ segment }) => segment.owner === address);
      const pools = new Set(own.map(({ position }) => position.pool));
      comparison.exact(
        address,
        "pools",
        account.pools.map(({ pool }) => pool.poolId).sort(),
        [...pools].sort(),
      );
      for (const book of account.pools) {
        const { poolId } = book.pool;
        const times = own.filter(({ position }) => position.pool === poolId);
        compareBook(comparison, book, times, { side, decimals: recorded.decimalsOf(poolId, side) });
      }
      // Values are quoted in the pools' token1, of 6 decimals.
      const units = sumOfBounds(own);
      const scale = { side: 1, decimals: 6, units, costUnits: sumOfCostUnits(own, 1) } as const;
      compareMoney(comparison, address, { pnl: account.pnl }, sumFigures(own), scale);
    }
  }
  agree(comparison);
});

test("leaderboards by profit, of each pool and of the chain, have everybody with what it has and made", async () => {
  const comparison = new Comparison();
  for (const { pool } of recorded.history.pools) {
    const times = everyTime().filter(({ position }) => position.pool === lower(pool));
    compareLeaders(comparison, await askLeaders(app, pool), times, recorded.decimalsOf(lower(pool), 1));
  }
  // Values are quoted in the pools' token1.
  compareLeaders(comparison, await askLeaders(app, null), everyTime(), 6);
  agree(comparison);
});

test("full range, price 1, handed over at 2, back at 1: the position lost 0, its owners 0.1716 and 0.1213 of a million", () => {
  const { impermanentLoss, owners, pnl } = found(answers[1].get(recorded.scripted.id));
  expect(impermanentLoss.total).toBeCloseTo(0, 4);
  const losses = owners.map((ownership) => ownership.impermanentLoss.total);
  expect(losses).toEqual([expect.closeTo(-171_572.875_254, 3), expect.closeTo(-121_320.343_56, 3)]);
  expect(pnl.total).toBeCloseTo(0, 4);
  expect(owners.reduce((sum, ownership) => sum + ownership.pnl.total, 0)).toBeCloseTo(0, 4);
});

/** Every owner's every time with a position. */
function everyTime(): Time[] {
  return [...recorded.books.values()].flatMap((closing) =>
    closing.position.segments.map((segment) => ({ ...closing, segment })),
  );
}

function agree({ compared, farthest, disagreements }: Comparison): void {
  console.log({ compared, farthest, disagreements: disagreements.length });
  expect(compared).toBeGreaterThan(100);
  expect({ disagreements: disagreements.length, first: disagreements.slice(0, 10) }).toEqual({
    disagreements: 0,
    first: [],
  });
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the app says nothing of it");
  return value;
}
