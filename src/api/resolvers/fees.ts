import { toToken1, valueX192 } from "../../math/valueMath.ts";
import { principalOwed } from "../../state/feeParts.ts";
import type { ApiContext } from "../context.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { isPair, paysAtOnce } from "../metrics/protocol.ts";
import { residual } from "../metrics/residual.ts";
import { apr } from "../metrics/returns.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Amounts } from "./amounts.ts";
import type { Flow } from "./flow.ts";
import { ledgerOf, owedOf } from "./ledger.ts";
import { pairOf } from "./pair.ts";
import type { Standing } from "./standing.ts";

type Method = "EXACT" | "ACCOUNTED";

/** Of a position: what it is owed, and whether its books add up. */
export const positionFeeResolvers = {
  owed: async (position: PositionAt, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    const owed = await owedOf(position, context);
    return owed && { ...owed, pair: pairOf(position.pool) };
  },
  principalOwed: (position: PositionAt): Amounts | null => {
    const { row, pool } = position;
    if (!feesKnown(pool.row)) return null;
    return { ...(paysAtOnce(row) ? NOTHING : principalOwed(row)), pair: pairOf(pool) };
  },
  residual: async (position: PositionAt, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    // LP tokens have no growth to count by.
    if (isPair(position.row) || !feesKnown(position.pool.row)) return null;
    const ledger = await ledgerOf(position, context);
    if (ledger === null) return null;
    const { row, owedNow, pending } = ledger;
    return { ...residual(row, owedNow, pending), pair: pairOf(position.pool) };
  },
};

const NOTHING = { amount0: 0n, amount1: 0n };

/** Of a book: what of all that it was paid and is owed is fees. All null where they are not known. */
export const feesResolvers = {
  uncollected: async (standing: Standing, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    const fees = await standing.fees(context);
    return fees && { ...fees.reported.uncollected, pair: standing.pair };
  },
  collected: async (standing: Standing, _: unknown, context: ApiContext): Promise<Flow | null> => {
    const fees = await standing.fees(context);
    return (
      fees && {
        ...fees.reported.collected,
        valueThen0: fees.collectedValue0,
        valueThen1: fees.collectedValue1,
        quotedThen: async (then) => (await standing.quotedFlows(then))?.collected ?? null,
        pair: standing.pair,
      }
    );
  },
  earned: async (standing: Standing, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    const fees = await standing.fees(context);
    if (fees === null) return null;
    const { uncollected, collected } = fees.reported;
    return {
      amount0: uncollected.amount0 + collected.amount0,
      amount1: uncollected.amount1 + collected.amount1,
      pair: standing.pair,
    };
  },
  apr: async (standing: Standing, _: unknown, context: ApiContext): Promise<number | null> => {
    const fees = await standing.fees(context);
    if (fees === null) return null;
    const { amount0, amount1 } = fees.earned;
    return apr(toToken1(valueX192(amount0, amount1, standing.sqrtPriceX96)), standing.sums);
  },
  method: async (standing: Standing, _: unknown, context: ApiContext): Promise<Method | null> => {
    if ((await standing.fees(context)) === null) return null;
    return isPair(standing.pool) ? "ACCOUNTED" : "EXACT";
  },
};
