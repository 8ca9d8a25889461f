import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChainClient } from "../../demo/chain/client.ts";
import { type App, anvilMarkets, startApp } from "../../test/app.ts";
import { readMetrics, sumBy } from "../app/metrics.ts";
import type { SweptPool } from "./sweptPool.ts";

const TABLES = ["tick_word_index", "tick_word", "tick"];

/** Look-ups of the tick tables by a sweep in the running app: all of them, and those that the database answered. */
export interface AppSweep {
  when: string;
  lookups: number;
  queries: number;
}

/** More than Ponder may still undo at a restart: what is older is in the database, and nowhere else after a restart. */
const FINAL_AFTER = 90;

/**
 * Sweeps the pool under the real app on Anvil: twice while it runs, then as the first thing after a restart. Numbers
 * are Ponder's own, of its cache: a row that the cache has not is read from the database.
 */
export async function appReads(client: ChainClient, pool: SweptPool): Promise<AppSweep[]> {
  const directory = await mkdtemp(join(tmpdir(), "ballast-bench-"));
  const [url = ""] = client.chain.rpcUrls.default.http;
  const markets = anvilMarkets(url, { factory: pool.deployment.factory, positionManager: null });
  const run = async (whens: readonly string[]) => {
    const app = await startApp(markets, { directory });
    try {
      await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
      const sweeps: AppSweep[] = [];
      for (const when of whens) sweeps.push({ when, ...(await sweepUnder(app, pool)) });
      await client.mine({ blocks: FINAL_AFTER });
      await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
      return sweeps;
    } finally {
      await app.stop();
    }
  };
  try {
    return [...(await run(["running", "running, once more"])), ...(await run(["just restarted"]))];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function sweepUnder(app: App, pool: SweptPool): Promise<Omit<AppSweep, "when">> {
  const before = await tickRequests(app.url);
  const { blockNumber } = await pool.sweep();
  await app.untilIndexed("anvil", blockNumber);
  const after = await tickRequests(app.url);
  const grown = (type: string) => (after[type] ?? 0) - (before[type] ?? 0);
  return {
    lookups: grown("hit") + grown("miss") + grown("complete"),
    queries: grown("miss") + grown("prefetch"),
  };
}

async function tickRequests(url: string): Promise<Record<string, number>> {
  const samples = await readMetrics(url);
  return sumBy(
    samples.filter(({ labels }) => TABLES.includes(labels.table ?? "")),
    "ponder_indexing_cache_requests_total",
    "type",
  );
}
