import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import { startUniswapV2Rig, type V2Rig } from "../../demo/chain/uniswapV2Rig.ts";
import * as tables from "../../ponder.schema.ts";
import { openPlayback, playEvent } from "../../src/api/metrics/playback.ts";
import { PairSupplyError } from "../../src/api/metrics/playedPair.ts";
import { openShadow } from "../../src/api/metrics/shadowPosition.ts";
import { findPastPool } from "../../src/api/queries/pastPools.ts";
import { recordedEvents } from "../../src/api/queries/recordedEvents.ts";
import { snapshotsAt } from "../../src/api/queries/snapshotsAt.ts";
import { playedPool } from "../../src/api/resolvers/playHistory.ts";
import type { Snapshot } from "../../src/api/snapshot.ts";
import { pairAmounts } from "../../src/state/pairPool.ts";
import { databaseOf } from "../api/indexedWorld.ts";
import { mutatedTree, removeTree } from "./fees/mutatedTree.ts";
import { type CheckedPair, checkPair, misjudged, parked, switches, told } from "./v2/checkPair.ts";
import { loadPairHandlers, type PairIndex } from "./v2/indexPairs.ts";
import { pairMutations } from "./v2/pairMutations.ts";
import { eventRows, poolRow, positionRows } from "./v2/pairRows.ts";
import { type RecordedPair, recordPair } from "./v2/recordPair.ts";

/** Blocks that are played at a time. */
const SPAN = 25;
const ALL = { tickLower: -887_272, tickUpper: 887_272 };
const BLOCKS = Number(process.env.BALLAST_TEST_BLOCKS ?? 600);
const SEED = Number(process.env.BALLAST_TEST_SEED ?? 20_001);

let anvil: Anvil;
let rig: V2Rig;
let recorded: RecordedPair;
let index: PairIndex;
let checked: CheckedPair;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 6, keptStates: 60 });
  rig = await startUniswapV2Rig(chainClient(anvil.url), { sqrtPriceX96: 2n ** 92n });
  const [account] = rig.accounts;
  if (account === undefined) throw new RangeError("no account");
  await rig.open({ account, tickLower: 0, tickUpper: 0, liquidity: 10n ** 18n });
  recorded = await recordPair(rig, { seed: SEED, blocks: BLOCKS });
  index = (await loadPairHandlers(rig.factory))();
  checked = await checkPair(recorded, index, pairAmounts);
}, 900_000);

afterAll(async () => {
  await anvil?.stop();
});

test("the history has every operation there is, and most of them go through", () => {
  const { reverted = 0, ...done } = Object.fromEntries(recorded.done);
  console.log({ reverted, done, burns: checked.burns.length, compared: checked.compared });
  expect(Object.keys(done).sort()).toEqual(
    [
      ...["block", "burn", "burnTwice", "feeTo", "flash", "gift", "lock", "mint", "mintAndBurn", "nothing"],
      ...["park", "skim", "swap", "swapAndBurn", "sync", "toSelf", "transfer"],
    ].sort(),
  );
  expect(reverted).toBeLessThan(BLOCKS / 10);
});

test("after every block reserves, LP tokens of every holder, supply and kLast are the pair's own", () => {
  expect(checked.compared).toBeGreaterThan(BLOCKS * 20);
  expect(checked.differences.slice(0, 10)).toEqual([]);
});

test("200 burns and more pay to the last unit what the rows before them say, with the protocol's fee on and off", () => {
  const burns = told(checked.burns);
  expect(burns.length).toBeGreaterThan(200);
  expect(burns.filter(({ feeOn }) => feeOn).length).toBeGreaterThan(60);
  expect(burns.filter(({ feeOn }) => !feeOn).length).toBeGreaterThan(60);
  expect(misjudged(burns)).toEqual([]);
});

test("a fee that is switched without a log surprises one burn at most", () => {
  expect(switches(recorded)).toBeGreaterThan(10);
  expect(misjudged(checked.burns).length).toBeLessThanOrEqual(switches(recorded));
});

test("withdrawals pay all that the pair's burns paid, and transfers to the pair are left for what was not burnt with them", () => {
  const events = eventRows(index.tables);
  const withdrawals = events.filter(({ kind }) => kind === "WITHDRAW");
  const sum = (amounts: bigint[]) => amounts.reduce((all, amount) => all + amount, 0n);
  expect([sum(withdrawals.map((row) => row.paidOut0)), sum(withdrawals.map((row) => row.paidOut1))]).toEqual(
    checked.paid,
  );
  const toPair = events.filter(({ kind, to }) => kind === "TRANSFER" && to === poolRow(index.tables).poolId);
  expect(toPair.length).toBe(parked(recorded, rig.pool.toLowerCase()));
  expect(toPair.length).toBeGreaterThan(10);
});

