import { type Amounts, getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import { settleCapital } from "../../state/capitalLedger.ts";
import { feesCollectedValue, feesEarned, feesUncollected, reportedFees } from "../../state/feeParts.ts";
import { pairPrincipal } from "../../state/pairPool.ts";
import type { ApiContext } from "../context.ts";
import { addFees, type BookFees, NOTHING_RECEIVED } from "../metrics/bookFees.ts";
import { addSums, type BookSums } from "../metrics/bookSums.ts";
import { pairFees } from "../metrics/pairFees.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { isPair } from "../metrics/protocol.ts";
import { addFlows, type QuotedFlows } from "../metrics/quotedFlows.ts";
import type { PoolAt, PoolRow } from "../queries/pools.ts";
import type { PositionAt, PositionRow } from "../queries/positions.ts";
import { ledgerOf } from "./ledger.ts";
import { once } from "./once.ts";
import { type Pair, pairOf } from "./pair.ts";
import { quotedFlowsOfPosition } from "./quotedFlows.ts";

export type Range = { tickLower: number; tickUpper: number; liquidity: bigint };

/**
 * A book at its pool's price, which inventory, impermanent loss, fees and profit and loss stand on: a position's, an
 * owner's time with one, or several of one pool as one.
 */
export type Standing = {
  sums: BookSums;
  /** The principal that a burn would pay out; nothing where an ownership has ended. */
  held: Amounts;
  /** Where the liquidity of that principal is: one range, several in a sum. */
  ranges: readonly Range[];
  pool: PoolRow;
  pair: Pair;
  sqrtPriceX96: bigint;
  tick: number;
  /** Null where they are not known. */
  fees(context: ApiContext): Promise<BookFees | null>;
  /** Null where a flow has no quote price, and for more history than is read. */
  quotedFlows(context: ApiContext): Promise<QuotedFlows | null>;
};

/** A position's own book, whoever owned it. */
export function standingOf(position: PositionAt): Standing {
  const { row, pool } = position;
  return {
    ...placeAtPrice(pool, row, row),
    sums: settleCapital(row, pool.tip.timestamp),
    fees: once((context) => feesOfPosition(position, context)),
    quotedFlows: once((context) => quotedFlowsOfPosition(position, context)),
  };
}

/** Several books of one pool, at one point, as one. */
export function sumStandings(first: Standing, ...others: readonly Standing[]): Standing {
  return others.reduce(addStandings, first);
}

/** The pool's price, and what a range with this liquidity holds at it. */
export function placeAtPrice(
  pool: PoolAt,
  range: Range,
  row: PositionRow,
): Pick<Standing, "held" | "ranges" | "pool" | "pair" | "sqrtPriceX96" | "tick"> {
  const { sqrtPriceX96, tick } = pool.row;
  if (sqrtPriceX96 === null || tick === null) throw new UnpricedPositionError(row);
  const { tickLower, tickUpper } = range;
  const common = { pool: pool.row, pair: pairOf(pool), sqrtPriceX96, tick };
  if (row.basisX64 !== null) {
    const principal = { tickLower, tickUpper, liquidity: row.basisX64 >> 64n };
    return { ...common, held: pairPrincipal(pool.row, row.basisX64), ranges: [principal] };
  }
  const { liquidity } = range;
  const at = { sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp: false };
  return { ...common, held: getAmountsForLiquidity(at), ranges: [{ tickLower, tickUpper, liquidity }] };
}

async function feesOfPosition(position: PositionAt, context: ApiContext): Promise<BookFees | null> {
  if (!feesKnown(position.pool.row)) return null;
  if (isPair(position.row)) return pairFees(position.row, position.pool.row);
  const ledger = await ledgerOf(position, context);
  if (ledger === null) return null;
  const { row, owedNow } = ledger;
  const { value0, value1 } = feesCollectedValue(row);
  return {
    ...NOTHING_RECEIVED,
    earned: feesEarned(row, owedNow),
    uncollected: feesUncollected(row, owedNow),
    reported: reportedFees(row, owedNow),
    collectedValue0: value0,
    collectedValue1: value1,
  };
}

function addStandings(a: Standing, b: Standing): Standing {
  return {
    ...a,
    sums: addSums(a.sums, b.sums),
    held: { amount0: a.held.amount0 + b.held.amount0, amount1: a.held.amount1 + b.held.amount1 },
    ranges: [...a.ranges, ...b.ranges],
    fees: once(async (context) => {
      const [ofA, ofB] = await Promise.all([a.fees(context), b.fees(context)]);
      return ofA === null || ofB === null ? null : addFees(ofA, ofB);
    }),
    quotedFlows: once(async (context) => {
      const [ofA, ofB] = await Promise.all([a.quotedFlows(context), b.quotedFlows(context)]);
      return ofA === null || ofB === null ? null : addFlows(ofA, ofB);
    }),
  };
}

export class UnpricedPositionError extends Error {
  override readonly name = "UnpricedPositionError";
  readonly positionId: string;

  constructor({ positionId, poolId }: PositionRow) {
    super(
      `position ${positionId} is in pool ${poolId}, which has no price: check that Initialize was indexed`,
    );
    this.positionId = positionId;
  }
}
