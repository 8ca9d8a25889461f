/** `npm run demo`: see runDemo.ts. Exit codes: 0 when the user or --once ends it, 1 with a sentence otherwise. */

import { StartRefused } from "../cli/startRefused.ts";
import { AnvilMissingError, AnvilStartError, PortInUseError } from "./chain/anvil.ts";
import { ContractsMissingError } from "./chain/artifacts.ts";
import { TransactionOrderError } from "./chain/sendInOneBlock.ts";
import { ProcessEndedError, runDemo } from "./runDemo.ts";
import { paintFor } from "./style.ts";

const usage = `Usage: npm run demo [-- --once]

Runs Uniswap v3 on a local chain with a dozen LPs, indexes it, and shows their inventory and
impermanent loss live until Ctrl-C.

  --once   run a fixed seed to a fixed block, print the table once, and end

PORT sets the port of the API (42069), NO_COLOR turns colours off.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(usage);
    return 0;
  }
  const unknown = args.find((arg) => arg !== "--once");
  if (unknown !== undefined) {
    console.error(`Unknown argument: ${unknown}\n\n${usage}`);
    return 1;
  }
  const user = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => user.abort());
  // Whoever reads us has gone, as in `npm run demo | head`.
  process.stdout.on("error", () => user.abort());
  const { env, stdout: out } = process;
  try {
    await runDemo({ once: args.length > 0, env, out, paint: paintFor(out.isTTY, env), signal: user.signal });
  } catch (error) {
    if (!user.signal.aborted) return explain(error);
    if (!out.writableEnded && !out.destroyed)
      out.write("Ended: the local chain, the app and their files are gone.\n");
  }
  return 0;
}

/** A sentence for what the user can mend; anything else is a fault of ours and keeps its stack. */
function explain(error: unknown): number {
  const known = [
    AnvilMissingError,
    AnvilStartError,
    PortInUseError,
    TransactionOrderError,
    ContractsMissingError,
    ProcessEndedError,
    StartRefused,
  ];
  console.error(known.some((kind) => error instanceof kind) ? (error as Error).message : error);
  return 1;
}
