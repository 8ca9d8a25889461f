import { type CorePosition, insideOf, touchCorePosition } from "../state/corePosition.ts";
import type { NftCollect } from "../state/events.ts";
import { payCore, settleFees, type TokenAmounts } from "../state/feeLedger.ts";
import { LostLogError } from "../state/lostLog.ts";
import { growthInRange } from "./changeRange.ts";
import type { EventScope } from "./eventScope.ts";
import { least } from "./followLiquidity.ts";
import { corePositionIdOf } from "./recordNft.ts";
import { loadCorePosition, saveCorePosition } from "./saveCorePosition.ts";
import { type PositionRow, UnknownPositionError } from "./savePosition.ts";
import type { LoadedPool } from "./settlePool.ts";

/**
 * What a position manager's collect did to its core position, told by its own log: the poke for an NFT with liquidity,
 * and then the payment. Answers the NFT's position with the fees of the poke.
 */
export async function pokeAndPay(
  scope: EventScope,
  pool: LoadedPool,
  position: PositionRow,
  { collect, paid }: { collect: NftCollect; paid: TokenAmounts },
): Promise<PositionRow> {
  const corePositionId = corePositionIdOf(position, collect);
  const { settledBlock, ...before } = await loadCorePosition(scope, corePositionId);
  if (settledBlock === null) throw new UnknownPositionError(corePositionId);
  const pokes = position.liquidity > 0n;
  const core = pokes ? await poked(scope, pool, position, before) : before;
  requireWhole(core, collect, paid);
  const block = pokes ? scope.blockNumber : settledBlock;
  await saveCorePosition(scope, corePositionId, { ...payCore(core, paid), settledBlock: block });
  return pokes ? settleFees(position, insideOf(core)) : position;
}

async function poked(
  scope: EventScope,
  pool: LoadedPool,
  range: PositionRow,
  core: CorePosition,
): Promise<CorePosition> {
  const inside = await growthInRange(scope, pool, range);
  return touchCorePosition(core, { liquidityDelta: 0n, amount0: 0n, amount1: 0n }, inside);
}

/** The pool pays what is asked for, as far as the core position is owed it. */
function requireWhole(core: CorePosition, collect: NftCollect, paid: TokenAmounts): void {
  if (
    paid.amount0 !== least(collect.amount0, core.tokensOwed0) ||
    paid.amount1 !== least(collect.amount1, core.tokensOwed1)
  ) {
    throw new PartlyPaidError(collect, core, paid);
  }
}

export class PartlyPaidError extends LostLogError {
  override readonly name = "PartlyPaidError";

  constructor(
    { tokenId, manager, amount0, amount1 }: NftCollect,
    { tokensOwed0, tokensOwed1 }: CorePosition,
    paid: TokenAmounts,
  ) {
    super(
      `NFT ${tokenId} of ${manager} was to be paid ${amount0} and ${amount1} out of ${tokensOwed0} and ${tokensOwed1}, and ` +
        `was paid ${paid.amount0} and ${paid.amount1}: the RPC left out a log`,
    );
  }
}
