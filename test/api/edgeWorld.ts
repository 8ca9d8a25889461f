import * as tables from "../../ponder.schema.ts";
import type { TestDatabase } from "./database.ts";
import { bucketBefore } from "./eventRows.ts";
import {
  beginChain,
  CHAIN_ID,
  createIndexedWorld,
  LoggedPool,
  nextBlock,
  OWNERS,
  TOKEN1,
} from "./indexedWorld.ts";
import {
  AFTER_SALE,
  EMPTY_BOOK,
  PAIR,
  pair,
  pairPosition,
  pairSnapshot,
  snapshotOf,
} from "./protocolRows.ts";
import { ALICE, address, block, token, USDC } from "./rows.ts";

/** Unix seconds, a minute after everything but the young was put in. */
export const BEGUN = 1_699_840_084;
const E18 = 10n ** 18n;
const HOUR = 3_600;
const BOB = address("d2");
const [ONE = ALICE, TWO = ALICE, THREE = ALICE] = OWNERS;

/** Pools where something is missing: trades, liquidity, liquidity in range, a price. */
export const POOLS = {
  traded: address("aa"),
  quiet: address("ab"),
  empty: address("ac"),
  far: address("ad"),
  unpriced: address("ae"),
} as const;

export const PAIRS = { pair: PAIR, emptyPair: address("b6") } as const;

const YOUNG = address("af");

const idOf = (pool: string, owner: string, lower: number, upper: number) =>
  `${CHAIN_ID}:${pool}:${owner}:${lower}:${upper}`;

/** Positions at the edges: out of range on either side, one tick wide, of nothing, gone. */
export const POSITIONS = {
  /** In range for its whole life of hours; all principal was paid, its fees wait. */
  closed: idOf(POOLS.traded, TWO, -60, 60),
  /** Opened and closed in one block. */
  justInTime: idOf(POOLS.traded, THREE, -5, 5),
  /** All token0, the price never came near. */
  below: idOf(POOLS.traded, ONE, 390, 400),
  /** All token1, the price never came near. */
  above: idOf(POOLS.traded, ONE, -400, -390),
  /** In range, at its lower tick. */
  oneTick: idOf(POOLS.traded, ONE, 0, 1),
  /** Of liquidity 1: a unit of each token was paid for it, and it pays 0 and 0. */
  dust: idOf(POOLS.traded, ONE, -20, 20),
  /** Out of range of a pool with nothing in range, whose price never moved. */
  far: idOf(POOLS.far, ONE, 390, 400),
  /** Put in half an hour ago, into a pool that began then. */
  young: idOf(YOUNG, ONE, -600, 600),
  /** A hundredth of the pair of metrics.md 1.2, after its sale. */
  pair: `1:${PAIR}:${ALICE}`,
  /** The same, taken out again before the sale. */
  closedPair: `1:${PAIR}:${BOB}`,
} as const;

export const CHAINS = [
  { id: CHAIN_ID, name: "anvil", quoteToken: TOKEN1, quoteMinDepth: 0 },
  { id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 0 },
];

/** Forty hours of a v3 pool with spacing 1 whose price goes down and up by a tick, and a day of a v2 pair. */
export async function createEdgeWorld(): Promise<TestDatabase> {
  const chain = beginChain(BEGUN - 84);
  const pools = Object.values(POOLS).map((id) => new LoggedPool(chain, id, 1));
  const [traded, quiet, , far] = pools;
  const young = new LoggedPool(chain, YOUNG, 1);
  nextBlock(chain, 12);
  for (const pool of pools.slice(0, 4)) pool.initialize();
  nextBlock(chain, 12);
  traded?.deposit({ owner: TWO, tickLower: -600, tickUpper: 600, liquidity: 1_000n * E18 });
  traded?.deposit({ owner: TWO, tickLower: -60, tickUpper: 60, liquidity: E18 });
  for (const [tickLower, tickUpper] of [
    [390, 400],
    [-400, -390],
    [0, 1],
  ] as const) {
    traded?.deposit({ owner: ONE, tickLower, tickUpper, liquidity: E18 });
  }
  traded?.deposit({ owner: ONE, tickLower: -20, tickUpper: 20, liquidity: 1n });
  traded?.deposit({ owner: THREE, tickLower: -5, tickUpper: 5, liquidity: E18 });
  traded?.withdraw(6, 100n, true);
  quiet?.deposit({ owner: ONE, tickLower: -600, tickUpper: 600, liquidity: E18 });
  far?.deposit({ owner: ONE, tickLower: 390, tickUpper: 400, liquidity: E18 });
  nextBlock(chain, HOUR);
  traded?.swap(false, E18 / 40n);
  for (let i = 0; i < 20; i++) {
    for (const zeroForOne of [true, false]) {
      nextBlock(chain, HOUR);
      traded?.swap(zeroForOne, E18 / 10n);
      if (i === 2 && zeroForOne) traded?.withdraw(1, 100n, true);
    }
  }
  nextBlock(chain, 12);
  young.initialize();
  young.deposit({ owner: ONE, tickLower: -600, tickUpper: 600, liquidity: E18 });
  nextBlock(chain, HOUR / 2);
  // A poke, for a block to stand at.
  quiet?.withdraw(0, 0n, false);
  const db = await createIndexedWorld(chain);
  await addPair(db);
  return db;
}

