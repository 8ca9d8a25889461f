import {
  add,
  difference,
  nothing,
  type Pair,
  subtract,
  sum,
  type Worth,
  worthless,
  worthOf,
} from "./amounts.ts";
import { fraction, times } from "./fraction.ts";

/** Principal that moves at one event. */
export type Flow = { liquidity: bigint; amounts: Pair; sqrtPriceX96: bigint };

/** What was put in and taken out, on average cost (metrics.md 4.1 and 4.6). Amounts as they are defined, worths exact. */
export type Basket = {
  liquidity: bigint;
  hold: Pair;
  deposited: Pair;
  withdrawn: Pair;
  /** Flows at their own prices. */
  depositedWorth: Worth;
  withdrawnWorth: Worth;
  /** What was released of `hold`, at the prices of its releases. */
  releasedWorth: Worth;
  /** Of `depositedWorth`, what is still at work. */
  cost: Worth;
};

export const emptyBasket: Basket = {
  liquidity: 0n,
  hold: nothing,
  deposited: nothing,
  withdrawn: nothing,
  depositedWorth: worthless,
  withdrawnWorth: worthless,
  releasedWorth: worthless,
  cost: worthless,
};

export function put(basket: Basket, { liquidity, amounts, sqrtPriceX96 }: Flow): Basket {
  const worth = worthOf(amounts, sqrtPriceX96);
  return {
    ...basket,
    liquidity: basket.liquidity + liquidity,
    hold: add(basket.hold, amounts),
    deposited: add(basket.deposited, amounts),
    depositedWorth: sum(basket.depositedWorth, worth),
    cost: sum(basket.cost, worth),
  };
}

/** The release is of whole units by its definition, floor(hold x taken / liquidity); the cost falls by the exact part. */
export function take(basket: Basket, { liquidity, amounts, sqrtPriceX96 }: Flow): Basket {
  if (liquidity === 0n) return basket;
  const released: Pair = [
    (basket.hold[0] * liquidity) / basket.liquidity,
    (basket.hold[1] * liquidity) / basket.liquidity,
  ];
  const left = fraction(basket.liquidity - liquidity, basket.liquidity);
  return {
    ...basket,
    liquidity: basket.liquidity - liquidity,
    hold: subtract(basket.hold, released),
    withdrawn: add(basket.withdrawn, amounts),
    withdrawnWorth: sum(basket.withdrawnWorth, worthOf(amounts, sqrtPriceX96)),
    releasedWorth: sum(basket.releasedWorth, worthOf(released, sqrtPriceX96)),
    cost: [times(basket.cost[0], left), times(basket.cost[1], left)],
  };
}

/** Fees of one owner, or of a position's life. */
export type Fees = {
  /** Paid out, each at the price of its collection. */
  collected: Worth;
  uncollected: Pair;
  /** Came with a transfer: what of it waits, what that cost, what all of it cost, and what it brought. */
  receivable: Pair;
  receivableCost: Worth;
  received: Worth;
  recovered: Worth;
};

export type Figures = {
  total: Worth;
  realized: Worth;
  unrealized: Worth;
  priceEffect: Worth;
  impermanentLoss: Worth;
  fees: Worth;
};

/** Profit and loss of a basket whose liquidity would pay `principal` at this price. */
export function figuresOf(basket: Basket, fees: Fees, principal: Pair, sqrtPriceX96: bigint): Figures {
  const held = worthOf(principal, sqrtPriceX96);
  const hold = worthOf(basket.hold, sqrtPriceX96);
  const waiting = worthOf(fees.receivable, sqrtPriceX96);
  const paidIn = sum(basket.depositedWorth, fees.received);
  const earned = sum(fees.collected, worthOf(subtract(fees.uncollected, fees.receivable), sqrtPriceX96));
  const loss = difference(sum(basket.withdrawnWorth, held), sum(basket.releasedWorth, hold));
  const cashed = sum(basket.withdrawnWorth, fees.collected, fees.recovered);
  const total = difference(sum(held, basket.withdrawnWorth, earned, waiting, fees.recovered), paidIn);
  const realized = difference(cashed, difference(paidIn, sum(basket.cost, fees.receivableCost)));
  return {
    total,
    realized,
    unrealized: difference(total, realized),
    priceEffect: difference(sum(hold, basket.releasedWorth, waiting, fees.recovered), paidIn),
    impermanentLoss: loss,
    fees: earned,
  };
}
