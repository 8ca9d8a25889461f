import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Address } from "viem";
import type { RecordedCall } from "../../test/replay/answerCall.ts";
import type { ReplayLog } from "../../test/replay/replayChain.ts";
import { record } from "./record.ts";

/** A chain of swaps, as its logs, and what it contains. */
export interface Recording {
  seed: number;
  /** At least so many were asked for. */
  swaps: number;
  head: number;
  factory: Address;
  positionManager: Address;
  pools: number;
  positions: number;
  /** Logs of the pools by event. */
  events: Record<string, number>;
  blocksWithLogs: number;
  swapsThatCross: number;
  crossings: number;
  logs: ReplayLog[];
  calls: RecordedCall[];
}

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/ballast-bench/", import.meta.url));

/** Changes with what the recorded history consists of, so that no older recording is taken for it. */
const VERSION = 1;

/** The recording of this seed and size: read from the cache under node_modules, or made, which takes minutes. */
export async function loadRecording(
  seed: number,
  swaps: number,
  say: (line: string) => void,
): Promise<Recording> {
  const file = join(CACHE, `recording-${VERSION}-${seed}-${swaps}.json.gz`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept !== undefined) return JSON.parse(gunzipSync(kept).toString()) as Recording;
  say(`no recording at ${file}: making it`);
  const recording = await record(seed, swaps, say);
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${file}.new`, gzipSync(JSON.stringify(recording)));
  await rename(`${file}.new`, file);
  return recording;
}

/** What a recording contains, in a sentence; the digest tells whether two are the same. */
export function describeRecording(recording: Recording): string {
  const { events, pools, positions, blocksWithLogs, swapsThatCross, crossings, logs, head, seed } = recording;
  const swaps = events.Swap ?? 0;
  const others = Object.entries(events).filter(([name]) => name !== "Swap");
  const share = ((100 * swapsThatCross) / swaps).toFixed(1);
  return (
    `${swaps} swaps, ${others.map(([name, count]) => `${count} ${name}`).join(", ")} on ${pools} pools with ` +
    `${positions} positions; ${share} % of the swaps cross a tick (${crossings} crossings); ${logs.length} logs in ` +
    `${blocksWithLogs} blocks of ${head + 1}; seed ${seed}, digest ${digest(recording)}`
  );
}

function digest({ logs }: Recording): string {
  return createHash("sha256").update(JSON.stringify(logs)).digest("hex").slice(0, 10);
}
