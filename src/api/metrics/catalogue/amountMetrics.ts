import type { MetricRows } from "./metricRow.ts";

/** The numbers inside every field of two amounts: docs/metrics.md 0. */
// biome-ignore format: a table has a metric a line
export const amountMetrics: MetricRows = {
  "Amounts.amount0": ["token0 of what the field says; ACCOUNTED where that is", "token0 base units", "as the field", "EXACT", "docs/metrics.md 0.3"],
  "Amounts.amount1": ["token1 of what the field says; ACCOUNTED where that is", "token1 base units", "as the field", "EXACT", "docs/metrics.md 0.3"],
  "Amounts.decimal0": ["amount0 / 10^decimals0", "token0, whole tokens, as a decimal string", "as the field", "EXACT", "docs/metrics.md 0.3"],
  "Amounts.decimal1": ["amount1 / 10^decimals1", "token1, whole tokens, as a decimal string", "as the field", "EXACT", "docs/metrics.md 0.3"],
  "Amounts.value": ["(amount0 S² + amount1 2^192) / 2^192, at the price of the parent's point", "whole tokens of in (TOKEN1)", "as the field", "ACCOUNTED", "docs/metrics.md 0.2, 1.3"],
  "Flow.amount0": ["sum of token0 over the events", "token0 base units", null, "ACCOUNTED", "docs/metrics.md 0.3"],
  "Flow.amount1": ["sum of token1 over the events", "token1 base units", null, "ACCOUNTED", "docs/metrics.md 0.3"],
  "Flow.decimal0": ["amount0 / 10^decimals0", "token0, whole tokens, as a decimal string", null, "ACCOUNTED", "docs/metrics.md 0.3"],
  "Flow.decimal1": ["amount1 / 10^decimals1", "token1, whole tokens, as a decimal string", null, "ACCOUNTED", "docs/metrics.md 0.3"],
  "Flow.valueNow": ["(amount0 S² + amount1 2^192) / 2^192, at the price of the parent's point", "whole tokens of in (TOKEN1)", null, "ACCOUNTED", "docs/metrics.md 0.2, 1.3"],
  "Flow.valueThen": ["sum over events of the event's value at its own price, each truncated", "whole tokens of in (TOKEN1)", null, "ACCOUNTED", "docs/metrics.md 0.2, 4.6"],
  "Volume.amount0": ["sum of |amount0| over swaps", "token0 base units", null, "ACCOUNTED", "docs/metrics.md 5.5"],
  "Volume.amount1": ["sum of |amount1| over swaps", "token1 base units", null, "ACCOUNTED", "docs/metrics.md 5.5"],
  "Volume.decimal0": ["amount0 / 10^decimals0", "token0, whole tokens, as a decimal string", null, "ACCOUNTED", "docs/metrics.md 0.3"],
  "Volume.decimal1": ["amount1 / 10^decimals1", "token1, whole tokens, as a decimal string", null, "ACCOUNTED", "docs/metrics.md 0.3"],
  "Volume.notional": ["one leg of the trades: amount0 in TOKEN0, amount1 in TOKEN1", "whole tokens of in (TOKEN1)", null, "ACCOUNTED", "docs/metrics.md 0.2"],
};
