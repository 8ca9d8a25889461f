import { toToken0, toToken1, valueX192 } from "../../math/valueMath.ts";
import type { TokenAmounts } from "../../state/feeLedger.ts";
import type { BookFees } from "./bookFees.ts";
import type { BookSums } from "./bookSums.ts";

/** Raw units of token0 and of token1, each booked on its own. */
type InBoth = { raw0: bigint; raw1: bigint };

export type ProfitAndLoss = {
  total: InBoth;
  realized: InBoth;
  unrealized: InBoth;
  priceEffect: InBoth;
  impermanentLoss: InBoth;
  fees: InBoth;
};

/** What stands at the current price, and is added to flows: held, and waiting as fees, own ones and bought ones. */
export type Present = { held: InBoth; unrealizedIl: InBoth; uncollected: InBoth; receivable: InBoth };

type Book = {
  sums: BookSums;
  held: TokenAmounts;
  fees: Omit<BookFees, "reported">;
  sqrtPriceX96: bigint;
};

/** Every part truncated towards zero apart. Example: 3 and 6 held at price 1 is 9 in either token. */
export function present({ sums, held, fees, sqrtPriceX96 }: Book): Present {
  const worth = (amount0: bigint, amount1: bigint): InBoth => {
    const value = valueX192(amount0, amount1, sqrtPriceX96);
    return { raw0: toToken0(value, sqrtPriceX96), raw1: toToken1(value) };
  };
  return {
    held: worth(held.amount0, held.amount1),
    unrealizedIl: worth(held.amount0 - sums.hold0, held.amount1 - sums.hold1),
    uncollected: worth(fees.uncollected.amount0, fees.uncollected.amount1),
    receivable: worth(fees.receivable.amount0, fees.receivable.amount1),
  };
}

/**
 * What a book has made, every flow at the price of its own moment (metrics.md 4.6): what is held and waits, and all
 * that came out, less all that went in. Apart from that, the hold basket's gain (what is held less its unrealised
 * loss is the basket's worth, what was withdrawn less its realised loss the released part's), impermanent loss and
 * fees: they add up to it to the unit. Realised: flows out, less what they cost.
 * Example: 5 and 5 deposited at price 1, now 3 and 6 at price 1: total -1, all of it impermanent loss.
 */
export function profitAndLoss(book: Book): ProfitAndLoss {
  const { sums, fees } = book;
  const now = present(book);
  const in0 = inToken({
    ...{ held: now.held.raw0, unrealizedIl: now.unrealizedIl.raw0, uncollected: now.uncollected.raw0 },
    ...{ receivable: now.receivable.raw0, receivableCost: fees.receivableCost0, cost: sums.cost0 },
    ...{ deposited: sums.depositedValue0, withdrawn: sums.withdrawnValue0, realizedIl: sums.realizedIl0 },
    ...{
      collected: fees.collectedValue0,
      received: fees.receivedValue0,
      recovered: fees.recoveredValue0,
    },
  });
  const in1 = inToken({
    ...{ held: now.held.raw1, unrealizedIl: now.unrealizedIl.raw1, uncollected: now.uncollected.raw1 },
    ...{ receivable: now.receivable.raw1, receivableCost: fees.receivableCost1, cost: sums.cost1 },
    ...{ deposited: sums.depositedValue1, withdrawn: sums.withdrawnValue1, realizedIl: sums.realizedIl1 },
    ...{
      collected: fees.collectedValue1,
      received: fees.receivedValue1,
      recovered: fees.recoveredValue1,
    },
  });
  return {
    total: { raw0: in0.total, raw1: in1.total },
    realized: { raw0: in0.realized, raw1: in1.realized },
    unrealized: { raw0: in0.total - in0.realized, raw1: in1.total - in1.realized },
    priceEffect: { raw0: in0.priceEffect, raw1: in1.priceEffect },
    impermanentLoss: { raw0: in0.impermanentLoss, raw1: in1.impermanentLoss },
    fees: { raw0: in0.fees, raw1: in1.fees },
  };
}

type Parts = Record<
  | ("held" | "unrealizedIl" | "uncollected" | "receivable" | "receivableCost" | "cost")
  | ("deposited" | "withdrawn" | "realizedIl" | "collected" | "received" | "recovered"),
  bigint
>;

function inToken(part: Parts) {
  const { held, uncollected, receivable, deposited, withdrawn, collected, received, recovered } = part;
  const bought = receivable + recovered - received;
  return {
    total: held + withdrawn + collected + uncollected - deposited + bought,
    realized: withdrawn - (deposited - part.cost) + collected + recovered - (received - part.receivableCost),
    priceEffect: held - part.unrealizedIl + (withdrawn - part.realizedIl) - deposited + bought,
    impermanentLoss: part.realizedIl + part.unrealizedIl,
    fees: collected + uncollected,
  };
}
