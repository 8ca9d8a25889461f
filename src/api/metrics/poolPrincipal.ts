import { getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";

type Amounts = { amount0: bigint; amount1: bigint };

/**
 * The principal of all positions of a pool, raw: a walk over its initialised ticks (lowest first), the liquidity of
 * each segment turned into amounts and rounded down (metrics.md 1.1). At most one unit a segment less than the
 * positions' own principals added up exactly. Example: one position in [-60, 60) is that position's principal.
 */
export function poolPrincipal(
  steps: readonly { tick: number; liquidityNet: bigint }[],
  pool: { sqrtPriceX96: bigint; tick: number },
): Amounts {
  const { sqrtPriceX96, tick } = pool;
  const total = { amount0: 0n, amount1: 0n };
  let liquidity = 0n;
  let tickLower: number | undefined;
  for (const { tick: tickUpper, liquidityNet } of steps) {
    if (tickLower !== undefined && liquidity !== 0n) {
      const segment = { sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp: false };
      const { amount0, amount1 } = getAmountsForLiquidity(segment);
      total.amount0 += amount0;
      total.amount1 += amount1;
    }
    liquidity += liquidityNet;
    if (liquidity < 0n) throw new UnbalancedTicksError(tickUpper, liquidity);
    tickLower = tickUpper;
  }
  if (liquidity !== 0n) throw new UnbalancedTicksError(tickLower, liquidity);
  return total;
}

/**
 * What is owed to LPs as fees, raw: all that the logs say the pool holds, less what it owes the protocol, its
 * positions' principal, and principal that was withdrawn and waits (metrics.md 5.5). What roundings left in the pool
 * is in it, less than one unit a touch and swap step.
 */
export function poolUncollectedFees(
  pool: {
    balance0: bigint;
    balance1: bigint;
    protocolFees0: bigint;
    protocolFees1: bigint;
    principalOwed0: bigint;
    principalOwed1: bigint;
  },
  principal: Amounts,
): Amounts {
  return {
    amount0: pool.balance0 - pool.protocolFees0 - pool.principalOwed0 - principal.amount0,
    amount1: pool.balance1 - pool.protocolFees1 - pool.principalOwed1 - principal.amount1,
  };
}

export class UnbalancedTicksError extends Error {
  override readonly name = "UnbalancedTicksError";
  readonly liquidity: bigint;

  constructor(tick: number | undefined, liquidity: bigint) {
    super(
      `${liquidity} of liquidity above tick ${tick}, where a walk from below may not be under 0 nor end above it: check that ticks are written with every change of liquidity`,
    );
    this.liquidity = liquidity;
  }
}
