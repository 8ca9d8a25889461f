import { cpSync } from "node:fs";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type OwnedProcess, startOwned } from "../demo/ownedProcess.ts";
import { freePort } from "./freePort.ts";

export type App = {
  url: string;
  /** What it keeps on disk, for another app to start on. */
  directory: string;
  /** Where the embedded database lies, once the app has stopped: the directory for PGlite. */
  databaseDirectory: string;
  /** Answers `data`; throws the first error. */
  query<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Resolves when the chain is indexed up to this block, or throws with the app's last words. */
  untilIndexed(chainName: string, blockNumber: number, seconds?: number): Promise<void>;
  log(): Promise<string>;
  exited: Promise<number | null>;
  stop(): Promise<void>;
  /** As `kill -9` of all of it. */
  kill(): void;
  /** Removes what it left on disk. */
  remove(): Promise<void>;
};

/** Rows are here in every test, so that they can be queried by name. */
export const TEST_SCHEMA = "ballast_test";

/** A markets file for Uniswap v3 on an Anvil: the listed pools, or every pool of the factory. */
export function anvilMarkets(
  url: string,
  { factory, positionManager }: { factory: string; positionManager: string | null },
  pools?: readonly string[],
) {
  const market = { protocol: "uniswap-v3", factory, positionManager, startBlock: 0 };
  const markets = [pools === undefined ? market : { ...market, pools }];
  return { chains: [{ id: 31337, name: "anvil", rpc: [url], markets }] };
}

/**
 * Starts the real app as a user would, against the chains of a markets file, with its own port and data
 * directory. `directory`: of an earlier app, to start again on what it left. `root`: of another source tree.
 */
export async function startApp(
  markets: unknown,
  { postgres, directory, root }: { postgres?: string; directory?: string; root?: string } = {},
): Promise<App> {
  const home = directory ?? (await mkdtemp(join(tmpdir(), "ballast-test-")));
  const data = join(home, "data");
  const empty = process.env.BALLAST_TEST_DATABASE;
  // A tenth of the time that `cp` takes for a thousand small files.
  if (directory === undefined && postgres === undefined && empty)
    cpSync(empty, join(data, "pglite"), { recursive: true });
  const config = join(home, "ballast.config.json");
  await writeFile(config, JSON.stringify(markets, null, 2));
  const port = await freePort();
  const logFile = join(home, "app.log");
  const output = await open(logFile, "a");
  const owned = startOwned(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "cli/run.mjs", "start"],
    {
      env: {
        ...process.env,
        BALLAST_CONFIG: config,
        BALLAST_DATA_DIR: data,
        DATABASE_SCHEMA: TEST_SCHEMA,
        PORT: String(port),
        ...(postgres === undefined ? {} : { DATABASE_URL: postgres }),
      },
      output: output.fd,
      ...(root === undefined ? {} : { cwd: root }),
    },
  );
  const log = () => readFile(logFile, "utf8");
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    directory: home,
    databaseDirectory: join(data, "pglite"),
    query: (query, variables) => ask(`${url}/graphql`, query, variables),
    untilIndexed: (chainName, blockNumber, seconds = 240) =>
      untilIndexed({ url, owned, log, chainName, blockNumber, seconds }),
    log,
    exited: owned.exited,
    stop: async () => {
      await owned.stop();
      await output.close().catch(() => {});
    },
    kill: () => {
      // startOwned gives it a process group of its own.
      if (owned.child.pid !== undefined) process.kill(-owned.child.pid, "SIGKILL");
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

/** As the API asks of its clients: what is answered 503 on a busy machine is asked again. */
async function ask<Data>(url: string, query: string, variables: unknown): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  if (response.status === 503) {
    await setTimeout(1_000);
    return ask(url, query, variables);
  }
  const body = JSON.parse(text) as { data?: Data; errors?: { message: string }[] };
  if (body.errors !== undefined || body.data === undefined) throw new QueryFailedError(response.status, text);
  return body.data;
}

async function untilIndexed(wanted: {
  url: string;
  owned: OwnedProcess;
  log: () => Promise<string>;
  chainName: string;
  blockNumber: number;
  seconds: number;
}): Promise<void> {
  let ended = false;
  wanted.owned.exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + wanted.seconds * 1_000;
  while (!ended && Date.now() < deadline) {
    const status = await fetch(`${wanted.url}/status`)
      .then((response) => response.json() as Promise<Record<string, { block: { number: number } }>>)
      // Not there yet, or gone in the middle of its answer.
      .catch(() => ({}) as Record<string, never>);
    if ((status[wanted.chainName]?.block.number ?? -1) >= wanted.blockNumber) return;
    await setTimeout(50);
  }
  throw new NotIndexedError(wanted.blockNumber, ended, (await wanted.log()).slice(-3_000));
}

export class QueryFailedError extends Error {
  override readonly name = "QueryFailedError";

  constructor(status: number, body: string) {
    super(`HTTP ${status}: ${body.slice(0, 1_000)}`);
  }
}

export class NotIndexedError extends Error {
  override readonly name = "NotIndexedError";

  constructor(blockNumber: number, ended: boolean, log: string) {
    super(`block ${blockNumber} was not indexed ${ended ? "before the app ended" : "in time"}:\n${log}`);
  }
}
