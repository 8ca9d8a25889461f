import { accountMetrics } from "./accountMetrics.ts";
import { amountMetrics } from "./amountMetrics.ts";
import { eventMetrics } from "./eventMetrics.ts";
import type { MetricRows } from "./metricRow.ts";
import { poolMetrics } from "./poolMetrics.ts";
import { positionMetrics } from "./positionMetrics.ts";
import { profitMetrics } from "./profitMetrics.ts";
import { riskMetrics } from "./riskMetrics.ts";

/** Every metric that the API serves, by subject. A field that is added to the schema needs a row in one of them. */
export const metricCatalogue: Readonly<Record<string, MetricRows>> = {
  Positions: positionMetrics,
  "Impermanent loss and profit": profitMetrics,
  Risk: riskMetrics,
  "Accounts and quote prices": accountMetrics,
  Pools: poolMetrics,
  Events: eventMetrics,
  "Inside every amount": amountMetrics,
};
