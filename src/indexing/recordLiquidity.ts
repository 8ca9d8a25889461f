import schema from "ponder:schema";
import { lessBurnFee } from "../protocols/algebraIntegral.ts";
import { insideOf, touchCorePosition } from "../state/corePosition.ts";
import type { LiquidityChange } from "../state/events.ts";
import { settleFees } from "../state/feeLedger.ts";
import type { GrowthInside } from "../state/growthInside.ts";
import { changeBalance } from "../state/pool.ts";
import { depositInto, openPosition, poolPositionId, touchPosition, withdrawFrom } from "../state/position.ts";
import { addPrincipalOwed } from "../state/principalOwed.ts";
import {
  changeRange,
  countChange,
  growthInRange,
  PrincipalMismatchError,
  principalOf,
  saveRange,
} from "./changeRange.ts";
import type { EventScope } from "./eventScope.ts";
import { followBurn, followMint } from "./followLiquidity.ts";
import { changePool } from "./quarantine.ts";
import { loadCorePosition, saveCorePosition } from "./saveCorePosition.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";
import { loadPosition, savePosition, UnknownPositionError } from "./savePosition.ts";
import type { LoadedPool } from "./settlePool.ts";

export type Mint = LiquidityChange & { sender: `0x${string}` };

/**
 * Liquidity that came into a pool. A Mint that the position manager sent for itself belongs to an NFT that its
 * next logs name; one that somebody else sent to the manager's address belongs to no NFT, ever.
 */
export async function recordMint(scope: EventScope, mint: Mint): Promise<void> {
  await changePool(
    scope,
    mint.poolId,
    async (before) => {
      const range = await changeRange(scope, before, mint);
      const after = countChange(range.pool, mint);
      await saveRange(scope, range);
      await savePool(scope, mint.poolId, after, isForNft(scope, mint));
      const inside = isManaged(scope, mint) ? await touchCore(scope, mint, range.inside) : range.inside;
      if (isForNft(scope, mint)) return savePendingMint(scope, mint);
      const position = (await loadPosition(scope, poolPositionId(mint))) ?? openDirect(scope, mint);
      const touched = touchPosition(position, inside, scope.timestamp);
      const { sqrtPriceX96 } = before;
      await savePosition(scope, depositInto(touched, { ...mint, sqrtPriceX96 }, scope.timestamp));
      await saveLiquidityEvent(scope, { ...flowOf(mint), kind: "DEPOSIT", sqrtPriceX96 });
    },
    (pool) => followMint(scope, pool, mint),
  );
}

/**
 * Liquidity that left a pool, owed to its owner from now on. A Burn of nothing is a poke: it settles fees. `burnFee`:
 * pips of the principal that went to the pool's plugin, and are in the log's amounts no more.
 */
export async function recordBurn(scope: EventScope, burn: LiquidityChange, burnFee = 0): Promise<void> {
  await changePool(
    scope,
    burn.poolId,
    (pool) => (burn.liquidityDelta === 0n ? poke(scope, pool, burn) : withdraw(scope, pool, burn, burnFee)),
    (pool) => followBurn(scope, pool, burn),
  );
}

async function poke(scope: EventScope, pool: LoadedPool, burn: LiquidityChange): Promise<void> {
  const inside = await growthInRange(scope, pool, burn);
  if (isManaged(scope, burn)) return void (await touchCore(scope, burn, inside));
  const position = await loadPosition(scope, poolPositionId(burn));
  if (position === null) throw new UnknownPositionError(poolPositionId(burn));
  await savePosition(scope, settleFees(position, inside));
}

async function withdraw(
  scope: EventScope,
  before: LoadedPool,
  burn: LiquidityChange,
  burnFee: number,
): Promise<void> {
  const whole = beforeFee(before, burn, burnFee);
  const range = await changeRange(scope, before, whole);
  const after = changeBalance(countChange(range.pool, burn), {
    amount0: burn.amount0 - whole.amount0,
    amount1: burn.amount1 - whole.amount1,
  });
  const { sqrtPriceX96 } = before;
  if (isManaged(scope, burn)) {
    await touchCore(scope, burn, range.inside);
    await saveRange(scope, range);
    await savePool(scope, burn.poolId, after, true);
    // The manager's DecreaseLiquidity follows and says which NFT it was.
    await saveLiquidityEvent(scope, { ...flowOf(burn), kind: "WITHDRAW", positionId: null, sqrtPriceX96 });
    return;
  }
  const position = await loadPosition(scope, poolPositionId(burn));
  if (position === null) throw new UnknownPositionError(poolPositionId(burn));
  const flow = { ...burn, liquidityDelta: -burn.liquidityDelta, sqrtPriceX96 };
  const withdrawn = withdrawFrom(touchPosition(position, range.inside, scope.timestamp), flow, scope);
  await saveRange(scope, range);
  await savePool(scope, burn.poolId, addPrincipalOwed(after, position, withdrawn));
  await savePosition(scope, withdrawn);
  await saveLiquidityEvent(scope, { ...flowOf(burn), kind: "WITHDRAW", sqrtPriceX96 });
}

/** A Burn with the principal that it released, plugin's part and all. */
function beforeFee(pool: LoadedPool, burn: LiquidityChange, burnFee: number): LiquidityChange {
  if (burnFee === 0) return burn;
  const whole = principalOf(pool, burn);
  const owed = lessBurnFee(whole, burnFee);
  if (owed.amount0 !== burn.amount0 || owed.amount1 !== burn.amount1) {
    throw new PrincipalMismatchError(burn, owed);
  }
  return { ...burn, ...whole };
}

/** What the pool keeps for the manager; answers growth inside as the manager reads it for its NFTs. */
async function touchCore(
  scope: EventScope,
  change: LiquidityChange,
  inside: GrowthInside,
): Promise<GrowthInside> {
  const corePositionId = poolPositionId(change);
  const core = touchCorePosition(await loadCorePosition(scope, corePositionId), change, inside);
  await saveCorePosition(scope, corePositionId, { ...core, settledBlock: scope.blockNumber });
  return insideOf(core);
}

export async function savePendingMint(scope: EventScope, { sender: _, ...mint }: Mint): Promise<void> {
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
    claimed: false,
  });
}

export function openDirect(scope: EventScope, mint: LiquidityChange) {
  const { poolId, tickLower, tickUpper } = mint;
  const positionId = poolPositionId(mint);
  const { protocol } = scope;
  const identity = { positionId, protocol, poolId, manager: null, tokenId: null, tickLower, tickUpper };
  return openPosition(identity, mint.owner, scope);
}

export function isForNft(scope: EventScope, { sender, owner }: Mint): boolean {
  return sender === owner && scope.settings.positionManagers.has(sender);
}

export function isManaged(scope: EventScope, { owner }: { owner: string }): boolean {
  return scope.settings.positionManagers.has(owner);
}

export function flowOf(change: LiquidityChange) {
  const { poolId, liquidityDelta, amount0, amount1 } = change;
  return { poolId, positionId: poolPositionId(change), liquidityDelta, amount0, amount1 };
}
