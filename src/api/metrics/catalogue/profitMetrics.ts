import type { MetricRows } from "./metricRow.ts";

/** Impermanent loss, profit and returns, of a position, of an owner's time with it and of a book: docs/metrics.md 4. */
// biome-ignore format: a table has a metric a line
export const profitMetrics: MetricRows = {
  "Position.impermanentLoss.hold": ["H: deposits, less floor(H dL / L) at each withdrawal of dL of L", "two amounts", null, "ACCOUNTED", "docs/metrics.md 4.1"],
  "Position.impermanentLoss.unrealized": ["V(x - H0, y - H1)", "whole tokens of in (TOKEN1)", "below 0 is a loss; never above", "ACCOUNTED", "docs/metrics.md 4.1"],
  "Position.impermanentLoss.realized": ["sum over withdrawals of V(paid - released from the basket), at the price of each", "whole tokens of in (TOKEN1)", "below 0 is a loss", "ACCOUNTED", "docs/metrics.md 4.1"],
  "Position.impermanentLoss.total": ["realized + unrealized", "whole tokens of in (TOKEN1)", "below 0 is a loss", "ACCOUNTED", "docs/metrics.md 4.1; Loesch et al., arXiv 2111.09192"],
  "Position.impermanentLoss.unrealizedRaw1": ["((x - H0) S² + (y - H1) 2^192) / 2^192, truncated", "token1 base units", "below 0 is a loss; never above", "ACCOUNTED", "docs/metrics.md 4.1"],
  "Position.impermanentLoss.realizedRaw1": ["realized, each withdrawal truncated", "token1 base units", "below 0 is a loss", "ACCOUNTED", "docs/metrics.md 4.1"],
  "Position.impermanentLoss.ratio": ["unrealized / V(H)", "fraction", "below 0 is a loss", "ACCOUNTED", "docs/metrics.md 4.1, 4.2"],
  "Position.impermanentLoss.netOfFees": ["realized + V(x - H0 + f0, y - H1 + f1), f all fees of the life at the current price", "whole tokens of in (TOKEN1)", "below 0: fees did not pay for the loss", "ACCOUNTED", "docs/metrics.md 4.4"],
  "Position.impermanentLoss.feeCoverage": ["V(f) / -total", "ratio", "under 1: fees did not pay for the loss", "ACCOUNTED", "docs/metrics.md 4.4"],
  "Position.impermanentLoss.apr": ["total, 1 year / sum of capital · seconds, simple", "1/year", "below 0 is a loss", "ACCOUNTED", "docs/metrics.md 4.4, 4.6"],
  "Position.impermanentLoss.versusToken0": ["V(x - cost0, y), cost0 the deposits turned into token0", "whole tokens of in (TOKEN1)", "below 0: token0 did better", "ACCOUNTED", "docs/metrics.md 4.3"],
  "Position.impermanentLoss.versusToken1": ["V(x, y - cost1), cost1 the deposits turned into token1", "whole tokens of in (TOKEN1)", "below 0: token1 did better", "ACCOUNTED", "docs/metrics.md 4.3"],
  "Position.impermanentLoss.versusHalf": ["V(2x - cost0, 2y - cost1) / 2", "whole tokens of in (TOKEN1)", "below 0: half of each did better", "ACCOUNTED", "docs/metrics.md 4.3"],
  "Position.impermanentLoss.allFlowsAtSpot": ["V(x + withdrawn0 - deposited0, y + withdrawn1 - deposited1)", "whole tokens of in (TOKEN1)", "below 0 is a loss", "ACCOUNTED", "docs/metrics.md 4.1"],
  "Position.impermanentLoss.breakEvenLower": ["nearest m below 0 with realized + V(x', y') - V(H) + V(f) = 0 at P (1 + m)", "fraction of the price", "below 0", "ACCOUNTED", "docs/metrics.md 4.4"],
  "Position.impermanentLoss.breakEvenUpper": ["nearest m above 0 with the same", "fraction of the price", "above 0", "ACCOUNTED", "docs/metrics.md 4.4"],
  "Position.pnl.total": ["V + W + C + U - D: held, withdrawn, collected, waiting, less deposited; each flow at its own price", "whole tokens of in (TOKEN1)", "above 0 is a gain", "ACCOUNTED", "docs/metrics.md 4.6"],
  "Position.pnl.realized": ["W + C, less what the deposits withdrawn had cost", "whole tokens of in (TOKEN1)", "above 0 is a gain", "ACCOUNTED", "docs/metrics.md 4.6"],
  "Position.pnl.unrealized": ["total - realized", "whole tokens of in (TOKEN1)", "above 0 is a gain", "ACCOUNTED", "docs/metrics.md 4.6"],
  "Position.pnl.priceEffect": ["(V - unrealized loss) + (W - realized loss) - D: what the basket gained", "whole tokens of in (TOKEN1)", "above 0 is a gain", "ACCOUNTED", "docs/metrics.md 4.6"],
  "Position.pnl.impermanentLoss": ["Position.impermanentLoss.total", "whole tokens of in (TOKEN1)", "below 0 is a loss", "ACCOUNTED", "docs/metrics.md 4.1, 4.6"],
  "Position.pnl.fees": ["C + U: collected at the price of each collection, waiting at the current one", "whole tokens of in (TOKEN1)", "below 0 on v2 alone", "ACCOUNTED", "docs/metrics.md 4.6"],
  "Position.pnl.roi": ["total / greatest capital so far", "fraction", "above 0 is a gain", "ACCOUNTED", "docs/metrics.md 4.6"],
  "Position.pnl.apr": ["total, 1 year / sum of capital · seconds, simple", "1/year", "above 0 is a gain", "ACCOUNTED", "docs/metrics.md 4.6"],
};
