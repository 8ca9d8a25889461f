import schema from "ponder:schema";
import { pokesSilently } from "../protocols/quirks.ts";
import { poolLogIndexBefore } from "../protocols/uniswapV3.ts";
import { insideOf } from "../state/corePosition.ts";
import type { NftChange, NftCollect } from "../state/events.ts";
import { settleFees } from "../state/feeLedger.ts";
import { LostLogError } from "../state/lostLog.ts";
import { nftPositionId, payPosition, touchPosition, withdrawFrom } from "../state/position.ts";
import { addPrincipalOwed } from "../state/principalOwed.ts";
import { countUnindexed } from "./countUnindexed.ts";
import { type EventScope, saveBlock } from "./eventScope.ts";
import { least } from "./followLiquidity.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { savePaidPool } from "./recordCollect.ts";
import { corePositionIdOf, UnboundNftError } from "./recordNft.ts";
import { loadCorePosition } from "./saveCorePosition.ts";
import { savePool } from "./savePool.ts";
import { loadPosition, type PositionRow, savePosition } from "./savePosition.ts";
import type { LoadedPool } from "./settlePool.ts";
import { pokeAndPay } from "./silentPokes.ts";

type PoolEvent = typeof schema.liquidityEvent.$inferSelect;

/**
 * A manager's log, the NFT that it is about, and the pool's log before it, which it gives its position. Null where the
 * pool need not have logged any.
 */
type Named<Pool> = { pool: Pool; position: PositionRow; event: PoolEvent | null };

/** Principal that an NFT gives up; the pool's Burn before it has moved the ticks and written the event. */
export async function recordDecrease(scope: EventScope, change: NftChange): Promise<void> {
  const { liquidity: liquidityDelta, amount0, amount1 } = change;
  await changeNft(
    scope,
    change,
    async ({ pool, position }) => {
      const core = await loadCorePosition(scope, corePositionIdOf(position, change));
      const touched = touchPosition(position, insideOf(core), scope.timestamp);
      const flow = { liquidityDelta, amount0, amount1, sqrtPriceX96: pool.sqrtPriceX96 };
      await saveNft(scope, pool, position, withdrawFrom(touched, flow, scope));
    },
    async ({ pool, position }) => {
      const { sqrtPriceX96 } = pool;
      if (sqrtPriceX96 === null) return;
      const most = least(liquidityDelta, position.liquidity);
      const flow = { liquidityDelta: most, amount0, amount1, sqrtPriceX96 };
      await savePosition(scope, withdrawFrom(position, flow, scope));
    },
  );
}

/**
 * What an NFT was paid stands in the pool's Collect before; the manager's own says what was taken off. A pool that
 * pokes silently logs no Collect of nothing either.
 */
export async function recordNftCollect(scope: EventScope, collect: NftCollect): Promise<void> {
  await changeNft(
    scope,
    collect,
    async ({ pool, position, event }) => {
      const paid = { amount0: event?.paidOut0 ?? 0n, amount1: event?.paidOut1 ?? 0n };
      if (paid.amount0 > collect.amount0 || paid.amount1 > collect.amount1)
        throw new UnboundNftError(collect);
      const settled = pokesSilently(scope.protocol)
        ? await pokeAndPay(scope, pool, position, { collect, paid })
        : await settleNft(scope, position, collect);
      const { sqrtPriceX96 } = pool;
      const after = payPosition(settled, { paid, debited: collect, sqrtPriceX96 });
      // Alone, it may be the pool's first log in the block.
      if (event === null) await savePaidPool(scope, addPrincipalOwed(pool, position, after), paid);
      else return saveNft(scope, pool, position, after);
      await savePosition(scope, after);
    },
    async () => {},
    pokesSilently(scope.protocol),
  );
}

/** The manager pokes the pool for an NFT with liquidity before it collects. */
async function settleNft(
  scope: EventScope,
  position: PositionRow,
  collect: NftCollect,
): Promise<PositionRow> {
  if (position.liquidity === 0n) return position;
  const core = await loadCorePosition(scope, corePositionIdOf(position, collect));
  if (core.settledBlock !== scope.blockNumber) throw new LostPokeError(collect);
  return settleFees(position, insideOf(core));
}

async function saveNft(
  scope: EventScope,
  pool: LoadedPool,
  before: PositionRow,
  after: PositionRow,
): Promise<void> {
  await savePool(scope, pool.poolId, addPrincipalOwed(pool, before, after));
  await savePosition(scope, after);
}

/**
 * Finds the NFT and the pool's log before this one. Neither: an NFT of a pool that is not indexed. `mayBeAlone`: there
 * need be no such log.
 */
async function changeNft(
  scope: EventScope,
  nft: { manager: `0x${string}`; tokenId: bigint },
  exactly: (named: Named<LoadedPool>) => Promise<void>,
  follow: (named: Named<PoolRow>) => Promise<void>,
  mayBeAlone = false,
): Promise<void> {
  const { db, chainId, blockNumber } = scope;
  const position = await loadPosition(scope, nftPositionId(nft.manager, nft.tokenId));
  const key = { chainId, blockNumber, logIndex: poolLogIndexBefore(scope.logIndex) };
  const before = await db.find(schema.liquidityEvent, key);
  const event = before?.positionId === null ? before : null;
  const poolId = position?.poolId ?? event?.poolId;
  if (poolId === undefined) return countUnindexed(scope.chainName);
  const alone = event === null && mayBeAlone;
  const fits = alone || event?.poolId === poolId;
  const name = async ({ positionId }: PositionRow) => {
    if (!alone) await db.update(schema.liquidityEvent, key).set({ positionId });
  };
  if (position !== null && alone) await saveBlock(scope);
  await changePool(
    scope,
    poolId,
    async (pool) => {
      if (position === null || !fits) throw new UnboundNftError(nft);
      await exactly({ pool, position, event });
      await name(position);
    },
    async (pool) => {
      if (position === null || !fits) return;
      await follow({ pool, position, event });
      await name(position);
    },
    !alone,
  );
}

export class LostPokeError extends LostLogError {
  override readonly name = "LostPokeError";

  constructor({ tokenId, manager }: NftCollect) {
    super(
      `NFT ${tokenId} of ${manager} has liquidity and collects without a Burn of 0 before: the RPC left out a log`,
    );
  }
}
