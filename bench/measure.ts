/** One thing to be timed. `run` does it once, or `times` times. */
export interface Subject {
  name: string;
  run: () => void;
  times: number;
}

const WARM_UP_MILLISECONDS = 300;
const SAMPLE_MILLISECONDS = 10;

/**
 * Microseconds that each subject takes, `samples` times, by turns: the first sample of all, then the second of all.
 * Each is warmed up first, and a sample repeats it until the clock says enough.
 */
export function measure(subjects: readonly Subject[], samples: number): Map<string, number[]> {
  const repeats = subjects.map(warmUp);
  const measured = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let sample = 0; sample < samples; sample++) {
    for (const [i, { name, run, times }] of subjects.entries()) {
      const repeat = repeats[i] ?? 1;
      const started = performance.now();
      for (let n = 0; n < repeat; n++) run();
      measured.get(name)?.push((1_000 * (performance.now() - started)) / (repeat * times));
    }
  }
  return measured;
}

function warmUp({ run }: Subject): number {
  const started = performance.now();
  let runs = 0;
  for (; performance.now() - started < WARM_UP_MILLISECONDS; runs++) run();
  return Math.max(1, Math.round((runs * SAMPLE_MILLISECONDS) / WARM_UP_MILLISECONDS));
}
