import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPort } from "../cli/checkPort.ts";
import { StartRefused } from "../cli/startRefused.ts";
import { protocolTerms } from "../config/protocols.ts";
import { startOwned } from "./ownedProcess.ts";
import type { Market } from "./scenario.ts";

const startCommand = fileURLToPath(new URL("../cli/run.mjs", import.meta.url));

export interface App {
  /** The API's address. */
  url: string;
  logFile: string;
  /** Resolves when it ends, asked or not. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * Starts what `npm start` starts, on a markets file of the demo's own, with its database and its log in `home`.
 *
 * @param port as `apiPort` found it
 */
export function startApp(home: string, rpc: string, market: Market, port: number): App {
  const config = join(home, "ballast.config.json");
  const { token1 } = market.rig;
  const names = { id: 31337, name: "anvil", rpc: [rpc] };
  // Spread over all prices, a pair's liquidity has less depth than a market of dollars is asked for.
  const chain = { ...names, quoteToken: token1, stablecoins: [token1], quoteMinDepth: 1_000 };
  writeFileSync(config, JSON.stringify({ chains: [{ ...chain, markets: [inFile(market)] }] }, null, 2));
  const logFile = join(home, "app.log");
  const data = join(home, "data");
  mkdirSync(data);
  const env = {
    ...process.env,
    BALLAST_CONFIG: config,
    BALLAST_DATA_DIR: data,
    PORT: String(port),
    // The user's own settings must not lead the demo to another chain or into another database.
    DATABASE_URL: "",
    DATABASE_SCHEMA: "",
    PONDER_RPC_URL_31337: "",
    NO_COLOR: "1",
  };
  const app = startOwned(process.execPath, [startCommand, "start"], {
    env,
    cwd: home,
    output: openSync(logFile, "a"),
  });
  return { url: `http://127.0.0.1:${port}/graphql`, logFile, exited: app.exited, stop: app.stop };
}

/** The market as the markets file says it. */
function inFile({ protocol, rig: { factory, positionManager } }: Market): Record<string, unknown> {
  const { factoryKey, hasNfts } = protocolTerms[protocol];
  return { protocol, [factoryKey]: factory, ...(hasNfts ? { positionManager } : {}), startBlock: 1 };
}

/**
 * The port for the API: PORT if it is set, which throws a sentence where it is taken; else 42069, or a free one where
 * that is taken, which is said.
 */
export async function apiPort(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<number> {
  if (env.PORT) return checkPort(env);
  try {
    return await checkPort({});
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    const port = await freePort();
    say(`${error.message.replace(/:.*/s, "")}, so the API is on port ${port}.`);
    return port;
  }
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Its last lines that say something, for a person to read. */
export function lastLines(logFile: string, count: number): string {
  const lines = readFileSync(logFile, "utf8").split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .slice(-count)
    .join("\n");
}
