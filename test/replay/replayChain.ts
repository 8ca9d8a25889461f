import { type Hex, keccak256, numberToHex, stringToHex, zeroHash } from "viem";
import { BLANK_HEADER, BLANK_TRANSACTION } from "./blankFields.ts";
import { createBlockClock } from "./blockClock.ts";
import { checkLogs } from "./checkLogs.ts";
import { computeLogsBloom } from "./logsBloom.ts";
import { firstAtLeast } from "./searchSorted.ts";

/** A recorded log. Left out: `transactionIndex` = the log's own index, `transactionHash` = made up from it. */
export interface ReplayLog {
  readonly blockNumber: number;
  /** Unix seconds of the block. */
  readonly timestamp: number;
  readonly transactionIndex?: number;
  readonly transactionHash?: Hex;
  readonly logIndex: number;
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** A log as it was recorded and as eth_getLogs shows it. */
export interface Entry {
  readonly number: number;
  readonly source: ReplayLog;
  readonly rpc: ReturnType<typeof toRpcLog>;
}

export type ReplayChain = ReturnType<typeof buildReplayChain>;

/**
 * A chain made from recorded logs. Every block number exists; the same input gives the same hashes. A hash ends in
 * its block's number, so that it is found without an index. `blockTimes` adds known times (block -> Unix seconds).
 */
export function buildReplayChain(
  chainId: number,
  logs: readonly ReplayLog[],
  blockTimes?: ReadonlyMap<number, number>,
) {
  const entries: Entry[] = logs
    .map((source) => ({ number: source.blockNumber, source, rpc: toRpcLog(chainId, source) }))
    .sort((a, b) => a.number - b.number || a.source.logIndex - b.source.logIndex);
  const timeOf = createBlockClock(checkLogs(entries, blockTimes));

  const entriesBetween = (from: number, to: number) =>
    entries.slice(firstAtLeast(entries, from, numberOf), firstAtLeast(entries, to + 1, numberOf));

  function blockAt(number: number, full: boolean) {
    const own = entriesBetween(number, number).map((entry) => entry.rpc);
    const byIndex = new Map(own.map((log) => [log.transactionIndex, log]));
    const transactions = [...byIndex.values()].sort(
      (a, b) => Number(a.transactionIndex) - Number(b.transactionIndex),
    );
    return {
      ...BLANK_HEADER,
      number: numberToHex(number),
      hash: blockHash(chainId, number),
      parentHash: number === 0 ? zeroHash : blockHash(chainId, number - 1),
      timestamp: numberToHex(timeOf(number)),
      logsBloom: computeLogsBloom(own),
      transactions: transactions.map((log) => (full ? toTransaction(log) : log.transactionHash)),
    };
  }

  return {
    chainId,
    lastBlock: entries.at(-1)?.number ?? 0,
    blockAt,
    entriesBetween,
    /** The block with this hash, or undefined. */
    numberOfHash(hash: Hex): number | undefined {
      const number = Number.parseInt(hash.slice(-NUMBER_DIGITS), 16);
      return Number.isSafeInteger(number) && blockHash(chainId, number) === hash ? number : undefined;
    },
  };
}

const numberOf = (entry: Entry) => entry.number;
const NUMBER_DIGITS = 12;

function blockHash(chainId: number, number: number): Hex {
  const digits = number.toString(16).padStart(NUMBER_DIGITS, "0");
  return `${made(`${chainId}:${number}`).slice(0, -NUMBER_DIGITS)}${digits}` as Hex;
}

const made = (seed: string) => keccak256(stringToHex(`replay:${seed}`));

function toRpcLog(chainId: number, log: ReplayLog) {
  const transactionIndex = log.transactionIndex ?? log.logIndex;
  return {
    address: log.address.toLowerCase() as Hex,
    topics: log.topics.map((topic) => topic.toLowerCase() as Hex),
    data: log.data,
    blockNumber: numberToHex(log.blockNumber),
    blockHash: blockHash(chainId, log.blockNumber),
    transactionIndex: numberToHex(transactionIndex),
    transactionHash: log.transactionHash ?? made(`${chainId}:${log.blockNumber}:${transactionIndex}`),
    logIndex: numberToHex(log.logIndex),
    removed: false,
  };
}

function toTransaction(log: Entry["rpc"]) {
  const { blockHash, blockNumber, transactionIndex, transactionHash: hash, address: to } = log;
  return { ...BLANK_TRANSACTION, hash, blockHash, blockNumber, transactionIndex, to };
}
