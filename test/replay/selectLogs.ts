import type { Hex } from "viem";

/** The filter object of eth_getLogs. */
export interface LogFilter {
  readonly fromBlock?: string;
  readonly toBlock?: string;
  readonly blockHash?: Hex;
  readonly address?: Hex | readonly Hex[] | null;
  readonly topics?: readonly (Hex | readonly Hex[] | null)[] | null;
}

/** The logs that pass a filter's addresses and topics (null: any; array: one of), in the order given. */
export function selectLogs<T extends { address: Hex; topics: readonly Hex[] }>(
  logs: readonly T[],
  filter: Pick<LogFilter, "address" | "topics">,
): T[] {
  const addresses = oneOf(filter.address);
  const topics = (filter.topics ?? []).map(oneOf);
  return logs.filter(
    (log) =>
      (addresses === undefined || addresses.has(log.address)) &&
      topics.every((allowed, i) => {
        const topic = log.topics[i];
        return topic !== undefined && (allowed === undefined || allowed.has(topic));
      }),
  );
}

function oneOf(value: Hex | readonly Hex[] | null | undefined): Set<string> | undefined {
  if (value === null || value === undefined) return undefined;
  const values = typeof value === "string" ? [value] : value;
  return values.length === 0 ? undefined : new Set(values.map((item) => item.toLowerCase()));
}
