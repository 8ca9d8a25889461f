import { afterEach, expect, test } from "vitest";
import { type App, startApp } from "../app.ts";
import type { RecordedCall } from "../replay/answerCall.ts";
import { ENS_WETH, ensWethCalls, loadEnsWethLogs } from "../replay/ensWeth.ts";
import { startReplayRpc } from "../replay/startReplayRpc.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test("a start block after the pool's creation stops with a sentence that says what to write", async () => {
  const { code, log } = await refused({ startBlock: ENS_WETH.firstBlock + 20 });
  expect(code).not.toBe(0);
  expect(log).toContain(`startBlock ${ENS_WETH.firstBlock + 20} is after its creation`);
  expect(log).toContain("Set startBlock in the markets file to the block in which the pool was created");
});

test("a listed pool of another factory stops, naming both", async () => {
  const factory = "0x00000000000000000000000000000000000000fa";
  const { code, log } = await refused({ factory });
  expect(code).not.toBe(0);
  expect(log).toContain(`comes from factory ${ENS_WETH.factory.toLowerCase()}, not from ${factory}`);
});

test("a listed address that only logs like a pool stops", async () => {
  const { code, log } = await refused({}, []);
  expect(code).not.toBe(0);
  expect(log).toContain("logs like a pool but has no factory()");
});

async function refused(market: Record<string, unknown>, calls: RecordedCall[] = ensWethCalls()) {
  const rpc = await startReplayRpc({
    chainId: 1,
    logs: loadEnsWethLogs(),
    calls: [...calls],
    head: ENS_WETH.lastBlock,
  });
  ends.push(() => rpc.stop());
  const base = {
    protocol: "uniswap-v3",
    pools: [ENS_WETH.pool],
    positionManager: null,
    startBlock: ENS_WETH.firstBlock,
  };
  const app: App = await startApp({
    chains: [{ id: 1, name: "mainnet", rpc: [rpc.url], markets: [{ ...base, ...market }] }],
  });
  ends.push(
    () => app.remove(),
    () => app.stop(),
  );
  return { code: await app.exited, log: await app.log() };
}
