import { db, publicClients } from "ponder:api";
import { drizzle } from "drizzle-orm/pglite";
import { markets } from "../../ponder.config.ts";
import * as tables from "../../ponder.schema.ts";
import { takeTurnsWithBlockWrites } from "./blockWrites.ts";
import { createApi } from "./createApi.ts";
import { createHeads, type Head } from "./heads.ts";
import { ponderRuntime } from "./ponderRuntime.ts";
import { isReady } from "./queries/progress.ts";
import { createSnapshots, type Database, type Snapshots } from "./snapshot.ts";
import { Turns } from "./turns.ts";
import { keepUp } from "./upkeep.ts";

/**
 * Operations that read PostgreSQL at once. They are executed on the event loop that indexes too, where each
 * stands in front of the next block's work: a few keep the database busy. Chosen, not measured.
 */
const MAX_READERS = 4;

const { PONDER_COMMON, PONDER_DATABASE } = ponderRuntime();

const DEV = PONDER_COMMON.options.command === "dev";

/** Ponder serves it after its own /metrics, /health, /ready and /status. */
export default createApi({
  chains: markets.chains,
  snapshots: snapshots(),
  heads: createHeads(fetchHead),
  clock: () => Math.floor(Date.now() / 1000),
  logger: PONDER_COMMON.logger,
  // For browsers, with `npm run dev` only.
  graphiql: DEV,
});

function snapshots(): Snapshots {
  const { driver, userQB } = PONDER_DATABASE;
  if (driver.dialect === "pglite") {
    // Not ponder:api's db: its `transaction` opens none on PGlite.
    const database = drizzle(driver.instance, { casing: "snake_case", schema: tables });
    const turns = takeTurnsWithBlockWrites(userQB);
    const query = <T>(statement: string) => driver.instance.query<T>(statement);
    // `npm run dev` executes this file again at every change.
    if (!DEV) keepUp({ query, isReady: () => isReady(database), turns, logger: PONDER_COMMON.logger });
    return createSnapshots(database, turns);
  }
  // One connection of the pool stays free for /ready and /status.
  const width = Math.max(1, Math.min(MAX_READERS, driver.readonly.options.max - 1));
  // It has `transaction` at run time; its type says that it only reads.
  return createSnapshots(db as unknown as Database, new Turns(width));
}

async function fetchHead(chainId: number): Promise<Head> {
  const name = markets.chains.find(({ id }) => id === chainId)?.name ?? "";
  const block = await publicClients[name]?.getBlock();
  if (block === undefined) throw new Error(`chain ${chainId} has no client`);
  return { number: Number(block.number), timestamp: Number(block.timestamp) };
}
