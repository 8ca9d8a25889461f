import schema from "ponder:schema";
import { mintLogIndex, poolLogIndexBefore, protocol } from "../protocols/uniswapV3.ts";
import type { NftChange, NftTransfer } from "../state/events.ts";
import { depositInto, nftPositionId, openPosition, withdrawFrom } from "../state/position.ts";
import { countUnindexed } from "./countUnindexed.ts";
import { type EventScope, saveBlock } from "./eventScope.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { loadPricedPool } from "./savePool.ts";
import { loadPosition, savePosition } from "./savePosition.ts";

const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

/** Liquidity for an NFT: bound to pool and range by the pool's Mint that stands before it. */
export async function recordIncrease(scope: EventScope, change: NftChange): Promise<void> {
  const positionId = nftPositionId(change.manager, change.tokenId);
  const existing = await loadPosition(scope, positionId);
  const key = pendingKey(scope, mintLogIndex(scope.logIndex, existing === null));
  const pending = await scope.db.find(schema.pendingMint, key);
  if (pending === null && existing === null) return countUnindexed(scope.chainName);
  if (pending === null || !belongsTo(pending, change)) throw new UnboundNftError(change, scope);
  await scope.db.delete(schema.pendingMint, key);

  const { poolId, tickLower, tickUpper, manager, tokenId, owner } = pending;
  if (existing === null && (owner === null || tokenId !== change.tokenId)) {
    throw new UnboundNftError(change, scope);
  }
  const position =
    existing ??
    openPosition(
      { positionId, protocol, poolId, manager, tokenId: change.tokenId, tickLower, tickUpper },
      owner ?? manager,
      scope,
    );
  const { sqrtPriceX96 } = await loadPricedPool(scope, poolId);
  const { liquidity: liquidityDelta, amount0, amount1 } = change;
  const flow = { liquidityDelta, amount0, amount1, sqrtPriceX96 };
  await savePosition(scope, depositInto(position, flow));
  await saveLiquidityEvent(scope, { kind: "DEPOSIT", poolId, positionId, ...flow });
}

/** Principal that an NFT gives up; the pool's Burn before it has moved the ticks already. */
export async function recordDecrease(scope: EventScope, change: NftChange): Promise<void> {
  const position = await loadPosition(scope, nftPositionId(change.manager, change.tokenId));
  if (position === null) return countUnindexed(scope.chainName);
  const { poolId, positionId } = position;
  const { sqrtPriceX96 } = await loadPricedPool(scope, poolId);
  const { liquidity, amount0, amount1 } = change;
  const flow = { liquidityDelta: liquidity, amount0, amount1, sqrtPriceX96 };
  await savePosition(scope, withdrawFrom(position, flow, scope));
  const event = { poolId, positionId, ...flow, liquidityDelta: -liquidity };
  await saveLiquidityEvent(scope, { kind: "WITHDRAW", ...event });
}

/** Says which NFT the pool's Collect before it was for. What was paid stands there; here, what was asked for. */
export async function recordNftCollect(
  scope: EventScope,
  { manager, tokenId }: Pick<NftChange, "manager" | "tokenId">,
): Promise<void> {
  const positionId = nftPositionId(manager, tokenId);
  if ((await loadPosition(scope, positionId)) === null) return countUnindexed(scope.chainName);
  const { db, chainId, blockNumber } = scope;
  const logIndex = poolLogIndexBefore(scope.logIndex);
  await db.update(schema.liquidityEvent, { chainId, blockNumber, logIndex }).set({ positionId });
}

/** An NFT's new holder. Its first Transfer names the holder of a Mint that is still unbound. */
export async function recordNftTransfer(scope: EventScope, transfer: NftTransfer): Promise<void> {
  const { manager, tokenId, from, to } = transfer;
  if (from === ZERO_ADDRESS) return nameFirstOwner(scope, transfer);
  const position = await loadPosition(scope, nftPositionId(manager, tokenId));
  if (position === null) return countUnindexed(scope.chainName);
  await saveBlock(scope);
  const { poolId, positionId } = position;
  // A burnt NFT keeps its last holder: it was theirs, and nobody has it now.
  if (to !== ZERO_ADDRESS) await savePosition(scope, { ...position, owner: to });
  const { sqrtPriceX96 } = await loadPricedPool(scope, poolId);
  await saveLiquidityEvent(scope, { kind: "TRANSFER", poolId, positionId, sqrtPriceX96, from, to });
}

async function nameFirstOwner(scope: EventScope, { manager, tokenId, to }: NftTransfer): Promise<void> {
  const key = pendingKey(scope, poolLogIndexBefore(scope.logIndex));
  const pending = await scope.db.find(schema.pendingMint, key);
  if (pending === null || pending.manager !== manager) return countUnindexed(scope.chainName);
  await scope.db.update(schema.pendingMint, key).set({ tokenId, owner: to });
}

function pendingKey({ chainId, transactionHash }: EventScope, logIndex: number) {
  return { chainId, transactionHash, logIndex };
}

function belongsTo(
  mint: { manager: string; liquidity: bigint; amount0: bigint; amount1: bigint },
  change: NftChange,
): boolean {
  return (
    mint.manager === change.manager &&
    mint.liquidity === change.liquidity &&
    mint.amount0 === change.amount0 &&
    mint.amount1 === change.amount1
  );
}

export class UnboundNftError extends Error {
  override readonly name = "UnboundNftError";
  readonly tokenId: bigint;

  constructor({ tokenId, manager }: NftChange, { blockNumber, logIndex }: EventScope) {
    super(
      `NFT ${tokenId} of ${manager} gains liquidity in block ${blockNumber}, log ${logIndex}, but the pool's Mint ` +
        "before it is missing or another: the RPC left out a log. Use another RPC and delete the cached chain data",
    );
    this.tokenId = tokenId;
  }
}
