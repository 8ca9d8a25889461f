import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

// Ponder's `bin`, next to the entry that `import "ponder"` finds.
const PONDER = fileURLToPath(new URL("./bin/ponder.js", import.meta.resolve("ponder")));

/**
 * Runs Ponder's command line on this terminal until it ends. SIGINT and SIGTERM are passed on to it.
 *
 * @param args as in `ponder start --port 42069`
 * @param script another script than Ponder's, for tests
 * @returns its exit code: 0 after a signal, 1 for a user's error, 75 for one that a restart may cure
 */
export function runPonder(args: readonly string[], env: NodeJS.ProcessEnv, script = PONDER): Promise<number> {
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  // Before there is a child: a signal in between would end this process alone.
  process.on("SIGINT", pass);
  process.on("SIGTERM", pass);
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    stdio: "inherit",
    env,
  });
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    process.off("SIGINT", pass);
    process.off("SIGTERM", pass);
  });
}
