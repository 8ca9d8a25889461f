import { emptyCapital, settleCapital } from "../../state/capitalLedger.ts";
import { deposit, emptyLedger } from "../../state/holdBasket.ts";
import type { ApiContext } from "../context.ts";
import { type BookFees, NOTHING_RECEIVED } from "../metrics/bookFees.ts";
import type { BookSums } from "../metrics/bookSums.ts";
import type { Playback } from "../metrics/playback.ts";
import { positionStatus } from "../metrics/positionStatus.ts";
import { type QuotedFlows, quotedFlows } from "../metrics/quotedFlows.ts";
import { shadowAmounts, shadowFees } from "../metrics/shadowPosition.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Tip } from "../queries/tips.ts";
import type { Course, Purchase } from "./backtestTerms.ts";
import { once } from "./once.ts";
import { pairOf } from "./pair.ts";
import type { PositionPoint } from "./positionHistory.ts";

type Book = Course & { bought: Purchase; playback: Playback };

/** The book of a position that never was, at a block to which its pool has just been played. */
export function backtestPoint({ start, end, bought, playback }: Book, tip: Tip): PositionPoint {
  const { shadow } = playback;
  const { tickLower, tickUpper, liquidity } = shadow;
  const { sqrtPriceX96, tick } = playback.pool;
  const pool = { ...end.row, sqrtPriceX96, tick };
  const earned = shadowFees(shadow);
  return {
    block: tip,
    standing: {
      sums: sumsAt(bought, start.tip, tip),
      held: shadowAmounts(shadow, sqrtPriceX96),
      ranges: [{ tickLower, tickUpper, liquidity }],
      pool,
      pair: pairOf({ ...end, row: pool, tip }),
      sqrtPriceX96,
      tick,
      fees: () => Promise.resolve(uncollected(earned)),
      quotedFlows: once((context) => quotedDeposit(bought, { start, end }, context)),
    },
    status: positionStatus({ liquidity, tick, tickLower, tickUpper }),
  };
}

/** One deposit, at the end of the block that it began after. */
function sumsAt({ liquidity, paid, sqrtPriceX96 }: Purchase, start: Tip, tip: Tip): BookSums {
  const opened = deposit(emptyLedger, { liquidityDelta: liquidity, ...paid, sqrtPriceX96 });
  return settleCapital({ ...opened, ...emptyCapital, settledTimestamp: start.timestamp }, tip.timestamp);
}

function uncollected(earned: { amount0: bigint; amount1: bigint }): BookFees {
  return {
    ...NOTHING_RECEIVED,
    earned,
    uncollected: earned,
    ...{ collectedValue0: 0n, collectedValue1: 0n },
    reported: { uncollected: earned, collected: { amount0: 0n, amount1: 0n } },
  };
}

async function quotedDeposit(
  { liquidity, paid, sqrtPriceX96 }: Purchase,
  { start, end }: Course,
  { quoteOf }: ApiContext,
): Promise<QuotedFlows | null> {
  const unit = wholeUnits(1n, end.token1.decimals);
  const quoted = await quoteOf(start.tip, end.token1.address);
  if (unit === null || quoted === null) return null;
  const { depositedValue1, cost1 } = deposit(emptyLedger, {
    liquidityDelta: liquidity,
    ...paid,
    sqrtPriceX96,
  });
  const flows = { withdrawnValue1: 0n, realizedIl1: 0n, collectedValue1: 0n, receivedValue1: 0n };
  const booked = { depositedValue1, cost1, ...flows, receivableCost1: 0n, recoveredValue1: 0n };
  return quotedFlows([{ booked, rate: quoted.price * unit }]);
}
