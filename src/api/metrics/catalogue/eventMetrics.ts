import type { MetricRows } from "./metricRow.ts";

/** Numbers of single swaps and of what LPs did: docs/metrics.md 5 and 6. */
// biome-ignore format: a table has a metric a line
export const eventMetrics: MetricRows = {
  "Swap.amount0": ["token0 of the log, turned to the pool's view on v4", "token0 base units", "+ paid into the pool, - out of it", "EXACT", "event Swap"],
  "Swap.amount1": ["token1 of the log, turned to the pool's view on v4", "token1 base units", "+ paid into the pool, - out of it", "EXACT", "event Swap"],
  "Swap.feesLp": ["what the replay credited to LPs, of the token paid in", "two amounts", null, "ACCOUNTED", "docs/metrics.md 5.1, 6.1, 6.2, 6.3"],
  "Swap.sqrtPriceX96": ["S after the swap", "Q64.96", null, "EXACT", "event Swap"],
  "Swap.tick": ["tick after the swap", "tick", "either", "EXACT", "event Swap"],
  "Swap.liquidity": ["liquidity in range after the swap; on v2 √(reserve0 reserve1), rounded down", "liquidity", null, "EXACT", "event Swap"],
  "Swap.price": ["P after the swap", "token1 per token0, whole tokens", null, "ACCOUNTED", "docs/metrics.md 0"],
  "LiquidityEvent.liquidityDelta": ["change of the position's liquidity, on v2 of its LP tokens", "liquidity; LP tokens in base units", "- withdrawn or handed on", "EXACT", "events Mint, Burn, ModifyLiquidity, Transfer"],
  "LiquidityEvent.principal": ["paid in by a deposit, released by a withdrawal; of a withdrawal ACCOUNTED on v2", "two amounts", null, "EXACT", "docs/metrics.md 4.1, 6.1, 6.2; events Mint and Burn"],
  "LiquidityEvent.paidOut": ["what left the pool in this log, principal and fees", "two amounts", null, "EXACT", "docs/metrics.md 5.5; event Collect"],
  "LiquidityEvent.fees": ["fee part of paidOut, principal withdrawn until then counting as paid first", "two amounts", "below 0 on v2 alone", "ACCOUNTED", "docs/metrics.md 4.6, 6.1"],
  "LiquidityEvent.sqrtPriceX96": ["the pool's S at the event", "Q64.96", null, "EXACT", "docs/metrics.md 0"],
  "LiquidityEvent.price": ["the pool's P at the event", "token1 per token0, whole tokens", null, "ACCOUNTED", "docs/metrics.md 0"],
};
