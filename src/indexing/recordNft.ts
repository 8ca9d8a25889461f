import schema from "ponder:schema";
import { mintLogIndex } from "../protocols/uniswapV3.ts";
import { insideOf } from "../state/corePosition.ts";
import type { NftChange } from "../state/events.ts";
import { LostLogError } from "../state/lostLog.ts";
import {
  depositInto,
  nftPositionId,
  openPosition,
  poolPositionId,
  touchPosition,
} from "../state/position.ts";
import { countUnindexed } from "./countUnindexed.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool } from "./quarantine.ts";
import { loadCorePosition } from "./saveCorePosition.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";
import { loadPosition, type PositionRow, savePosition } from "./savePosition.ts";

type PendingMint = typeof schema.pendingMint.$inferSelect;

/** Liquidity for an NFT: bound to pool and range by the pool's Mint that stands before it. */
export async function recordIncrease(scope: EventScope, change: NftChange): Promise<void> {
  const existing = await loadPosition(scope, nftPositionId(change.manager, change.tokenId));
  const key = pendingKey(scope, mintLogIndex(scope.logIndex, existing === null));
  const pending = await scope.db.find(schema.pendingMint, key);
  const poolId = existing?.poolId ?? pending?.poolId;
  if (poolId === undefined) return countUnindexed(scope.chainName);
  const binds = pending !== null && belongsTo(pending, existing, change);
  if (binds) await scope.db.update(schema.pendingMint, key).set({ claimed: true });
  await changePool(
    scope,
    poolId,
    async (pool) => {
      if (!binds) throw new UnboundNftError(change);
      const position = existing ?? openNft(scope, pending, change);
      const core = await loadCorePosition(scope, corePositionIdOf(position, change));
      const touched = touchPosition(position, insideOf(core), scope.timestamp);
      await savePool(scope, poolId, pool);
      await saveDeposit(scope, touched, change, pool.sqrtPriceX96);
    },
    async ({ sqrtPriceX96 }) => {
      if (!binds || sqrtPriceX96 === null) return;
      await saveDeposit(scope, existing ?? openNft(scope, pending, change), change, sqrtPriceX96);
    },
    true,
  );
}

async function saveDeposit(
  scope: EventScope,
  position: PositionRow,
  { liquidity: liquidityDelta, amount0, amount1 }: NftChange,
  sqrtPriceX96: bigint,
): Promise<void> {
  const flow = { liquidityDelta, amount0, amount1, sqrtPriceX96 };
  const { poolId, positionId } = position;
  await savePosition(scope, depositInto(position, flow, scope.timestamp));
  await saveLiquidityEvent(scope, { kind: "DEPOSIT", poolId, positionId, ...flow });
}

function openNft(scope: EventScope, pending: PendingMint, { tokenId }: NftChange) {
  const { poolId, tickLower, tickUpper, manager, owner } = pending;
  const positionId = nftPositionId(manager, tokenId);
  const { protocol } = scope;
  const identity = { positionId, protocol, poolId, manager, tokenId, tickLower, tickUpper };
  return openPosition(identity, owner ?? manager, scope);
}

/** The pool's own position that an NFT is a part of. */
export function corePositionIdOf(
  position: { poolId: `0x${string}`; tickLower: number; tickUpper: number },
  { manager }: { manager: `0x${string}` },
): string {
  return poolPositionId({ ...position, owner: manager });
}

export function pendingKey({ chainId, transactionHash }: EventScope, logIndex: number) {
  return { chainId, transactionHash, logIndex };
}

function belongsTo(mint: PendingMint, existing: PositionRow | null, change: NftChange): boolean {
  const named =
    existing === null ? mint.owner !== null && mint.tokenId === change.tokenId : inRangeOf(existing, mint);
  return (
    named &&
    mint.manager === change.manager &&
    mint.liquidity === change.liquidity &&
    mint.amount0 === change.amount0 &&
    mint.amount1 === change.amount1
  );
}

function inRangeOf(position: PositionRow, mint: PendingMint): boolean {
  return (
    position.poolId === mint.poolId &&
    position.tickLower === mint.tickLower &&
    position.tickUpper === mint.tickUpper
  );
}

export class UnboundNftError extends LostLogError {
  override readonly name = "UnboundNftError";
  readonly tokenId: bigint;

  constructor({ tokenId, manager }: { tokenId: bigint; manager: string }) {
    super(
      `NFT ${tokenId} of ${manager} changes, and the logs of its pool do not fit: the RPC left out a log, or the ` +
        "manager is none of Uniswap's",
    );
    this.tokenId = tokenId;
  }
}