test("every holder's LP tokens are one position, those of the protocol too", () => {
  const positions = positionRows(index.tables);
  expect(new Set(positions.map(({ owner }) => owner)).size).toBe(positions.length);
  expect(positions.map(({ positionId }) => positionId).sort()).toEqual(
    rig.accounts.map((account) => `${rig.pool}:${account}`.toLowerCase()).sort(),
  );
});

test("the rows alone play every swap again: each holder ends with what it holds, and events lead to what most blocks left", async () => {
  const db = await databaseOf(index.tables);
  const { database } = db;
  const context = { ask: <T>(question: (snapshot: Snapshot) => Promise<T>) => question(database) };
  const [row] = await database.select().from(tables.pool);
  if (row === undefined) throw new RangeError("the pair has no row");
  const key = { chainId: row.chainId, poolId: row.poolId };
  const poolAt = async (number: number) => {
    const past = await findPastPool(database, { ...key, number, timestamp: 0, hash: "0x" }, key);
    const { sqrtPriceX96 = null, tick = null } = past?.row ?? {};
    if (past === null || sqrtPriceX96 === null || tick === null) throw new RangeError("it has no price");
    return { ...past.row, sqrtPriceX96, tick };
  };
  const heldAt = async (id: string, blockNumber: number) => {
    const at = [{ chainId: row.chainId, id, blockNumber }];
    const columns = { id: tables.positionSnapshot.positionId };
    const [found] = await snapshotsAt(database, tables.positionSnapshot, columns, at);
    return found?.liquidity ?? 0n;
  };
  const first = Math.min(...positionRows(index.tables).map(({ openedBlock }) => openedBlock));
  const counted = { trades: 0, played: 0, unknown: 0, blocks: 0, reserves: 0, shares: 0 };
  for (let from = first; from < row.changedBlock; from += SPAN) {
    const to = Math.min(from + SPAN, row.changedBlock);
    const before = await poolAt(from);
    for (const { positionId } of positionRows(index.tables)) {
      const shadow = openShadow(ALL, await heldAt(positionId, from), false);
      const pool = playedPool(before, []);
      const playback = openPlayback({ pool, shadow, positionId }, { number: from, timestamp: 0 }, 0);
      try {
        for await (const events of recordedEvents(
          context.ask,
          key,
          { afterBlock: from, toBlock: to },
          true,
        )) {
          for (const event of events) {
            if (event.kind === "PAIR_AFTER") {
              const { balance0, balance1, shares } = event.after;
              const { pair } = pool;
              counted.blocks++;
              if (pair?.balance0 === balance0 && pair.balance1 === balance1) counted.reserves++;
              if (pair?.shares === shares) counted.shares++;
            }
            playEvent(playback, event);
          }
        }
      } catch (error) {
        if (!(error instanceof PairSupplyError)) throw error;
        counted.unknown++;
        continue;
      }
      counted.played++;
      expect(shadow.liquidity, `${positionId} ${to}`).toBe(await heldAt(positionId, to));
      counted.trades += playback.markouts.trades.length;
    }
  }
  console.log(counted);
  expect(counted.trades).toBeGreaterThan(BLOCKS / 2);
  expect(counted.played).toBeGreaterThan(2 * counted.unknown);
  // But for what a Sync alone moved after a block's last swap, and for burns of what lay in the pair.
  expect(counted.reserves / counted.blocks).toBeGreaterThan(0.8);
  expect(counted.shares / counted.blocks).toBeGreaterThan(0.9);
  await db.close();
});

test.for(pairMutations)("the chain notices %s", async ([, mutations]) => {
  const some = { ...recorded, steps: recorded.steps.slice(0, 200) };
  const root = await mutatedTree(mutations);
  try {
    const wrong = (await loadPairHandlers(rig.factory, { root }))();
    const { pairAmounts: amounts } = await import(join(root, "src/state/pairPool.ts"));
    expect(await faultsOf(some, wrong, amounts)).toBeGreaterThan(0);
  } finally {
    await removeTree(root);
  }
});

test("the same few blocks have no fault where nothing is wrong", async () => {
  const right = (await loadPairHandlers(rig.factory))();
  expect(await faultsOf({ ...recorded, steps: recorded.steps.slice(0, 200) }, right, pairAmounts)).toBe(0);
});

/** What the tests above count. Books that break are noticed too. */
async function faultsOf(some: RecordedPair, of: PairIndex, amounts: typeof pairAmounts): Promise<number> {
  try {
    const { burns, differences } = await checkPair(some, of, amounts);
    const surprised = misjudged(burns).length - switches(some);
    return differences.length + misjudged(told(burns)).length + Math.max(0, surprised);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
