import schema from "ponder:schema";
import { protocol } from "../protocols/uniswapV3.ts";
import type { CollectEvent, LiquidityChange } from "../state/events.ts";
import { applyLiquidityChange } from "../state/pool.ts";
import { depositInto, openPosition, poolPositionId, withdrawFrom } from "../state/position.ts";
import type { EventScope } from "./eventScope.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { loadPricedPool, savePool } from "./savePool.ts";
import { loadPosition, savePosition } from "./savePosition.ts";
import { saveTicks } from "./saveTicks.ts";

/**
 * Liquidity that came into a pool. A Mint that the position manager sent for itself belongs to an NFT that its
 * next logs name; one that somebody else sent to the manager's address belongs to no NFT, ever.
 */
export async function recordMint(
  scope: EventScope,
  { sender, ...mint }: LiquidityChange & { sender: `0x${string}` },
): Promise<void> {
  const { sqrtPriceX96 } = await changePool(scope, mint);
  if (sender === mint.owner && scope.settings.positionManagers.has(sender)) {
    const { liquidityDelta: liquidity, owner: manager, ...rest } = mint;
    const { db, chainId, transactionHash, logIndex } = scope;
    await db.insert(schema.pendingMint).values({
      chainId,
      transactionHash,
      logIndex,
      manager,
      liquidity,
      ...rest,
      owner: null,
      tokenId: null,
    });
    return;
  }
  const position =
    (await loadPosition(scope, poolPositionId(mint))) ??
    openPosition(
      {
        positionId: poolPositionId(mint),
        protocol,
        poolId: mint.poolId,
        manager: null,
        tokenId: null,
        tickLower: mint.tickLower,
        tickUpper: mint.tickUpper,
      },
      mint.owner,
      scope,
    );
  await savePosition(scope, depositInto(position, { ...mint, sqrtPriceX96 }));
  await saveLiquidityEvent(scope, { ...flowOf(mint), kind: "DEPOSIT", sqrtPriceX96 });
}

/** Liquidity that left a pool. A Burn of nothing is a poke: it withdraws nothing. */
export async function recordBurn(scope: EventScope, burn: LiquidityChange): Promise<void> {
  if (burn.liquidityDelta === 0n) return;
  const { sqrtPriceX96 } = await changePool(scope, burn);
  if (scope.settings.positionManagers.has(burn.owner)) {
    // The manager's DecreaseLiquidity follows and says which NFT it was.
    await saveLiquidityEvent(scope, { ...flowOf(burn), kind: "WITHDRAW", positionId: null, sqrtPriceX96 });
    return;
  }
  const positionId = poolPositionId(burn);
  const position = await loadPosition(scope, positionId);
  if (position === null) throw new UnknownPositionError(positionId, scope.blockNumber);
  const flow = {
    liquidityDelta: -burn.liquidityDelta,
    amount0: burn.amount0,
    amount1: burn.amount1,
    sqrtPriceX96,
  };
  await savePosition(scope, withdrawFrom(position, flow, scope));
  await saveLiquidityEvent(scope, { ...flowOf(burn), kind: "WITHDRAW", sqrtPriceX96 });
}

/** What the pool paid out. For an NFT the manager's own Collect follows and says which one it was. */
export async function recordCollect(scope: EventScope, collect: CollectEvent): Promise<void> {
  const { sqrtPriceX96 } = await loadPricedPool(scope, collect.poolId);
  await saveLiquidityEvent(scope, {
    kind: "COLLECT",
    poolId: collect.poolId,
    positionId: scope.settings.positionManagers.has(collect.owner) ? null : poolPositionId(collect),
    paidOut0: collect.amount0,
    paidOut1: collect.amount1,
    sqrtPriceX96,
  });
}

async function changePool(scope: EventScope, change: LiquidityChange) {
  const pool = await loadPricedPool(scope, change.poolId);
  await saveTicks(scope, change, pool.tickSpacing);
  await savePool(scope, change.poolId, applyLiquidityChange(pool, change));
  return pool;
}

function flowOf(change: LiquidityChange) {
  const { poolId, liquidityDelta, amount0, amount1 } = change;
  return { poolId, positionId: poolPositionId(change), liquidityDelta, amount0, amount1 };
}

export class UnknownPositionError extends Error {
  override readonly name = "UnknownPositionError";
  readonly positionId: string;

  constructor(positionId: string, blockNumber: number) {
    super(
      `position ${positionId} withdraws in block ${blockNumber} but its deposit was not seen: the RPC left out a ` +
        "log. Use another RPC and delete the cached chain data",
    );
    this.positionId = positionId;
  }
}
