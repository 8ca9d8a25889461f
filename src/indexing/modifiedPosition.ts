import schema from "ponder:schema";
import { zeroAddress } from "viem";
import type { LiquidityModification } from "../state/events.ts";
import { handoverAt } from "../state/handover.ts";
import { LostLogError } from "../state/lostLog.ts";
import { endOwnership } from "../state/ownership.ts";
import { nftPositionId, openPosition, saltedPositionId } from "../state/position.ts";
import type { EventScope } from "./eventScope.ts";
import { loadPosition, type PositionRow } from "./savePosition.ts";

type Nft = { manager: `0x${string}`; tokenId: bigint };

/** The position that a v4 log is about: a position manager's NFT, whose id is the salt, or one of its sender. */
export function findModified(scope: EventScope, change: LiquidityModification): Promise<PositionRow | null> {
  return loadPosition(scope, modifiedId(scope, change));
}

export function modifiedId(scope: EventScope, change: LiquidityModification): string {
  const nft = nftOf(scope, change);
  return nft ? nftPositionId(nft.manager, nft.tokenId) : saltedPositionId(change);
}

/** A position that holds nothing yet; null for an NFT whose owner no Transfer told before. */
export async function openModified(
  scope: EventScope,
  change: LiquidityModification,
): Promise<PositionRow | null> {
  const { protocol } = scope;
  const { poolId, tickLower, tickUpper, owner } = change;
  const nft = nftOf(scope, change);
  const holder = nft === null ? owner : await holderOf(scope, nft);
  if (holder === null) return null;
  const named = nft ?? { manager: null, tokenId: null };
  const identity = {
    positionId: modifiedId(scope, change),
    protocol,
    poolId,
    ...named,
    tickLower,
    tickUpper,
  };
  return openPosition(identity, holder, scope);
}

/** Keeps who has an NFT that has no position yet, or that it is burnt (address 0) and about to be emptied. */
export async function saveHolder(scope: EventScope, nft: Nft, owner: `0x${string}`): Promise<void> {
  const { db, chainId } = scope;
  const { manager, tokenId } = nft;
  await db.insert(schema.nft).values({ chainId, manager, tokenId, owner }).onConflictDoUpdate({ owner });
}

/** The manager burns an NFT first and then takes out what it holds: with that its owner's time ends. */
export async function endBurnt(
  scope: EventScope,
  position: PositionRow,
  price: { sqrtPriceX96: bigint; tick: number },
): Promise<PositionRow> {
  const { manager, tokenId, liquidity } = position;
  if (manager === null || tokenId === null || liquidity > 0n) return position;
  if ((await holderOf(scope, { manager, tokenId })) !== zeroAddress) return position;
  const handover = handoverAt(price, position, { amount0: 0n, amount1: 0n });
  return { ...position, ownership: endOwnership(position.ownership, handover, scope) };
}

async function holderOf({ db, chainId }: EventScope, nft: Nft): Promise<`0x${string}` | null> {
  return (await db.find(schema.nft, { chainId, ...nft }))?.owner ?? null;
}

function nftOf(scope: EventScope, { owner, salt }: LiquidityModification): Nft | null {
  return scope.settings.positionManagers.has(owner) ? { manager: owner, tokenId: BigInt(salt) } : null;
}

export class NftWithoutHolderError extends LostLogError {
  override readonly name = "NftWithoutHolderError";
  readonly positionId: string;

  constructor(positionId: string) {
    super(
      `position ${positionId} is given liquidity and its NFT was never minted: the RPC left out a Transfer`,
    );
    this.positionId = positionId;
  }
}
