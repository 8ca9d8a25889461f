import { MAX_TICK, MIN_TICK } from "../../math/tickMath.ts";
import type { ApiContext } from "../context.ts";
import { noCursor } from "../cursor.ts";
import { ApiError } from "../errors.ts";
import { depth, depthImbalance, type Depth as Sums } from "../metrics/depth.ts";
import { type Bounds, boundsAroundPrice, liquidityBands } from "../metrics/liquidityBands.ts";
import { isPair } from "../metrics/protocol.ts";
import { isQuotable, type Order, type Quote, quote } from "../metrics/quote.ts";
import { closePage, openList, type Page } from "../queries/list.ts";
import type { InitializedStep } from "../queries/poolPage.ts";
import type { PoolAt } from "../queries/pools.ts";
import { listTicks, type TickRow } from "../queries/ticks.ts";
import type { Amounts } from "./amounts.ts";
import { pairOf } from "./pair.ts";

type BoundArgs = { tickLower?: number | null; tickUpper?: number | null };
type TickArgs = BoundArgs & { first: number; after?: string | null };
type Depth = Sums & { move: number; imbalance: number | null };
type Band = { tickLower: number; tickUpper: number; liquidity: bigint; amounts: Amounts };

const MAX_BANDS = 1_000;
const PIPS = 1_000_000;
const NO_DEPTH: Sums = { askIn1: 0n, askOut0: 0n, bidIn0: 0n, bidOut1: 0n };
/** More than any token's contract can be asked to move: int256, which swaps take. */
const MAX_AMOUNT = 2n ** 255n - 1n;

/** Where a pool's liquidity is, and what it would pay. */
export const poolLiquidityResolvers = {
  depth: async (pool: PoolAt, { move }: { move: number }, context: ApiContext): Promise<Depth> => {
    const pips = Math.round(move * PIPS);
    if (!(pips > 0 && pips < PIPS)) {
      throw new ApiError("BAD_INPUT", `move is ${move}: it must be from 0.000001 to 0.999999.`);
    }
    requireTicks(pool, "depth");
    const { sqrtPriceX96, tick, liquidity } = pool.row;
    if (sqrtPriceX96 === null || tick === null) return { ...NO_DEPTH, move, imbalance: null };
    const sums = depth({ sqrtPriceX96, tick, liquidity }, await stepsOf(pool, context), BigInt(pips));
    return { ...sums, move, imbalance: depthImbalance(sums) };
  },
  liquidityDistribution: async (
    pool: PoolAt,
    args: BoundArgs & { bands: number },
    context: ApiContext,
  ): Promise<Band[]> => {
    const { bands } = args;
    if (bands < 1 || bands > MAX_BANDS) {
      throw new ApiError("BAD_INPUT", `bands is ${bands}: it must be from 1 to ${MAX_BANDS}.`);
    }
    const given = boundsOf(args);
    requireTicks(pool, "liquidityDistribution");
    const { sqrtPriceX96, tick, tickSpacing } = pool.row;
    if (sqrtPriceX96 === null || tick === null) return [];
    const pair = pairOf(pool);
    if (isPair(pool.row)) return [reservesOf(pool)];
    const ticked = { sqrtPriceX96, tick, tickSpacing: tickSpacing ?? 1 };
    const bounds = given ?? boundsAroundPrice(ticked, bands);
    const found = liquidityBands(ticked, await stepsOf(pool, context), bounds, bands);
    return found.map(({ amount0, amount1, ...band }) => ({ ...band, amounts: { amount0, amount1, pair } }));
  },
  ticks: async (pool: PoolAt, args: TickArgs, context: ApiContext): Promise<Page<TickRow>> => {
    const { row, tip, past } = pool;
    requireTicks(pool, "ticks");
    const { tickLower, tickUpper } = requireBounds(args.tickLower ?? MIN_TICK, args.tickUpper ?? MAX_TICK, 0);
    const where = { poolId: row.poolId, tickLower, tickUpper };
    const order = {
      orderBy: "INDEX",
      direction: "ASC",
      first: args.first,
      after: args.after ?? null,
    } as const;
    const list = await openList("ticks", { ...order, where }, [row.chainId], context, past ? tip : null);
    // A page that follows another stands at the block of the first, whatever came since.
    const [point] = list.points;
    const blockNumber = past || point?.number !== tip.number ? (point?.number ?? tip.number) : null;
    const from = Math.max(tickLower, (list.cursor === undefined ? MIN_TICK - 1 : tickIn(list.cursor)) + 1);
    const scope = { tickLower: from, tickUpper, blockNumber, limit: list.first + 1 };
    const rows = isPair(row) ? [] : await context.ask((snapshot) => listTicks(snapshot, row, scope));
    const { chainId, poolId: id } = row;
    return closePage(
      list,
      rows.map((item) => ({ item, rank: item.tick, chainId, id })),
    );
  },
  quote: async (pool: PoolAt, order: Order, context: ApiContext): Promise<Quote | null> => {
    if (order.amountIn <= 0n || order.amountIn > MAX_AMOUNT) {
      throw new ApiError("BAD_INPUT", `amountIn is ${order.amountIn}: it must be from 1 to 2^255 - 1.`);
    }
    return isQuotable(pool.row) ? quote(pool.row, await stepsOf(pool, context), order) : null;
  },
};

export const tickResolvers = { index: ({ tick }: TickRow) => tick };

/** All initialised ticks, lowest first; a pair has none. */
export async function stepsOf(
  { row, page }: PoolAt,
  { ask }: ApiContext,
): Promise<readonly InitializedStep[]> {
  return isPair(row) ? [] : page.steps(ask, row);
}

/** All that it trades with, fees included, as one band over all prices. */
function reservesOf(pool: PoolAt): Band {
  const { balance0, balance1, liquidity } = pool.row;
  const amounts = { amount0: balance0, amount1: balance1, pair: pairOf(pool) };
  return { tickLower: MIN_TICK, tickUpper: MAX_TICK, liquidity, amounts };
}

function requireTicks({ row }: PoolAt, field: string): void {
  if (row.quarantinedBlock === null) return;
  throw new ApiError(
    "BAD_INPUT",
    `The pool's ticks are not known from block ${row.quarantinedBlock} on (status.quarantines says why): ask for ${field} as of a block before it.`,
  );
}

/** Undefined where none are given. */
function boundsOf({ tickLower, tickUpper }: BoundArgs): Bounds | undefined {
  if (tickLower == null && tickUpper == null) return undefined;
  if (tickLower == null || tickUpper == null) {
    throw new ApiError("BAD_INPUT", "liquidityDistribution takes both tickLower and tickUpper, or neither.");
  }
  return requireBounds(tickLower, tickUpper, 1);
}

function requireBounds(tickLower: number, tickUpper: number, width: number): Bounds {
  if (MIN_TICK <= tickLower && tickLower + width <= tickUpper && tickUpper <= MAX_TICK) {
    return { tickLower, tickUpper };
  }
  const allowed = `from ${MIN_TICK} to ${MAX_TICK}, the lower one first`;
  throw new ApiError(
    "BAD_INPUT",
    `tickLower is ${tickLower} and tickUpper ${tickUpper}: they must be ${allowed}.`,
  );
}

function tickIn({ rank }: { rank: number | null }): number {
  if (rank === null || !Number.isInteger(rank) || Math.abs(rank) > MAX_TICK) throw noCursor();
  return rank;
}
