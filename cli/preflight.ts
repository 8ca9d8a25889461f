import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { dataDirectory } from "../config/database.ts";
import type { Markets } from "../config/markets.ts";
import { readMarkets } from "../config/readMarkets.ts";
import type { ChainMemory } from "./chainMemory.ts";
import { checkContracts } from "./checkContracts.ts";
import { checkDatabase } from "./checkDatabase.ts";
import { checkIdentities } from "./checkIdentities.ts";
import { checkPort } from "./checkPort.ts";
import { checkRpcs } from "./checkRpcs.ts";
import { fileMemory } from "./fileMemory.ts";
import { postgresMemory } from "./postgresMemory.ts";
import { schemaName } from "./schemaName.ts";
import type { SeenChain } from "./seenChain.ts";

/** The project's directory. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What a start needs to know once nothing stands in its way. */
export type Launch = {
  markets: Markets;
  port: number;
  schema: string;
  /** By what each chain id is known again at the next start. */
  seen: Map<number, SeenChain>;
  memory: ChainMemory;
};

/**
 * Checks all that can be checked before Ponder starts: the markets file, the port, the database, every RPC URL,
 * the contracts, and whether the chains are those that the database holds. Throws `MarketsFileError` or `StartRefused`.
 *
 * @param cwd what BALLAST_CONFIG and BALLAST_DATA_DIR are relative to
 * @param say takes one line for the terminal
 * @param rpcTimeout for each RPC URL, in milliseconds
 */
export async function preflight({ env, cwd, say, rpcTimeout }: PreflightOptions): Promise<Launch> {
  const markets = readMarkets(env, cwd);
  const port = await checkPort(env);
  if (env.DATABASE_URL) await checkDatabase(env.DATABASE_URL);
  await checkRpcs(markets.chains, rpcTimeout);
  await checkContracts(markets.chains);
  const schema = schemaName(ROOT, markets, env);
  const memory = env.DATABASE_URL
    ? postgresMemory(env.DATABASE_URL, schema)
    : await fileMemory(resolve(cwd, dataDirectory(env)));
  try {
    const seen = await checkIdentities(markets.chains, memory, say);
    return { markets, port, schema, seen, memory };
  } catch (error) {
    await memory.close();
    throw error;
  }
}

type PreflightOptions = {
  env: NodeJS.ProcessEnv;
  cwd: string;
  say: (line: string) => void;
  rpcTimeout?: number;
};
