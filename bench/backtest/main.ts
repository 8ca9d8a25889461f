import { openPlayback, type Playback, type PlayedEvent, playEvent } from "../../src/api/metrics/playback.ts";
import { openShadow } from "../../src/api/metrics/shadowPosition.ts";
import { openTickBook } from "../../src/api/metrics/tickBook.ts";
import { recordedEvents } from "../../src/api/queries/recordedEvents.ts";
import { playHistory } from "../../src/api/resolvers/playHistory.ts";
import type { Snapshot } from "../../src/api/snapshot.ts";
import { replaySwap } from "../../src/state/replaySwap.ts";
import { describeMachine } from "../machine.ts";
import { describeRecording, loadRecording } from "../recording/recording.ts";
import { SEED, SWAPS } from "../recording/size.ts";
import { RULE } from "../replay/swaps.ts";
import { ratios, spread } from "../statistics.ts";
import { busiestPool, CHAIN_ID, databaseOf } from "./busiestPool.ts";

/** What a backtest costs a swap, beside the plain replay of the same swaps. BENCH_SAMPLES (15). */
const SAMPLES = Number(process.env.BENCH_SAMPLES ?? 15);
const WARM_UPS = 3;
const BASELINE = "plain replay";

console.log(describeMachine());
const recording = await loadRecording(SEED, SWAPS, (line) => console.log(line));
console.log(`- recorded chain: ${describeRecording(recording)}`);
const pool = busiestPool(recording);
const { cases, changes, poolId } = pool;
console.log(`- played: the ${cases.length} swaps and ${changes.length} changes of liquidity of one pool\n`);
const db = await databaseOf(pool);
const span = { afterBlock: 0, toBlock: recording.head };
const context = { ask: <T>(question: (snapshot: Snapshot) => Promise<T>) => question(db.database) };
const read = () => recordedEvents(context.ask, { chainId: CHAIN_ID, poolId }, span, false);
const events: PlayedEvent[] = [];
for await (const page of read()) events.push(...page);

const subjects = new Map<string, () => Promise<void>>([
  [
    BASELINE,
    async () => {
      for (const { pool: before, ticks, swap, timestamp } of cases)
        replaySwap(RULE, before, ticks, swap, timestamp);
    },
  ],
  [
    "playing them for a position",
    async () => {
      const playback = opened();
      for (const event of events) playEvent(playback, event);
    },
  ],
  [
    "reading them from PGlite",
    async () => {
      const pages = read();
      while (!(await pages.next()).done);
    },
  ],
  ["a backtest, both", async () => playHistory(opened(), { chainId: CHAIN_ID, poolId }, span, context)],
]);
const measured = new Map([...subjects.keys()].map((name) => [name, [] as number[]]));
for (let sample = -WARM_UPS; sample < SAMPLES; sample++) {
  for (const [name, run] of subjects) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    if (sample >= 0) measured.get(name)?.push((user + system) / cases.length);
  }
}
const baseline = measured.get(BASELINE) ?? [];
console.log("| | µs of processor time a swap | of the plain replay |\n|---|---|---|");
for (const [name, values] of measured)
  console.log(`| ${name} | ${spread(values, 2)} | ${spread(ratios(values, baseline), 2)} |`);
await db.close();

/** From before the pool's first price on, ten spacings wide to either side of where its first swap left it. */
function opened(): Playback {
  const [first] = cases;
  const tickSpacing = first?.pool.tickSpacing ?? 1;
  const middle = Math.round((first?.swap.tick ?? 0) / tickSpacing) * tickSpacing;
  const range = { tickLower: middle - 10 * tickSpacing, tickUpper: middle + 10 * tickSpacing };
  const unpriced = { tickSpacing, ticks: openTickBook([]), sqrtPriceX96: 0n, tick: 0, liquidity: 0n };
  const start = {
    pool: { protocol: "UNISWAP_V3", ...unpriced, pair: null },
    shadow: openShadow(range, 10n ** 18n, true),
    positionId: null,
  };
  return openPlayback(start, { number: 0, timestamp: 0 }, 300);
}
