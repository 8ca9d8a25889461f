import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OwnedProcess, startOwned } from "../../demo/ownedProcess.ts";
import { readMetrics, type Sample, sumBy } from "./metrics.ts";

export type AppName = "bare" | "whole";

export interface Run {
  app: AppName;
  markets: unknown;
  head: number;
  /** Of the embedded database and the log. */
  home: string;
  postgres: string | undefined;
  /** Another one than before: the tables are filled anew, from what the database has kept of the chain. */
  schema: string;
}

/** Seconds, unless said otherwise. */
export interface Measured {
  /** From the start of the process until `/status` names the head. */
  wall: number;
  /** Processor time of the app's own processes, without that of a Postgres server. */
  cpu: number;
  /** The most memory that its main process held, in MiB. */
  memory: number;
  /** Of `wall`, reading history: waiting for events, and indexing them. */
  backfill: number;
  /** Of that, from the first to the last: handlers, database writes, commits. */
  indexing: number;
  steps: Record<string, number>;
  /** Inside handlers, by event, with how often. */
  handlers: Record<string, { seconds: number; count: number }>;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PONDER = fileURLToPath(new URL("./bin/ponder.js", import.meta.resolve("ponder")));
const REPORT_USAGE = new URL("./reportUsage.mjs", import.meta.url).href;
const USAGE = "usage.txt";
const MOST_SECONDS = 600;

/** Runs one of the apps until it has indexed the whole chain, as a user would start it, and ends it. */
export async function runOnce(run: Run): Promise<Measured> {
  await mkdir(run.home, { recursive: true });
  const config = join(run.home, "ballast.config.json");
  await writeFile(config, JSON.stringify(run.markets));
  const port = await freePort();
  const logFile = join(run.home, `${run.schema}.log`);
  const output = await open(logFile, "a");
  const started = performance.now();
  const owned = startOwned(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", ...command(run, port)],
    {
      cwd: ROOT,
      env: environment(run, config, port),
      output: output.fd,
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const usage = join(run.home, USAGE);
  await rm(usage, { force: true });
  try {
    await untilAtHead(url, run, owned, logFile);
    const wall = (performance.now() - started) / 1_000;
    const samples = await readMetrics(url);
    await owned.stop();
    return { wall, ...(await readUsage(usage)), ...measured(samples) };
  } finally {
    await owned.stop();
    await output.close();
    // Ponder writes it at every start; two of them contradict each other.
    await rm(join(ROOT, "bench/bare/ponder-env.d.ts"), { force: true });
  }
}

/** Lines of microseconds and KiB: of the process that checks and the one that indexes. */
async function readUsage(file: string): Promise<Pick<Measured, "cpu" | "memory">> {
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  const processes = lines.map((line) => line.split(" ").map(Number));
  return {
    cpu: processes.reduce((sum, [time = 0]) => sum + time, 0) / 1_000_000,
    memory: Math.max(...processes.map(([, kibibytes = 0]) => kibibytes)) / 1_024,
  };
}

function command({ app, schema }: Run, port: number): string[] {
  if (app === "whole") return ["cli/run.mjs", "start"];
  return [PONDER, "start", "--root", join(ROOT, "bench/bare"), "--port", String(port), "--schema", schema];
}

function environment({ home, postgres, schema }: Run, config: string, port: number): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env;
  return {
    ...rest,
    NODE_OPTIONS: `--import=${REPORT_USAGE} ${process.env.NODE_OPTIONS ?? ""}`,
    BENCH_USAGE_FILE: join(home, USAGE),
    BALLAST_CONFIG: config,
    BALLAST_DATA_DIR: join(home, "data"),
    DATABASE_SCHEMA: schema,
    PORT: String(port),
    PONDER_TELEMETRY_DISABLED: "1",
    ...(postgres === undefined ? {} : { DATABASE_URL: postgres }),
  };
}

async function untilAtHead(
  url: string,
  { head, app }: Run,
  owned: OwnedProcess,
  logFile: string,
): Promise<void> {
  let ended = false;
  owned.exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + MOST_SECONDS * 1_000;
  while (!ended && Date.now() < deadline) {
    const status = await fetch(`${url}/status`).then(
      (response) => response.json() as Promise<Record<string, { block?: { number: number } }>>,
      () => ({}) as Record<string, never>,
    );
    if (Object.values(status).some(({ block }) => (block?.number ?? -1) >= head)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new NotIndexedError(app, head, (await readFile(logFile, "utf8")).slice(-2_000));
}

function measured(samples: readonly Sample[]): Omit<Measured, "wall" | "cpu" | "memory"> {
  const groups = sumBy(samples, "ponder_historical_concurrency_group_duration", "group");
  const steps = sumBy(samples, "ponder_historical_transform_duration", "step");
  const sums = sumBy(samples, "ponder_indexing_function_duration_sum", "event");
  const counts = sumBy(samples, "ponder_indexing_function_duration_count", "event");
  const seconds = (milliseconds: number) => milliseconds / 1_000;
  return {
    backfill: seconds((groups.extract ?? 0) + (groups.transform ?? 0)),
    indexing: seconds(Object.values(steps).reduce((sum, step) => sum + step, 0)),
    steps: Object.fromEntries(Object.entries(steps).map(([step, value]) => [step, seconds(value)])),
    handlers: Object.fromEntries(
      Object.entries(sums).map(([event, sum]) => [
        event,
        { seconds: seconds(sum), count: counts[event] ?? 0 },
      ]),
    ),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

export class NotIndexedError extends Error {
  override readonly name = "NotIndexedError";

  constructor(app: string, head: number, log: string) {
    super(`the ${app} app did not come to block ${head}; the end of its log:\n${log}`);
  }
}
