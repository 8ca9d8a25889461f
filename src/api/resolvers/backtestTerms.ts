import { type Amounts, getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import { getLiquidityForAmounts } from "../../math/liquidityForAmounts.ts";
import { getSqrtPriceAtTick, MAX_TICK, MIN_TICK } from "../../math/tickMath.ts";
import { requireIndexed } from "../asOf.ts";
import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import type { Interval } from "../metrics/interval.ts";
import { movesAmounts } from "../metrics/poolCaveats.ts";
import { isPair } from "../metrics/protocol.ts";
import { blockAtTime, blockBefore } from "../queries/blocks.ts";
import { requireSpan } from "../queries/eventList.ts";
import { findPastPool } from "../queries/pastPools.ts";
import type { PoolKey } from "../queries/poolKey.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { Tip } from "../queries/tips.ts";

export type BacktestArgs = PoolKey & {
  tickLower: number;
  tickUpper: number;
  amount0: bigint;
  amount1: bigint;
  from: number;
  to?: number | null;
  interval: Interval;
};

/** A pool when a position was to be opened in it, and at the end. */
export type Course = { start: PoolAt; end: PoolAt };
/** What the amounts buy, and what of them it takes. */
export type Purchase = { liquidity: bigint; paid: Amounts; sqrtPriceX96: bigint; tick: number };

/** Of liquidity, and of what is put in of a token: no pool holds more. */
const MAX_UINT128 = 2n ** 128n - 1n;

/** From the last block up to `from` to the last one before `to`. Throws BAD_INPUT where there is nothing to play. */
export async function courseOf(pool: PoolAt, args: BacktestArgs, context: ApiContext): Promise<Course> {
  const { chainId, from, to } = args;
  requireSpan(from, to);
  if (from === to) throw new ApiError("BAD_INPUT", `from and to are both ${from}: to must be after from.`);
  const last = to ?? from;
  await requireIndexed(
    chainId,
    ({ timestamp }) => last <= timestamp + 1,
    context,
    to == null ? "from" : "to",
  );
  const first = await context.ask((snapshot) => blockAtTime(snapshot, chainId, from));
  const final = to == null ? pool.tip : await context.ask((snapshot) => blockBefore(snapshot, chainId, to));
  const start = await poolThen(first, args, context);
  if (first === null || start === null || start.row.sqrtPriceX96 === null) throw noPrice(pool, from);
  const end = final !== null && final.number > first.number ? await poolThen(final, args, context) : null;
  if (end === null) throw noEvent(args);
  requireKnown(end);
  return { start, end };
}

/** Throws BAD_INPUT for a range that the pool, as it was then, has none of. */
export function requireRange({ row }: PoolAt, { tickLower, tickUpper }: BacktestArgs): void {
  const spacing = isPair(row) ? MAX_TICK : (row.tickSpacing ?? 1);
  const inBounds = MIN_TICK <= tickLower && tickLower < tickUpper && tickUpper <= MAX_TICK;
  const spaced = tickLower % spacing === 0 && tickUpper % spacing === 0;
  if (inBounds && spaced && !(isPair(row) && tickUpper - tickLower < 2 * MAX_TICK)) return;
  const allowed = isPair(row)
    ? `${MIN_TICK} and ${MAX_TICK}, all prices, since the pool is a pair`
    : `multiples of ${spacing} from ${MIN_TICK} to ${MAX_TICK}, the lower one first`;
  throw new ApiError(
    "BAD_INPUT",
    `tickLower is ${tickLower} and tickUpper ${tickUpper}: they must be ${allowed}.`,
  );
}

/** The most that the amounts buy at the pool's price. Throws BAD_INPUT where that is nothing, or more than a pool holds. */
export function purchase({ row }: PoolAt, args: BacktestArgs): Purchase {
  const { tickLower, tickUpper, amount0, amount1 } = args;
  const { sqrtPriceX96, tick } = row;
  if ([amount0, amount1].some((amount) => amount < 0n || amount > MAX_UINT128)) {
    throw new ApiError(
      "BAD_INPUT",
      `amount0 is ${amount0} and amount1 ${amount1}: they must be from 0 to 2^128 - 1.`,
    );
  }
  if (sqrtPriceX96 === null || tick === null) throw noPrice({ row }, args.from);
  const bounds = { lowerX96: getSqrtPriceAtTick(tickLower), upperX96: getSqrtPriceAtTick(tickUpper) };
  const liquidity = getLiquidityForAmounts(sqrtPriceX96, bounds, { amount0, amount1 });
  if (liquidity === 0n) {
    throw new ApiError(
      "BAD_INPUT",
      `amount0 ${amount0} and amount1 ${amount1} buy no liquidity in this range at the price then: it takes token0 below and within the range, token1 above and within it.`,
    );
  }
  if (liquidity > MAX_UINT128) {
    throw new ApiError("BAD_INPUT", `The amounts buy a liquidity of ${liquidity}, more than 2^128 - 1.`);
  }
  const at = { sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp: true };
  return { liquidity, paid: getAmountsForLiquidity(at), sqrtPriceX96, tick };
}

async function poolThen(tip: Tip | null, key: PoolKey, { ask }: ApiContext): Promise<PoolAt | null> {
  return tip && ask((snapshot) => findPastPool(snapshot, tip, key));
}

function requireKnown({ row }: PoolAt): void {
  if (row.quarantinedBlock !== null) {
    throw new ApiError(
      "BAD_INPUT",
      `The pool's history is not known from block ${row.quarantinedBlock} on (status.quarantines says why): let to be before it.`,
    );
  }
  if (!movesAmounts(row.hooks)) return;
  throw new ApiError(
    "BAD_INPUT",
    "The pool's hook may take or add amounts that no log shows: what a position in it would have made cannot be known.",
  );
}

function noEvent({ from, to }: BacktestArgs): ApiError {
  const end = to == null ? "has come yet" : `is before to ${to}`;
  return new ApiError(
    "BAD_INPUT",
    `After from ${from} no block with an indexed event ${end}: ask for more time.`,
  );
}

function noPrice({ row }: Pick<PoolAt, "row">, from: number): ApiError {
  return new ApiError(
    "BAD_INPUT",
    `from is ${from}, and the pool had no price then: ask from its first one on (it is known since ${row.trackedFromTimestamp}).`,
  );
}
