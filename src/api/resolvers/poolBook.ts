import type { ApiContext } from "../context.ts";
import { NOTHING_RECEIVED } from "../metrics/bookFees.ts";
import { movesAmounts } from "../metrics/poolCaveats.ts";
import { addFlows, type QuotedFlows, quotedFlows } from "../metrics/quotedFlows.ts";
import type { AccountAt, Holding, PoolHoldings } from "../queries/accounts.ts";
import type { Bookings } from "../queries/bookings.ts";
import { poolKey } from "../queries/poolKey.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Exposure } from "./exposure.ts";
import { standingOfOwnership } from "./ownershipStanding.ts";
import { pairOf } from "./pair.ts";
import { quotedFlowsOfOwnership } from "./quotedFlows.ts";
import { type Standing, sumStandings } from "./standing.ts";

const NOTHING = { amount0: 0n, amount1: 0n };

/** An account's positions in one pool as one book. */
export type PoolBook = {
  pool: PoolAt;
  positions: number;
  /** Those that it owns at the point and that hold something. */
  owned: readonly PositionAt[];
  standing: Standing;
};

export const poolBookResolvers = {
  inventory: ({ standing }: PoolBook) => standing,
  impermanentLoss: ({ standing }: PoolBook) => standing,
  fees: ({ standing }: PoolBook) => standing,
  pnl: ({ standing }: PoolBook) => standing,
  exposure: ({ standing, pool, owned }: PoolBook): Exposure => ({ standing, pool, positions: owned }),
};

/** Flows in all of an account that are converted one by one; with more than this none are. */
const MAX_FLOWS = 1_000;

export async function poolBooksOf(account: AccountAt, { ask }: ApiContext): Promise<PoolBook[]> {
  return (await account.book(ask)).map((ofPool) => {
    const { pool, settled, holdings } = ofPool;
    const live = holdings.map(({ position, ownership }) => standingOfOwnership(position, ownership));
    const standing = sumOf([settledStanding(account, ofPool), ...live]);
    const owned = holdings.filter(({ ownership }) => ownership.toBlock === null);
    return {
      ...{ pool, positions: settled.positions, standing: remembering(standing, account) },
      owned: owned.map(({ position }) => position),
    };
  });
}

/** In halves, since a sum asks its parts for their fees when it is asked: a row of 2,000 would ask 2,000 deep. */
function sumOf(standings: readonly Standing[]): Standing {
  const [first, second, ...others] = standings;
  if (first === undefined) throw new NoBookError();
  if (second === undefined) return first;
  if (others.length === 0) return sumStandings(first, second);
  const middle = Math.ceil(standings.length / 2);
  return sumStandings(sumOf(standings.slice(0, middle)), sumOf(standings.slice(middle)));
}

/** What moves no more as a book of its own: it holds nothing and waits for nothing. */
function settledStanding(account: AccountAt, { pool, settled }: PoolHoldings): Standing {
  const { sqrtPriceX96, tick, quarantinedBlock, hooks } = pool.row;
  if (sqrtPriceX96 === null || tick === null) throw new UnpricedBookError(pool);
  const { secondsOpen, lasting, fees: earned } = settled;
  const { feesCollectedValue0, feesCollectedValue1, ...rest } = settled.sums;
  const { receivedValue0, receivedValue1, recoveredValue0, recoveredValue1, ...sums } = rest;
  const fees =
    earned === null || (lasting > 0 && quarantinedBlock !== null) || movesAmounts(hooks)
      ? null
      : {
          ...NOTHING_RECEIVED,
          ...{ earned, uncollected: NOTHING, reported: { uncollected: NOTHING, collected: earned } },
          ...{ collectedValue0: feesCollectedValue0, collectedValue1: feesCollectedValue1 },
          ...{ receivedValue0, receivedValue1, recoveredValue0, recoveredValue1 },
        };
  return {
    sums: {
      ...{ liquidity: 0n, hold0: 0n, hold1: 0n, entryValue1: 0n, cost0: 0n, cost1: 0n },
      ...{ ...sums, secondsOpen },
    },
    held: NOTHING,
    ranges: [],
    ...{ pool: pool.row, pair: pairOf(pool), sqrtPriceX96, tick },
    fees: () => Promise.resolve(fees),
    quotedFlows: (context) => settledFlows(account, pool, context),
  };
}

async function settledFlows(
  account: AccountAt,
  pool: PoolAt,
  context: ApiContext,
): Promise<QuotedFlows | null> {
  const settled = await account.settled(context.ask);
  const ofPool = settled?.filter(({ ownership }) => poolKey(ownership) === poolKey(pool.row));
  let sum: QuotedFlows | null = ofPool === undefined ? null : quotedFlows([]);
  for (const { position, ownership } of ofPool ?? []) {
    const flows = await quotedFlowsOfOwnership(position, ownership, context);
    sum = sum === null || flows === null ? null : addFlows(sum, flows);
  }
  return sum;
}

/** Each is worked out once, whatever is asked of it, and flows only where an account has few of them. */
function remembering(standing: Standing, account: AccountAt): Standing {
  let fees: ReturnType<Standing["fees"]> | undefined;
  let flows: ReturnType<Standing["quotedFlows"]> | undefined;
  return {
    ...standing,
    fees: (context) => {
      fees ??= standing.fees(context);
      return fees;
    },
    quotedFlows: (context) => {
      flows ??= hasFewFlows(account, context).then((few) => (few ? standing.quotedFlows(context) : null));
      return flows;
    },
  };
}

async function hasFewFlows(account: AccountAt, { ask }: ApiContext): Promise<boolean> {
  const settled = await account.settled(ask);
  if (settled === null) return false;
  const live = (await account.book(ask)).flatMap(({ holdings }) => holdings);
  let count = 0;
  for (const holdings of [live, settled]) {
    // Those that were read together share their page.
    const bookings = await holdings[0]?.position.page.bookings(ask);
    if (bookings !== undefined) count += flowsOf(bookings, holdings);
  }
  return count <= MAX_FLOWS;
}

function flowsOf({ ownerships }: Bookings, holdings: readonly Holding[]): number {
  const numbers = new Set(
    holdings.map(({ ownership: { chainId, positionId, number } }) => `${chainId}:${positionId}:${number}`),
  );
  let count = 0;
  for (const rows of ownerships.values()) {
    for (const { chainId, positionId, number } of rows) {
      if (numbers.has(`${chainId}:${positionId}:${number}`)) count += 1;
    }
  }
  return count;
}

export class NoBookError extends Error {
  override readonly name = "NoBookError";

  constructor() {
    super("a sum of no books has no pool: check that every pool book has its settled part");
  }
}

export class UnpricedBookError extends Error {
  override readonly name = "UnpricedBookError";
  readonly poolId: string;

  constructor({ row }: PoolAt) {
    super(
      `an account has positions in pool ${row.poolId}, which has no price: check that Initialize was indexed`,
    );
    this.poolId = row.poolId;
  }
}
