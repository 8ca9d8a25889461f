import type { ApiContext } from "../context.ts";
import { paidFees } from "../metrics/paidFees.ts";
import { price } from "../metrics/price.ts";
import { paysAtOnce } from "../metrics/protocol.ts";
import { placeKey } from "../queries/eventFees.ts";
import { feesKnownThen, type LiquidityEventAt } from "../queries/eventPage.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Amounts } from "./amounts.ts";
import { pairThen } from "./pair.ts";

export const liquidityEventResolvers = {
  id: ({ row }: LiquidityEventAt) => `${row.chainId}:${row.blockNumber}:${row.logIndex}`,
  kind: ({ row }: LiquidityEventAt) => row.kind,
  block: ({ row }: LiquidityEventAt) => ({ number: row.blockNumber, timestamp: row.timestamp }),
  transaction: ({ row }: LiquidityEventAt) => row.transactionHash,
  logIndex: ({ row }: LiquidityEventAt) => row.logIndex,
  position: async ({ row, page }: LiquidityEventAt, _: unknown, { ask }: ApiContext): Promise<PositionAt> => {
    const position = (await page.positions(ask)).get(row.positionId);
    if (position === undefined) throw new EventWithoutPositionError(row);
    return position;
  },
  liquidityDelta: ({ row }: LiquidityEventAt) => row.liquidityDelta,
  principal: (event: LiquidityEventAt): Amounts => ({
    amount0: event.row.amount0,
    amount1: event.row.amount1,
    pair: pairThen(event.pool, event.row),
  }),
  paidOut: (event: LiquidityEventAt): Amounts | null => {
    const { row, pool } = event;
    if (!paysOut(event) || !isPaymentKnown(event)) return null;
    return { amount0: row.paidOut0, amount1: row.paidOut1, pair: pairThen(pool, row) };
  },
  fees: async (event: LiquidityEventAt, _: unknown, { ask }: ApiContext): Promise<Amounts | null> => {
    const { row, pool, page } = event;
    if (!paysOut(event) || !feesKnownThen(pool, row)) return null;
    const fees = paysAtOnce(pool.row) ? paidFees(row) : (await page.fees(ask)).get(placeKey(row));
    return fees === undefined ? null : { ...fees, pair: pairThen(pool, row) };
  },
  sqrtPriceX96: ({ row }: LiquidityEventAt) => row.sqrtPriceX96,
  price: (event: LiquidityEventAt) => price(event.row.sqrtPriceX96, pairThen(event.pool, event.row)),
  from: ({ row }: LiquidityEventAt) => row.from,
  to: ({ row }: LiquidityEventAt) => row.to,
};

/** Whether its log is one that pays: v3 and its forks pay at a collect alone. */
function paysOut({ row, pool }: LiquidityEventAt): boolean {
  return row.kind === "COLLECT" || (paysAtOnce(pool.row) && row.kind !== "TRANSFER");
}

/** v4's logs tell no amounts: of what is paid out the fee part has to be known. */
function isPaymentKnown({ row, pool }: LiquidityEventAt): boolean {
  return pool.row.protocol !== "UNISWAP_V4" || feesKnownThen(pool, row);
}

export class EventWithoutPositionError extends Error {
  override readonly name = "EventWithoutPositionError";
  readonly positionId: string;

  constructor({ chainId, blockNumber, logIndex, positionId }: LiquidityEventAt["row"]) {
    super(
      `log ${logIndex} of block ${blockNumber} of chain ${chainId} names position ${positionId}, which has no row: check the indexing`,
    );
    this.positionId = positionId;
  }
}
