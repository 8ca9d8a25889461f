import { mulDiv } from "../math/fullMath.ts";
import { toToken0, toToken1, valueX192 } from "../math/valueMath.ts";
import { LostLogError } from "./lostLog.ts";

/**
 * What a position holds by its cost: the basket that would be held had it not been put to work, and what
 * flowed in and out. Raw integers; suffix 0 or 1 of a value or a loss is the token that it is counted in.
 */
export type PositionLedger = {
  liquidity: bigint;
  /** The deposited tokens still at work, on average cost. */
  hold0: bigint;
  hold1: bigint;
  /** The token0 of the basket in token1, at the prices of its own deposits. */
  entryValue1: bigint;
  /** What the deposits still at work cost at their own prices: capital, and what the benchmarks hold. */
  cost0: bigint;
  cost1: bigint;
  /** The greatest `cost1` so far. */
  maxCapital1: bigint;
  /** Frozen at each withdrawal: paid out less released, negative = loss. */
  realizedIl0: bigint;
  realizedIl1: bigint;
  deposited0: bigint;
  deposited1: bigint;
  /** Each flow at the pool price of its own event, truncated when booked. */
  depositedValue0: bigint;
  depositedValue1: bigint;
  withdrawn0: bigint;
  withdrawn1: bigint;
  withdrawnValue0: bigint;
  withdrawnValue1: bigint;
  /** What left the basket at withdrawals. */
  released0: bigint;
  released1: bigint;
};

/** Principal that moves at one event, never fees; all of it as magnitudes. */
export type Flow = { liquidityDelta: bigint; amount0: bigint; amount1: bigint; sqrtPriceX96: bigint };

export const emptyLedger: Readonly<PositionLedger> = {
  liquidity: 0n,
  hold0: 0n,
  hold1: 0n,
  entryValue1: 0n,
  cost0: 0n,
  cost1: 0n,
  maxCapital1: 0n,
  realizedIl0: 0n,
  realizedIl1: 0n,
  deposited0: 0n,
  deposited1: 0n,
  depositedValue0: 0n,
  depositedValue1: 0n,
  withdrawn0: 0n,
  withdrawn1: 0n,
  withdrawnValue0: 0n,
  withdrawnValue1: 0n,
  released0: 0n,
  released1: 0n,
};

/**
 * Books a deposit: the amounts that the mint took in, at the price it met (metrics.md 4.1).
 * Example: `deposit(emptyLedger, { liquidityDelta: 10n, amount0: 5n, amount1: 5n, sqrtPriceX96: 2n ** 96n })`
 * holds 5 and 5, worth 10 on entry.
 */
export function deposit(ledger: PositionLedger, flow: Flow): PositionLedger {
  requireMagnitudes(flow);
  const { liquidityDelta, amount0, amount1, sqrtPriceX96 } = flow;
  const value = valueX192(amount0, amount1, sqrtPriceX96);
  const value0 = toToken0(value, sqrtPriceX96);
  const value1 = toToken1(value);
  const cost1 = ledger.cost1 + value1;
  return {
    ...ledger,
    liquidity: ledger.liquidity + liquidityDelta,
    hold0: ledger.hold0 + amount0,
    hold1: ledger.hold1 + amount1,
    entryValue1: ledger.entryValue1 + toToken1(valueX192(amount0, 0n, sqrtPriceX96)),
    cost0: ledger.cost0 + value0,
    cost1,
    maxCapital1: cost1 > ledger.maxCapital1 ? cost1 : ledger.maxCapital1,
    deposited0: ledger.deposited0 + amount0,
    deposited1: ledger.deposited1 + amount1,
    depositedValue0: ledger.depositedValue0 + value0,
    depositedValue1: ledger.depositedValue1 + value1,
  };
}

/**
 * Books a withdrawal of principal: releases the basket pro rata, rounded down (all of it when the position
 * closes), and freezes what was paid out less what was released (metrics.md 4.1). A withdrawal of no
 * liquidity is a poke, which moves nothing.
 * Example: half of a basket of 5 and 5 releases 2 and 2; paid 1 and 3 at price 1, it realises 0.
 */
export function withdraw(ledger: PositionLedger, flow: Flow): PositionLedger {
  requireMagnitudes(flow);
  const { liquidityDelta, amount0, amount1, sqrtPriceX96 } = flow;
  if (liquidityDelta === 0n) return ledger;
  if (liquidityDelta > ledger.liquidity) throw new WithdrawalTooLargeError(liquidityDelta, ledger.liquidity);
  const release = (held: bigint) => mulDiv(held, liquidityDelta, ledger.liquidity);
  const released0 = release(ledger.hold0);
  const released1 = release(ledger.hold1);
  const realized = valueX192(amount0 - released0, amount1 - released1, sqrtPriceX96);
  const paid = valueX192(amount0, amount1, sqrtPriceX96);
  return {
    ...ledger,
    liquidity: ledger.liquidity - liquidityDelta,
    hold0: ledger.hold0 - released0,
    hold1: ledger.hold1 - released1,
    entryValue1: ledger.entryValue1 - release(ledger.entryValue1),
    cost0: ledger.cost0 - release(ledger.cost0),
    cost1: ledger.cost1 - release(ledger.cost1),
    realizedIl0: ledger.realizedIl0 + toToken0(realized, sqrtPriceX96),
    realizedIl1: ledger.realizedIl1 + toToken1(realized),
    withdrawn0: ledger.withdrawn0 + amount0,
    withdrawn1: ledger.withdrawn1 + amount1,
    withdrawnValue0: ledger.withdrawnValue0 + toToken0(paid, sqrtPriceX96),
    withdrawnValue1: ledger.withdrawnValue1 + toToken1(paid),
    released0: ledger.released0 + released0,
    released1: ledger.released1 + released1,
  };
}

function requireMagnitudes(flow: Flow): void {
  const { liquidityDelta, amount0, amount1, sqrtPriceX96 } = flow;
  if (liquidityDelta < 0n || amount0 < 0n || amount1 < 0n || sqrtPriceX96 <= 0n) throw new BadFlowError(flow);
}

export class BadFlowError extends Error {
  override readonly name = "BadFlowError";
  readonly flow: Flow;

  constructor(flow: Flow) {
    super(
      `a flow of liquidity ${flow.liquidityDelta}, amounts ${flow.amount0} and ${flow.amount1} at sqrtPriceX96 ${flow.sqrtPriceX96} has a negative magnitude or no price: check the adapter's signs and that the pool is initialized`,
    );
    this.flow = flow;
  }
}

export class WithdrawalTooLargeError extends LostLogError {
  override readonly name = "WithdrawalTooLargeError";
  readonly liquidityDelta: bigint;
  readonly bound: bigint;

  constructor(liquidityDelta: bigint, liquidity: bigint) {
    super(
      `cannot withdraw liquidity ${liquidityDelta} from a position that holds ${liquidity}: check that every deposit since the pool's creation was indexed`,
    );
    this.liquidityDelta = liquidityDelta;
    this.bound = liquidity;
  }
}
