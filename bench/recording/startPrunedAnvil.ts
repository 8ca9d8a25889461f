import { createServer } from "node:net";
import { anvilBinary } from "../../demo/chain/anvil.ts";
import { type OwnedProcess, startOwned } from "../../demo/ownedProcess.ts";

const SECONDS_TO_ANSWER = 20;

/**
 * Anvil as the demo starts it, except that it forgets old states: keeping them makes each block slower than the one
 * before, and a recording asks for logs alone.
 *
 * @param timestamp of block 0, in unix seconds; later blocks are twelve seconds apart
 */
export async function startPrunedAnvil(timestamp: number): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const anvil = startOwned(anvilBinary(), [
    ...["--port", String(port), "--chain-id", "31337", "--accounts", "20", "--timestamp", String(timestamp)],
    ...["--order", "fifo", "--block-base-fee-per-gas", "0", "--gas-limit", "1000000000"],
    ...["--no-mining", "--prune-history"],
  ]);
  anvil.child.stdout?.resume();
  anvil.child.stderr?.resume();
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url, anvil);
  await request(url, "anvil_setBlockTimestampInterval", [12]);
  return { url, stop: anvil.stop };
}

async function untilItAnswers(url: string, anvil: OwnedProcess): Promise<void> {
  const deadline = Date.now() + SECONDS_TO_ANSWER * 1_000;
  while (Date.now() < deadline) {
    if (await request(url, "eth_chainId", []).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await anvil.stop();
  throw new AnvilSilentError(url);
}

async function request(url: string, method: string, params: unknown[]): Promise<boolean> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return response.ok;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

export class AnvilSilentError extends Error {
  override readonly name = "AnvilSilentError";

  constructor(url: string) {
    super(
      `Anvil does not answer at ${url} after ${SECONDS_TO_ANSWER} s: run it by hand to see what it says.`,
    );
  }
}
