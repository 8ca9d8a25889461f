import { Counter, type Registry } from "prom-client";
import type { EventScope } from "./eventScope.ts";

const NAME = "ballast_quarantined_pools_total";

/** Ponder's own metrics and log; it has no public way to add to them. */
type PonderGlobal = {
  PONDER_COMMON?: {
    metrics: { registry: Registry };
    logger: { warn(entry: Record<string, string | number>): void };
  };
};

/** Says in the log and at /metrics that a pool is quarantined, and what to do. */
export function reportQuarantine(
  { chainName, blockNumber, logIndex }: EventScope,
  poolId: string,
  reason: string,
): void {
  const common = (globalThis as PonderGlobal).PONDER_COMMON;
  if (common === undefined) return;
  common.logger.warn({
    msg:
      `Quarantined pool ${poolId}: its logs do not fit from block ${blockNumber}, log ${logIndex}, on (${reason}). ` +
      "Its fees are unknown from there on; other pools go on. To mend it, delete the cached chain data and index again, with another RPC",
    chain: chainName,
  });
  const { registry } = common.metrics;
  const counter =
    (registry.getSingleMetric(NAME) as Counter<"chain" | "pool" | "reason"> | undefined) ??
    new Counter({
      name: NAME,
      help: "Pools quarantined since the start of this process because their logs did not fit.",
      labelNames: ["chain", "pool", "reason"],
      registers: [registry],
    });
  counter.inc({ chain: chainName, pool: poolId, reason });
}
