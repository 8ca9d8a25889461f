/** Time with liquidity, and the capital that was at work in it, up to the last change. Columns: ponder.schema.ts. */
export type CapitalLedger = {
  secondsOpen: number;
  settledTimestamp: number;
  /** Sum of capital times seconds, in token1 units. */
  capitalSeconds1: bigint;
};

export const emptyCapital: CapitalLedger = { secondsOpen: 0, settledTimestamp: 0, capitalSeconds1: 0n };

/**
 * The ledger brought up to `timestamp`, before liquidity or capital changes (metrics.md 4.6). Without liquidity no
 * time counts. Example: a capital of 7 for 60 seconds adds 60 and 420.
 */
export function settleCapital<T extends CapitalLedger & { liquidity: bigint; cost1: bigint }>(
  ledger: T,
  timestamp: number,
): T {
  if (ledger.liquidity === 0n) return { ...ledger, settledTimestamp: timestamp };
  const seconds = timestamp - ledger.settledTimestamp;
  return {
    ...ledger,
    settledTimestamp: timestamp,
    secondsOpen: ledger.secondsOpen + seconds,
    capitalSeconds1: ledger.capitalSeconds1 + ledger.cost1 * BigInt(seconds),
  };
}
