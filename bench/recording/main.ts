import { describeRecording, loadRecording } from "./recording.ts";
import { SEED, SWAPS } from "./size.ts";

/** Makes the recorded chain, if it is not there yet, and says what it contains. */
const started = Date.now();
const recording = await loadRecording(SEED, SWAPS, (line) => console.log(line));
console.log(`${describeRecording(recording)} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
