import type { ApiContext } from "../context.ts";
import { price } from "../metrics/price.ts";
import { placeKey } from "../queries/eventFees.ts";
import type { LiquidityEventAt } from "../queries/eventPage.ts";
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
    const { kind, paidOut0, paidOut1 } = event.row;
    return kind === "COLLECT"
      ? { amount0: paidOut0, amount1: paidOut1, pair: pairThen(event.pool, event.row) }
      : null;
  },
  fees: async (event: LiquidityEventAt, _: unknown, { ask }: ApiContext): Promise<Amounts | null> => {
    if (event.row.kind !== "COLLECT") return null;
    const fees = (await event.page.fees(ask)).get(placeKey(event.row));
    return fees === undefined ? null : { ...fees, pair: pairThen(event.pool, event.row) };
  },
  sqrtPriceX96: ({ row }: LiquidityEventAt) => row.sqrtPriceX96,
  price: (event: LiquidityEventAt) => price(event.row.sqrtPriceX96, pairThen(event.pool, event.row)),
  from: ({ row }: LiquidityEventAt) => row.from,
  to: ({ row }: LiquidityEventAt) => row.to,
};

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
