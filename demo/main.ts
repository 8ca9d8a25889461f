/** `npm run demo`: see runDemo.ts. Exit codes: 0 when the user or --once ends it, 1 with a sentence otherwise. */

import { StartRefused } from "../cli/startRefused.ts";
import { ArgumentError, type Arguments, readArguments, usage } from "./arguments.ts";
import { AnvilMissingError, AnvilStartError, PortInUseError } from "./chain/anvil.ts";
import { ContractsMissingError } from "./chain/artifacts.ts";
import { TransactionOrderError } from "./chain/sendInOneBlock.ts";
import { ProcessEndedError, runDemo } from "./runDemo.ts";
import { paintFor } from "./style.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { help, ...asked } = readArguments(args);
    if (!help) return await run(asked);
    console.log(usage);
    return 0;
  } catch (error) {
    return explain(error);
  }
}

async function run(asked: Omit<Arguments, "help">): Promise<number> {
  const user = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => user.abort());
  // Whoever reads us has gone, as in `npm run demo | head`.
  process.stdout.on("error", () => user.abort());
  const { env, stdout: out } = process;
  try {
    await runDemo({ ...asked, env, out, paint: paintFor(out.isTTY, env), signal: user.signal });
  } catch (error) {
    if (!user.signal.aborted) throw error;
    if (!out.writableEnded && !out.destroyed)
      out.write("Ended: the local chain, the app and their files are gone.\n");
  }
  return 0;
}

/** A sentence for what the user can mend; anything else is a fault of ours and keeps its stack. */
function explain(error: unknown): number {
  const known = [
    ArgumentError,
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
