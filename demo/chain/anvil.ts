import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { type OwnedProcess, startOwned } from "../ownedProcess.ts";

export interface AnvilOptions {
  /** Left out: a free port. */
  port?: number;
  /** Default 31337. */
  chainId?: number;
  /** Seconds between blocks that Anvil mines by itself. Left out: a block is mined only when asked for (evm_mine). */
  blockTime?: number;
  /** A block for every transaction. */
  automine?: boolean;
  /** Unix seconds of block 0; later blocks are one second apart. Runs with the same value give the same blocks. */
  timestamp?: number;
  /** Unlocked accounts with ether; the same ones each time. Default 20. */
  accounts?: number;
  /** Past states that can be read. Left out: all of them, and every block takes longer than the one before. */
  keptStates?: number;
}

export interface Anvil {
  url: string;
  port: number;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
  /** Resolves when it ends, asked or not. */
  exited: Promise<number | null>;
}

/**
 * Starts Anvil and resolves when it answers. It ends with this process, however that ends.
 *
 * @example const anvil = await startAnvil({ timestamp: 1_700_000_000 }); ...; await anvil.stop();
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const anvil = startOwned(anvilBinary(), anvilArguments(options));
  const port = await listeningPort(anvil, options.port);
  anvil.child.stdout?.resume();
  anvil.child.stderr?.resume();
  const url = `http://127.0.0.1:${port}`;
  // Several lines a request, which nobody reads.
  await request(url, "anvil_setLoggingEnabled", [false]);
  if (options.timestamp !== undefined) await request(url, "anvil_setBlockTimestampInterval", [1]);
  return { url, port, stop: anvil.stop, exited: anvil.exited };
}

function anvilArguments({ port = 0, chainId = 31337, accounts = 20, ...options }: AnvilOptions): string[] {
  const args = ["--port", String(port), "--chain-id", String(chainId), "--accounts", String(accounts)];
  // First in, first out, and no fee: the order of transactions is the order of sending, and nobody runs out of ether.
  args.push("--order", "fifo", "--block-base-fee-per-gas", "0", "--gas-limit", "1000000000");
  if (options.timestamp !== undefined) args.push("--timestamp", String(options.timestamp));
  if (options.keptStates !== undefined) args.push("--prune-history", String(options.keptStates));
  if (options.blockTime !== undefined) args.push("--block-time", String(options.blockTime));
  else if (!options.automine) args.push("--no-mining");
  return args;
}

/**
 * Path of Anvil: the npm package for this platform if it is installed, else the first `anvil` on PATH.
 *
 * @param path a PATH to search; default the environment's.
 */
export function anvilBinary(path = process.env.PATH ?? "", platform = process.platform as string): string {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  try {
    const require = createRequire(import.meta.url);
    const manifest = require.resolve(`@foundry-rs/anvil-${platform}-${architecture}/package.json`);
    return join(dirname(manifest), "bin", "anvil");
  } catch {
    // npm's own link of that name is a script that needs the package which is missing.
    const directories = path.split(delimiter).filter((directory) => !directory.endsWith("node_modules/.bin"));
    const found = directories.map((directory) => join(directory, "anvil")).find((file) => existsSync(file));
    if (found === undefined) throw new AnvilMissingError(`${platform}-${architecture}`);
    return found;
  }
}

function listeningPort({ child }: OwnedProcess, asked: number | undefined): Promise<number> {
  let output = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const port = /Listening on [\d.]+:(\d+)\n/.exec(output)?.[1];
      if (port === undefined) return;
      child.stdout?.off("data", read);
      child.stderr?.off("data", read);
      resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    // What it said last may come after its exit.
    child.once("close", () => {
      reject(
        /in use/i.test(output) && asked !== undefined
          ? new PortInUseError(asked)
          : new AnvilStartError(output),
      );
    });
  });
}

async function request(url: string, method: string, params: unknown[]): Promise<void> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { error } = (await answer.json()) as { error?: { message: string } };
  if (error) throw new AnvilStartError(`${method}: ${error.message}`);
}

export class AnvilMissingError extends Error {
  override name = "AnvilMissingError";

  constructor(platform: string) {
    super(
      `Anvil is not installed for ${platform}: get it from https://getfoundry.sh so that \`anvil\` is on your PATH.`,
    );
  }
}

export class PortInUseError extends Error {
  override name = "PortInUseError";

  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is in use by another program: choose another one, or end that program.`);
    this.port = port;
  }
}

export class AnvilStartError extends Error {
  override name = "AnvilStartError";

  constructor(output: string) {
    super(`Anvil did not start; its last words: ${output.trim().slice(-500) || "(none)"}`);
  }
}
