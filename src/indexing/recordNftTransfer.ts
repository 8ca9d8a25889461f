import schema from "ponder:schema";
import { namesHolderFirst } from "../protocols/quirks.ts";
import { poolLogIndexBefore } from "../protocols/uniswapV3.ts";
import type { NftTransfer } from "../state/events.ts";
import { owedNow } from "../state/feeLedger.ts";
import { handoverAt } from "../state/handover.ts";
import { LostLogError } from "../state/lostLog.ts";
import { endOwnership, type Handover } from "../state/ownership.ts";
import { nftPositionId, transferPosition, withdrawFrom } from "../state/position.ts";
import { growthInRange } from "./changeRange.ts";
import { countUnindexed } from "./countUnindexed.ts";
import { type EventScope, saveBlock } from "./eventScope.ts";
import { saveHolder } from "./modifiedPosition.ts";
import { changePool } from "./quarantine.ts";
import { pendingKey } from "./recordNft.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { saveOwnership } from "./saveOwnership.ts";
import { loadPosition, type PositionRow, savePosition } from "./savePosition.ts";
import type { LoadedPool } from "./settlePool.ts";

const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

/**
 * An NFT's new holder. Its first Transfer names the holder of a Mint that is still unbound. A known staking contract
 * holds it for its owner, who does not change; whom it goes to from there is its owner, mostly the same.
 */
export async function recordNftTransfer(scope: EventScope, transfer: NftTransfer): Promise<void> {
  const { manager, tokenId, from, to } = transfer;
  // v4 names no NFT's pool before its first liquidity.
  const named = namesHolderFirst(scope.protocol);
  if (from === ZERO_ADDRESS && !named) return nameFirstOwner(scope, transfer);
  const position = await loadPosition(scope, nftPositionId(manager, tokenId));
  if (position === null) return named ? saveHolder(scope, transfer, to) : countUnindexed(scope.chainName);
  await saveBlock(scope);
  const { poolId, positionId } = position;
  const saveTransfer = (sqrtPriceX96: bigint) =>
    saveLiquidityEvent(scope, { kind: "TRANSFER", poolId, positionId, sqrtPriceX96, from, to });
  // v4's manager empties a burnt NFT after this: its owner's time ends there.
  const willBeEmptied = named && to === ZERO_ADDRESS && position.liquidity > 0n;
  await changePool(
    scope,
    poolId,
    async (pool) => {
      const holder = position.custodian ?? position.owner;
      if (holder !== from) throw new UnknownHolderError(transfer, holder);
      if (to === ZERO_ADDRESS && !willBeEmptied) requireEmpty(position, transfer);
      if (willBeEmptied) await saveHolder(scope, transfer, to);
      else await hand(scope, position, to, await handoverOf(scope, pool, position));
      await saveTransfer(pool.sqrtPriceX96);
    },
    async ({ sqrtPriceX96, tick }) => {
      if (sqrtPriceX96 === null || tick === null) return;
      await hand(scope, position, to, handoverAt({ sqrtPriceX96, tick }, position, null));
      await saveTransfer(sqrtPriceX96);
    },
  );
}

async function hand(
  scope: EventScope,
  position: PositionRow,
  to: `0x${string}`,
  handover: Handover,
): Promise<void> {
  if (to === ZERO_ADDRESS) return burn(scope, position, handover);
  if (scope.settings.stakers.has(to)) return savePosition(scope, { ...position, custodian: to });
  if (to === position.owner) return savePosition(scope, { ...position, custodian: null });
  const handed = transferPosition(position, to, handover, scope);
  await saveOwnership(scope, position, handed.ended);
  await savePosition(scope, handed.position);
}

/** A burnt NFT keeps its last owner: it was theirs, and nobody has it now. */
async function burn(scope: EventScope, position: PositionRow, handover: Handover): Promise<void> {
  // In quarantine it may seem to hold something: a log that takes it out was not seen, or on v4 comes next.
  if (position.liquidity > 0n) {
    const { principalOut, sqrtPriceX96 } = handover;
    const flow = { ...principalOut, liquidityDelta: position.liquidity, sqrtPriceX96 };
    const { ownership, ...emptied } = withdrawFrom(position, flow, scope);
    return savePosition(scope, { ...emptied, ownership: endOwnership(ownership, handover, scope) });
  }
  await saveOwnership(scope, position, endOwnership(position.ownership, handover, scope));
}

/** The manager burns no NFT that holds or is owed anything. */
function requireEmpty({ liquidity, tokensOwed0, tokensOwed1 }: PositionRow, burnt: NftTransfer): void {
  if (liquidity !== 0n || tokensOwed0 !== 0n || tokensOwed1 !== 0n) throw new BurntNftError(burnt);
}

/** With the fees that a poke would credit. */
async function handoverOf(scope: EventScope, pool: LoadedPool, position: PositionRow): Promise<Handover> {
  const owed =
    position.liquidity === 0n
      ? { amount0: position.tokensOwed0, amount1: position.tokensOwed1 }
      : owedNow(position, await growthInRange(scope, pool, position));
  return handoverAt(pool, position, owed);
}

async function nameFirstOwner(scope: EventScope, { manager, tokenId, to }: NftTransfer): Promise<void> {
  const key = pendingKey(scope, poolLogIndexBefore(scope.logIndex));
  const pending = await scope.db.find(schema.pendingMint, key);
  if (pending === null || pending.manager !== manager) return countUnindexed(scope.chainName);
  await scope.db.update(schema.pendingMint, key).set({ tokenId, owner: to });
}

export class UnknownHolderError extends LostLogError {
  override readonly name = "UnknownHolderError";

  constructor({ tokenId, manager, from }: NftTransfer, holder: string) {
    super(`NFT ${tokenId} of ${manager} goes from ${from} but was ${holder}'s: the RPC left out a Transfer`);
  }
}

export class BurntNftError extends LostLogError {
  override readonly name = "BurntNftError";

  constructor({ tokenId, manager }: NftTransfer) {
    super(
      `NFT ${tokenId} of ${manager} is burnt but still has liquidity or is owed tokens: the RPC left out a log of it`,
    );
  }
}
