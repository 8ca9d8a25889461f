import { Counter, type Registry } from "prom-client";

const NAME = "ballast_unindexed_manager_events_total";

/** Ponder's own metrics, which it serves at /metrics; it has no public way to add to them. */
type PonderGlobal = { PONDER_COMMON?: { metrics: { registry: Registry } } };

/** Counts a position manager's event whose NFT belongs to a pool that is not indexed: it writes nothing. */
export function countUnindexed(chain: string): void {
  const registry = (globalThis as PonderGlobal).PONDER_COMMON?.metrics.registry;
  if (registry === undefined) return;
  const counter =
    (registry.getSingleMetric(NAME) as Counter<"chain"> | undefined) ??
    new Counter({
      name: NAME,
      help: "Events of position manager NFTs whose pool is not indexed, since the start of this process.",
      labelNames: ["chain"],
      registers: [registry],
    });
  counter.inc({ chain });
}
