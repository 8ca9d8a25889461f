import type { Entry } from "./replayChain.ts";

/**
 * Throws if two recorded logs contradict each other (same index, two hashes of one transaction, two times of one
 * block). Returns the known time of each block.
 */
export function checkLogs(
  entries: readonly Entry[],
  blockTimes?: ReadonlyMap<number, number>,
): Map<number, number> {
  const times = new Map(blockTimes);
  const seen = new Map<string, string>();
  const claim = (key: string, value: string) => {
    if ((seen.get(key) ?? value) !== value) throw new ContradictoryLogsError(key, value);
    seen.set(key, value);
  };
  entries.forEach(({ number, source, rpc }, i) => {
    claim(`log ${source.logIndex} of block ${number}`, `entry ${i}`);
    claim(`transaction ${rpc.transactionIndex} of block ${number}`, rpc.transactionHash);
    claim(`transaction ${rpc.transactionHash}`, `${number}:${rpc.transactionIndex}`);
    claim(`time of block ${number}`, String(times.get(number) ?? source.timestamp));
    claim(`time of block ${number}`, String(source.timestamp));
    times.set(number, source.timestamp);
  });
  return times;
}

export class ContradictoryLogsError extends Error {
  readonly subject: string;
  readonly value: string;
  constructor(subject: string, value: string) {
    super(`Recorded twice with different values, the second ${value}: ${subject}. Check the recording.`);
    this.subject = subject;
    this.value = value;
  }
}
