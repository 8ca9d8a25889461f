import { existsSync } from "node:fs";
import { MarketsFileError } from "../config/readMarkets.ts";
import { followChains } from "./followChains.ts";
import { preflight, ROOT } from "./preflight.ts";
import { runPonder } from "./runPonder.ts";
import { StartRefused } from "./startRefused.ts";

const [command, ...rest] = process.argv.slice(2);

try {
  process.exitCode = await start();
} catch (error) {
  if (!(error instanceof StartRefused || error instanceof MarketsFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function start(): Promise<number> {
  if ((command !== "start" && command !== "dev") || rest.length > 0) {
    throw new StartRefused(
      "Run `npm start` or `npm run dev`, without arguments: settings are in the markets file and the environment.",
    );
  }
  // Ponder reads it too, so the checks must see the same environment.
  if (existsSync(".env.local")) process.loadEnvFile(".env.local");
  const launch = await preflight({ env: process.env, cwd: process.cwd(), say: console.log });
  const stop = followChains(launch, console.log);
  try {
    const withoutUi = command === "dev" && !process.stdout.isTTY ? ["--disable-ui"] : [];
    return await runPonder(
      [command, "--root", ROOT, "--port", String(launch.port), "--schema", launch.schema, ...withoutUi],
      { ...process.env, PORT: String(launch.port) },
    );
  } finally {
    stop();
    await launch.memory.close();
  }
}
