import { feesCollected, feesEarned, feesUncollected, principalOwed } from "../../state/feeParts.ts";
import type { ApiContext } from "../context.ts";
import { residual } from "../metrics/residual.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Amounts } from "./amounts.ts";
import type { Flow } from "./flow.ts";
import { ledgerOf, owedOf } from "./ledger.ts";
import { pairOf } from "./pair.ts";

/** All null in quarantine. */
type Fees = {
  uncollected: Amounts | null;
  collected: Flow | null;
  earned: Amounts | null;
  method: "EXACT" | null;
};

/** Of a position: what it is owed, and what of that and of all it was paid is fees. */
export const positionFeeResolvers = {
  owed: async (position: PositionAt, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    const ledger = await ledgerOf(position, context);
    if (ledger === null) return null;
    return { ...(await owedOf(position, ledger, context)), pair: pairOf(position.pool) };
  },
  principalOwed: (position: PositionAt): Amounts | null => {
    const { row, pool } = position;
    return pool.row.quarantinedBlock === null ? { ...principalOwed(row), pair: pairOf(pool) } : null;
  },
  fees: async (position: PositionAt, _: unknown, context: ApiContext): Promise<Fees> => {
    const ledger = await ledgerOf(position, context);
    if (ledger === null) return { uncollected: null, collected: null, earned: null, method: null };
    const { row, owedNow } = ledger;
    const pair = pairOf(position.pool);
    const collected = feesCollected(row);
    return {
      uncollected: { ...feesUncollected(row, owedNow), pair },
      collected: {
        ...collected,
        // Each token is worth itself at any time.
        valueThen0: collected.amount0 + row.feesCollected1Value0,
        valueThen1: collected.amount1 + row.feesCollected0Value1,
        pair,
      },
      earned: { ...feesEarned(row, owedNow), pair },
      method: "EXACT",
    };
  },
  residual: async (position: PositionAt, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    const ledger = await ledgerOf(position, context);
    if (ledger === null) return null;
    const { row, owedNow, pending } = ledger;
    return { ...residual(row, owedNow, pending), pair: pairOf(position.pool) };
  },
};
