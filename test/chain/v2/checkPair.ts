import { parseEventLogs } from "viem";
import { uniswapV2PairAbi } from "../../../abis/uniswapV2Pair.ts";
import type { pairAmounts } from "../../../src/state/pairPool.ts";
import { compareBooks, type Difference, differ, lockedBasis } from "./comparePair.ts";
import type { PairIndex, PairLog } from "./indexPairs.ts";
import { poolRow } from "./pairRows.ts";
import type { PairStep, RecordedPair } from "./recordPair.ts";

/** A Burn alone in its transaction, and what the rows right before it said that it pays. */
export type ForeseenBurn = {
  paid: readonly [bigint, bigint];
  foreseen: readonly [bigint, bigint];
  /** Whether the protocol's fee was on, and what the logs had told of it. */
  feeOn: boolean;
  told: boolean | null;
};

export type CheckedPair = {
  burns: ForeseenBurn[];
  /** What all Burns together paid. */
  paid: [bigint, bigint];
  compared: number;
  differences: Difference[];
};

const ZERO = `0x${"00".repeat(20)}`;

/** Indexes a recorded pair, and holds the rows against what it answered after each block. */
export async function checkPair(
  { steps }: RecordedPair,
  index: PairIndex,
  amounts: typeof pairAmounts,
): Promise<CheckedPair> {
  const checked: CheckedPair = { burns: [], paid: [0n, 0n], compared: 0, differences: [] };
  for (const [block, step] of steps.entries()) {
    const locked = block === 0 ? null : lockedBasis(index.tables);
    for (const logs of step.transactions) {
      foresee(checked, index, logs, { step, amounts });
      await index.feed(logs);
    }
    const found = [...differ(index.tables, step.chain), ...compareBooks(index.tables)];
    if (locked !== null && !step.names.includes("lock")) {
      found.push({ what: "principal of nobody", row: lockedBasis(index.tables), chain: locked });
    }
    checked.compared += found.length;
    checked.differences.push(
      ...found.filter(({ row, chain }) => row !== chain).map((one) => ({ ...one, block })),
    );
  }
  return checked;
}

/** What the rows say of a transaction that burns LP tokens once and does nothing else, and what it paid. */
function foresee(
  checked: CheckedPair,
  { tables }: PairIndex,
  logs: readonly PairLog[],
  { step, amounts }: { step: PairStep; amounts: typeof pairAmounts },
): void {
  const events = parseEventLogs({ abi: uniswapV2PairAbi, logs: logs as never, strict: true });
  const burns = events.filter((event) => event.eventName === "Burn");
  for (const { args } of burns) {
    checked.paid = [checked.paid[0] + args.amount0, checked.paid[1] + args.amount1];
  }
  const others = events.some(({ eventName }) => eventName === "Swap" || eventName === "Mint");
  const burnt = events.find((event) => event.eventName === "Transfer" && event.args.to === ZERO);
  const [burn] = burns;
  if (!step.foreseeable || others || burns.length !== 1 || burn === undefined) return;
  if (burnt?.eventName !== "Transfer") return;
  const pool = poolRow(tables);
  const { amount0, amount1 } = amounts(pool, burnt.args.value);
  const paid = [burn.args.amount0, burn.args.amount1] as const;
  checked.burns.push({ paid, foreseen: [amount0, amount1], feeOn: step.feeOn, told: pool.feeOn });
}

/** Burns at which what the rows take of the protocol's fee was so: off while nothing has told. */
export function told(burns: readonly ForeseenBurn[]): ForeseenBurn[] {
  return burns.filter((burn) => burn.feeOn === (burn.told ?? false));
}

/** How often the fee was switched: each time one burn at most pays otherwise than the logs before it say. */
export function switches({ steps }: RecordedPair): number {
  return steps.flatMap(({ names }) => names).filter((name) => name === "feeTo").length;
}

/** Transfers to the pair in transactions without a Burn. */
export function parked({ steps }: RecordedPair, pair: string): number {
  const transactions = steps.flatMap((step) => step.transactions);
  return transactions
    .map((logs) => parseEventLogs({ abi: uniswapV2PairAbi, logs: logs as never, strict: true }))
    .filter((events) => !events.some(({ eventName }) => eventName === "Burn"))
    .flatMap((events) => events.filter((event) => event.eventName === "Transfer"))
    .filter(({ args }) => args.to.toLowerCase() === pair && args.value > 0n).length;
}

/** Burns that paid otherwise than was foreseen. */
export function misjudged(burns: readonly ForeseenBurn[]): ForeseenBurn[] {
  return burns.filter(({ paid, foreseen }) => paid[0] !== foreseen[0] || paid[1] !== foreseen[1]);
}
