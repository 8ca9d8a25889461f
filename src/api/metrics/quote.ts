import { toDouble } from "../../math/toDouble.ts";
import { Q192 } from "../../math/valueMath.ts";
import { type CrossableTick, swapExactInput } from "../../state/exactInput.ts";
import { totalFee } from "../../state/lpFee.ts";
import { swapRuleOf } from "../../state/swapRule.ts";
import { isPair } from "./protocol.ts";

/** Of a pool's row what a quote needs. */
export type QuotedPool = {
  protocol: string;
  hooks: string | null;
  quarantinedBlock: number | null;
  sqrtPriceX96: bigint | null;
  tick: number | null;
  tickSpacing: number | null;
  liquidity: bigint;
  fee: number | null;
  feeProtocol0: number;
  feeProtocol1: number;
  balance0: bigint;
  balance1: bigint;
};

/** Raw units; the last three null on v2. */
export type Quote = {
  amountIn: bigint;
  amountOut: bigint;
  amountInUsed: bigint;
  sqrtPriceX96After: bigint | null;
  tickAfter: number | null;
  ticksCrossed: number | null;
  costRatio: number | null;
};

/** What is asked for: `amountIn` above 0, raw units of token0 where `zeroForOne`, else of token1. */
export type Order = { zeroForOne: boolean; amountIn: bigint };

/**
 * What a pool would pay for an exact input: on pools with ticks the contract's own swap, on v2
 * UniswapV2Library.getAmountOut, all rounded as there. Null in quarantine, before the first price, while the fee is not
 * known, and with hooks. `ticks`: all initialised ones; none on v2.
 * Example: a pair of 1000 and 1000 gives 90 for 100: 100 * 997 * 1000 / (1000 * 1000 + 100 * 997), rounded down.
 */
export function quote(pool: QuotedPool, ticks: readonly CrossableTick[], order: Order): Quote | null {
  if (!isQuotable(pool)) return null;
  return isPair(pool) ? quotePair(pool, order) : quoteTicks(pool, ticks, order);
}

type Quotable = QuotedPool & { sqrtPriceX96: bigint; tick: number; fee: number };

/** Whether a pool's rows tell what it would pay. Example: a v4 pool with any hooks is `false`. */
export function isQuotable(pool: QuotedPool): pool is Quotable {
  const { hooks, quarantinedBlock, sqrtPriceX96, tick, fee } = pool;
  const hasHooks = hooks !== null && BigInt(hooks) !== 0n;
  return quarantinedBlock === null && sqrtPriceX96 !== null && tick !== null && fee !== null && !hasHooks;
}

function quoteTicks(pool: Quotable, ticks: readonly CrossableTick[], order: Order): Quote | null {
  const { sqrtPriceX96, tick, tickSpacing, liquidity } = pool;
  const { zeroForOne, amountIn } = order;
  if (tickSpacing === null) return null;
  const rule = swapRuleOf(pool.protocol);
  const start = { sqrtPriceX96, tick, tickSpacing, liquidity };
  const end = swapExactInput(rule, start, ticks, { ...order, feePips: feeOf(pool, zeroForOne) });
  const amountInUsed = amountIn - end.remaining;
  return {
    ...{ amountIn, amountOut: end.amountOut, amountInUsed },
    ...{ sqrtPriceX96After: end.sqrtPriceX96, tickAfter: end.tick, ticksCrossed: end.ticksCrossed },
    costRatio: costRatio(sqrtPriceX96, zeroForOne, amountInUsed, end.amountOut),
  };
}

/** On v4 the protocol's part comes on top of the LPs'. */
function feeOf({ protocol, fee, feeProtocol0, feeProtocol1 }: Quotable, zeroForOne: boolean): bigint {
  const feeProtocol = zeroForOne ? feeProtocol0 : feeProtocol1;
  return BigInt(protocol === "UNISWAP_V4" ? totalFee(fee, feeProtocol) : fee);
}

function quotePair({ balance0, balance1, sqrtPriceX96 }: Quotable, { zeroForOne, amountIn }: Order): Quote {
  const [reserveIn, reserveOut] = zeroForOne ? [balance0, balance1] : [balance1, balance0];
  const amountInUsed = reserveIn > 0n && reserveOut > 0n ? amountIn : 0n;
  const lessFee = amountInUsed * 997n;
  // Without reserves of both the contract refuses.
  const amountOut = amountInUsed === 0n ? 0n : (lessFee * reserveOut) / (reserveIn * 1000n + lessFee);
  return {
    ...{ amountIn, amountOut, amountInUsed },
    ...{ sqrtPriceX96After: null, tickAfter: null, ticksCrossed: null },
    costRatio: costRatio(sqrtPriceX96, zeroForOne, amountInUsed, amountOut),
  };
}

/** The part of the input's value that is lost against the price before; null where nothing was taken. */
function costRatio(sqrtPriceX96: bigint, zeroForOne: boolean, used: bigint, out: bigint): number | null {
  if (used === 0n) return null;
  const squared = sqrtPriceX96 * sqrtPriceX96;
  const [valueIn, valueOut] = zeroForOne ? [used * squared, out * Q192] : [used * Q192, out * squared];
  return toDouble(valueIn - valueOut, valueIn);
}
