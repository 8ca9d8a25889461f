import { replaySwap } from "../../src/state/replaySwap.ts";
import { describeMachine } from "../machine.ts";
import { measure, type Subject } from "../measure.ts";
import { describeRecording, loadRecording } from "../recording/recording.ts";
import { SEED, SWAPS } from "../recording/size.ts";
import { median, ratios, spread } from "../statistics.ts";
import { ladderCases, sweepCases } from "./ladder.ts";
import { RULE, type SwapCase, swapCases } from "./swaps.ts";

/** What the replay of a swap costs, beside reading its log from JSON. BENCH_SAMPLES (40). */
const SAMPLES = Number(process.env.BENCH_SAMPLES ?? 40);
const CROSSINGS = [0, 1, 10];
const BASELINE = "JSON.parse of the swap's log";

console.log(describeMachine());
const recording = await loadRecording(SEED, SWAPS, (line) => console.log(line));
console.log(`- recorded chain: ${describeRecording(recording)}\n`);
const recorded = swapCases(recording.logs);
const ladder = await ladderCases(CROSSINGS);
const sweeps = await sweepCases();
const [none = []] = CROSSINGS.map((count) => ladder.get(count));

const subjects: Subject[] = [
  { name: BASELINE, times: none.length, run: () => none.forEach(({ json }) => void JSON.parse(json)) },
  ...CROSSINGS.map((count) => replay(`replay crossing ${count}`, ladder.get(count) ?? [])),
  replay("replay of the recorded chain, mean", recorded),
  replay("replay of a sweep, 6,932 words", sweeps),
];
const measured = measure(subjects, SAMPLES);
const baseline = measured.get(BASELINE) ?? [];
const plain = measured.get("replay crossing 0") ?? [];
console.log("| | µs a swap | of JSON.parse | of crossing none |\n|---|---|---|---|");
for (const [name, values] of measured) {
  const [toJson, toNone] = [ratios(values, baseline), ratios(values, plain)].map((all) => spread(all, 2));
  console.log(`| ${name} | ${spread(values, median(values) < 100 ? 2 : 0)} | ${toJson} | ${toNone} |`);
}

function replay(name: string, cases: readonly SwapCase[]): Subject {
  const run = () => {
    for (const { pool, ticks, swap, timestamp } of cases) replaySwap(RULE, pool, ticks, swap, timestamp);
  };
  return { name, times: cases.length, run };
}
