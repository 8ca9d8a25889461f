import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Hex } from "viem";
import type { ReplayLog } from "./replayChain.ts";

const ROW =
  /^(\d+),([\d-]+) ([\d:]+)(?:\+00:00)?,(0x[0-9a-f]{64}),(\d+),(\d+),"?\[(['0-9a-fx, ]*)\]"?,(0x[0-9a-f]*)$/;

/**
 * Raw logs of one contract from a file (`.csv` or `.csv.gz`) with the columns block_number, block_timestamp (UTC),
 * transaction_hash, transaction_index, log_index, topics (a Python list), data.
 */
export function loadRecordedLogs(path: string | URL, address: Hex): ReplayLog[] {
  const bytes = readFileSync(path);
  const text = String(path).endsWith(".gz") ? gunzipSync(bytes) : bytes;
  const [, ...lines] = text.toString("utf8").trim().split(/\r?\n/);
  return lines.map((line, i) => {
    const row = ROW.exec(line);
    if (row === null) throw new UnreadableRowError(i + 2, line);
    const [, block, day, time, hash, transactionIndex, logIndex, topics = "", data] = row;
    return {
      blockNumber: Number(block),
      timestamp: Date.parse(`${day}T${time}Z`) / 1000,
      transactionHash: hash as Hex,
      transactionIndex: Number(transactionIndex),
      logIndex: Number(logIndex),
      address,
      topics: (topics.match(/0x[0-9a-f]+/g) ?? []) as Hex[],
      data: data as Hex,
    };
  });
}

export class UnreadableRowError extends Error {
  readonly line: number;
  constructor(line: number, text: string) {
    super(`Line ${line} is not a recorded log: ${text.slice(0, 80)}. Check the columns.`);
    this.line = line;
  }
}
