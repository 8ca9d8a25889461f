import { type ChildProcess, spawn } from "node:child_process";

/**
 * Runs the program; when our end of its standard input closes, for whatever reason (a kill -9 of us included), the
 * program is told to end, and killed with all that it started if it is still there fifteen seconds later: Ponder gives
 * itself five, on a clock that begins later. What it leaves behind in its process group is told to end too.
 */
const keeper = `
exec 3<&0
"$@" </dev/null 3<&- & program=$!
(cat <&3; kill $program; sleep 15; kill -9 0) >/dev/null 2>&1 &
wait $program; status=$?
trap "" TERM; kill 0
exit $status`;

export interface OwnedProcess {
  child: ChildProcess;
  /** Resolves with the exit code, null if a signal ended it. */
  exited: Promise<number | null>;
  /** Tells it to end, and resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a program that cannot outlive this process, in a process group of its own, so that Ctrl-C reaches only us and
 * we decide in which order things end. Needs a POSIX `sh`.
 *
 * @param output file descriptor for its standard output and error; left out: pipes, as `child.stdout` and `.stderr`.
 * @example const anvil = startOwned("anvil", ["--port", "0"]); ...; await anvil.stop();
 */
export function startOwned(
  command: string,
  args: string[],
  { env = process.env, cwd, output }: { env?: NodeJS.ProcessEnv; cwd?: string; output?: number } = {},
): OwnedProcess {
  const child = spawn("sh", ["-c", keeper, "sh", command, ...args], {
    stdio: ["pipe", output ?? "pipe", output ?? "pipe"],
    detached: true,
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
    child.once("error", () => resolve(null));
  });
  // The pipe breaks when the program ends first: that is no error of ours.
  child.stdin?.on("error", () => {});
  const stop = async () => {
    child.stdin?.end();
    await exited;
  };
  return { child, exited, stop };
}
