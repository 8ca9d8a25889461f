import schema from "ponder:schema";
import type { EventScope } from "./eventScope.ts";

type LiquidityEvent = {
  kind: "DEPOSIT" | "WITHDRAW" | "COLLECT" | "TRANSFER";
  poolId: `0x${string}`;
  positionId: string | null;
  sqrtPriceX96: bigint;
  liquidityDelta?: bigint;
  amount0?: bigint;
  amount1?: bigint;
  paidOut0?: bigint;
  paidOut1?: bigint;
  from?: `0x${string}`;
  to?: `0x${string}`;
};

/** Appends one row; amounts that the kind does not have are 0. */
export async function saveLiquidityEvent(scope: EventScope, event: LiquidityEvent): Promise<void> {
  const { db, chainId, blockNumber, logIndex, transactionHash, timestamp } = scope;
  await db.insert(schema.liquidityEvent).values({
    chainId,
    blockNumber,
    logIndex,
    transactionHash,
    timestamp,
    liquidityDelta: 0n,
    amount0: 0n,
    amount1: 0n,
    paidOut0: 0n,
    paidOut1: 0n,
    ...event,
  });
}
