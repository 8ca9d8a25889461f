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

/** Principal that an NFT gives up; the pool's Burn before it has moved the ticks and written the event. */
export async function recordDecrease(scope: EventScope, change: NftChange): Promise<void> {
  const position = await nameEventBefore(scope, change);
  if (position === null) return countUnindexed(scope.chainName);
  const { sqrtPriceX96 } = await loadPricedPool(scope, position.poolId);
  const { liquidity: liquidityDelta, amount0, amount1 } = change;
  const flow = { liquidityDelta, amount0, amount1, sqrtPriceX96 };
  await savePosition(scope, withdrawFrom(position, flow, scope));
}

/** What an NFT was paid stands in the pool's Collect before; the manager's own says what was asked for. */
export async function recordNftCollect(
  scope: EventScope,
  nft: Pick<NftChange, "manager" | "tokenId">,
): Promise<void> {
  const position = await nameEventBefore(scope, nft);
  if (position === null) countUnindexed(scope.chainName);
}

/** Says which NFT the pool's Burn or Collect before this log was for. */
async function nameEventBefore(scope: EventScope, nft: Pick<NftChange, "manager" | "tokenId">) {
  const { db, chainId, blockNumber } = scope;
  const position = await loadPosition(scope, nftPositionId(nft.manager, nft.tokenId));
  const key = { chainId, blockNumber, logIndex: poolLogIndexBefore(scope.logIndex) };
  const event = await db.find(schema.liquidityEvent, key);
  // Neither: an NFT of a pool that is not indexed. One without the other: a log is missing.
  if (position === null && event?.positionId !== null) return null;
  if (position === null || event?.positionId !== null) throw new UnboundNftError(nft, scope);
  await db.update(schema.liquidityEvent, key).set({ positionId: position.positionId });
  return position;
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

  constructor(
    { tokenId, manager }: Pick<NftChange, "manager" | "tokenId">,
    { blockNumber, logIndex }: EventScope,
  ) {
    super(
      `NFT ${tokenId} of ${manager} changes in block ${blockNumber}, log ${logIndex}, but the logs of its pool do ` +
        "not fit: the RPC left out a log, or the manager is none of Uniswap's. Use another RPC and delete the cached chain data",
    );
    this.tokenId = tokenId;
  }
}
