import type { CrossableTick } from "../../state/exactInput.ts";
import { type PairSupply, pairAmounts } from "../../state/pairPool.ts";
import { isPair } from "./protocol.ts";
import type { QuotedPool } from "./quote.ts";

/** Of an initialised tick what of its liquidity begins or ends there. */
type Bound = CrossableTick & { liquidityGross: bigint };

type Ranged = { tickLower: number; tickUpper: number; liquidity: bigint };

/**
 * A pool, and its initialised ticks, as burning a position's liquidity would leave them: what its LP trades against once
 * it is withdrawn. A tick where nothing else begins or ends is initialised no more; on v2 the reserves are less by what the
 * LP tokens pay. `ticks`: all initialised ones; none on v2.
 * Example: 3 of liquidity in range of 5 leave a pool with 2.
 */
export function poolWithout<T extends QuotedPool & PairSupply>(
  pool: T,
  ticks: readonly Bound[],
  position: Ranged,
): { pool: T; ticks: readonly Bound[] } {
  const { liquidity, tickLower, tickUpper } = position;
  if (liquidity === 0n) return { pool, ticks };
  if (isPair(pool)) {
    const { amount0, amount1 } = pairAmounts(pool, liquidity);
    return { pool: { ...pool, balance0: pool.balance0 - amount0, balance1: pool.balance1 - amount1 }, ticks };
  }
  const inRange = pool.tick !== null && tickLower <= pool.tick && pool.tick < tickUpper;
  const left = ticks.map((state) => {
    if (state.tick !== tickLower && state.tick !== tickUpper) return state;
    const own = state.tick === tickLower ? liquidity : -liquidity;
    const liquidityGross = state.liquidityGross - liquidity;
    return { ...state, liquidityGross, liquidityNet: state.liquidityNet - own };
  });
  return {
    pool: inRange ? { ...pool, liquidity: pool.liquidity - liquidity } : pool,
    ticks: left.filter(({ liquidityGross }) => liquidityGross > 0n),
  };
}
