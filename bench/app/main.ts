import { mkdir, writeFile } from "node:fs/promises";
import { startReplayRpc } from "../../test/replay/startReplayRpc.ts";
import { describeMachine } from "../machine.ts";
import { describeRecording, loadRecording } from "../recording/recording.ts";
import { SEED, SWAPS } from "../recording/size.ts";
import { recordedMarkets } from "./markets.ts";
import { ratioTable, stepTable } from "./report.ts";
import { type DatabaseKind, takeTurns } from "./turns.ts";

/**
 * The whole app against a bare Ponder app on one recorded chain, by turns. BENCH_COLD (2) times on an empty
 * database, BENCH_WARM (3) times after each; BENCH_SWAPS (50000), BENCH_DATABASES ("pglite,postgres"),
 * BENCH_BLOCKS: the first so many alone.
 */
const COLD = Number(process.env.BENCH_COLD ?? 2);
const WARM = Number(process.env.BENCH_WARM ?? 3);
const KINDS = (process.env.BENCH_DATABASES ?? "pglite,postgres").split(",") as DatabaseKind[];
/** As at the end of a recording: all that was logged is final. */
const QUIET_BLOCKS = 100;
const OUT = new URL("../../node_modules/.cache/ballast-bench/", import.meta.url);

const say = (line: string) => console.log(line);
const machine = describeMachine();
say(machine);
const recording = await loadRecording(SEED, SWAPS, say);
say(`- recorded chain: ${describeRecording(recording)}\n`);
const BLOCKS = Number(process.env.BENCH_BLOCKS ?? recording.head);
const logs = recording.logs.filter(({ blockNumber }) => blockNumber <= BLOCKS);
const { calls } = recording;
const head = Math.min(BLOCKS + QUIET_BLOCKS, recording.head);
if (BLOCKS < recording.head) say(`- of it the first ${BLOCKS} blocks, ${logs.length} logs\n`);
const rpc = await startReplayRpc({ chainId: 31337, logs, calls, head });
try {
  const chain = { markets: recordedMarkets(rpc.url, recording), head };
  say("Warming up, not counted:");
  await warmUp(chain);
  for (const kind of KINDS) {
    const results = await takeTurns({ kind, cold: COLD, warm: WARM }, chain, say);
    await mkdir(OUT, { recursive: true });
    await writeFile(new URL(`app-${kind}.json`, OUT), JSON.stringify({ machine, kind, results }, null, 1));
    say(`\n${ratioTable(kind, results)}\n\n${stepTable(kind, "warm", results)}\n`);
  }
} finally {
  await rpc.stop();
}

/** Reads both apps' files once, on the first blocks alone. */
async function warmUp({ markets }: { markets: unknown }): Promise<void> {
  await takeTurns({ kind: "pglite", cold: 1, warm: 0 }, { markets, head: 0 }, say);
}