/** Of which no LP token was minted yet. */
const emptyPair = pair({
  ...{ poolId: PAIRS.emptyPair, sqrtPriceX96: null, tick: null, sqrtPriceDouble: null, liquidity: 0n },
  ...{
    shares: 0n,
    basisX64: 0n,
    kLast: 0n,
    balance0: 0n,
    balance1: 0n,
    lvrSqrtPriceX96: null,
    lvrTick: null,
  },
});

async function addPair({ database }: TestDatabase): Promise<void> {
  const at = (hours: number) => 1_700_000_020 - (24 - hours) * HOUR;
  await database
    .insert(tables.block)
    .values([0, 2, 3, 24].map((hours) => block({ number: 20 + hours, timestamp: at(hours) })));
  await database
    .insert(tables.token)
    .values([token(), token({ address: USDC, symbol: "USDC", decimals: 6 })]);
  const opened = { openedBlock: 20, openedTimestamp: at(0), settledTimestamp: at(0) };
  const alice = pairPosition(opened);
  const bob = pairPosition({
    ...EMPTY_BOOK,
    ...{ ...opened, owner: BOB, basisX64: 0n, closedBlock: 22, closedTimestamp: at(2) },
    ...{ settledTimestamp: at(2), secondsOpen: 2 * HOUR, secondsInRange: 2 * HOUR },
    ...{ deposited0: 10n ** 19n, deposited1: 2n * 10n ** 10n, depositedValue0: 2n * 10n ** 19n },
    ...{ depositedValue1: 4n * 10n ** 10n, maxCapital1: 4n * 10n ** 10n },
    ...{ capitalSeconds1: 4n * 10n ** 10n * 7_200n, released0: 10n ** 19n, released1: 2n * 10n ** 10n },
    // Of the 9999999999999979204 and 19999999999 that a burn paid, 207 units are fees.
    ...{ withdrawn0: 9999999999999978997n, withdrawn1: 19999999999n, withdrawnValue1: 39999999999n },
    ...{ withdrawnValue0: 19999999999499978997n, realizedIl1: -1n, realizedIl0: -500021003n },
    ...{ collected0: 9999999999999979204n, collected1: 19999999999n, feesTaken0: 207n },
    ...{ debited0: 9999999999999979204n, debited1: 19999999999n },
  });
  // A hundred times what the position loses: Lb (s1 - s0)^2 / s0.
  const lvr = 195_477_275n << 128n;
  const began = { createdTimestamp: at(0), trackedFromTimestamp: at(0), changedBlock: 23 };
  const traded = pair({ ...began, lvrX128: lvr, lvrPerSwapX128: lvr });
  await database.insert(tables.pool).values([traded, emptyPair]);
  await database
    .insert(tables.poolSnapshot)
    .values([pairSnapshot(), pairSnapshot({ ...traded, blockNumber: 23 })]);
  await database.insert(tables.position).values([alice, bob]);
  await database.insert(tables.positionSnapshot).values([alice, bob].map(snapshotOf));
  const closes = [
    [at(0), pairSnapshot().sqrtPriceX96 ?? 0n],
    [at(3), AFTER_SALE.sqrtPriceX96],
  ] as const;
  await database
    .insert(tables.poolBucket)
    .values(closes.map(([time, root]) => bucketBefore(time - (time % 300) + 300, root, { poolId: PAIR })));
}
