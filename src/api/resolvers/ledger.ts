import { type FeeLedger, owedNow, pendingFees, type TokenAmounts } from "../../state/feeLedger.ts";
import { type GrowthInside, growthInside } from "../../state/growthInside.ts";
import type { ApiContext } from "../context.ts";
import { owed } from "../metrics/owed.ts";
import { pairOwed } from "../metrics/pairFees.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { isPair, paysAtOnce } from "../metrics/protocol.ts";
import { type PlacedPosition, positionKey } from "../queries/positionPage.ts";
import type { PositionAt, PositionRow } from "../queries/positions.ts";

/** A position's fees brought up to the block that it stands at. */
export type Ledger = {
  row: PositionRow & FeeLedger;
  /** Null where the ticks of its range are not initialised: then it has no liquidity. */
  inside: GrowthInside | null;
  /** What a poke would credit, and what it and a collect would pay if the pool's own ledger had it. */
  pending: TokenAmounts;
  owedNow: TokenAmounts;
};

/** Null in quarantine, where nothing that comes from growth is known. LP tokens of a pair have none. */
export async function ledgerOf(position: PositionAt, { ask }: ApiContext): Promise<Ledger | null> {
  if (position.pool.row.quarantinedBlock !== null) return null;
  const placed = (await position.page.placed(ask)).get(positionKey(position.row));
  return placed === undefined ? null : bringUp(placed);
}

/** Before any figure: growth inside the range, and what it adds to the row. */
export function bringUp(placed: PlacedPosition): Ledger {
  const { row } = placed;
  const inside = insideOf(placed);
  if (row.liquidity > 0n && inside === null) throw new PositionWithoutTicksError(row);
  return { row, inside, ...feesOf(row, inside) };
}

/**
 * What a position would be paid besides its principal; null where fees are not known. Of what waits in a pool for a
 * position manager its NFTs get no more than the pool keeps for the manager.
 */
export async function owedOf(position: PositionAt, context: ApiContext): Promise<TokenAmounts | null> {
  const { row, pool, page } = position;
  if (!feesKnown(pool.row)) return null;
  if (isPair(row)) return pairOwed(row, pool.row);
  const ledger = await ledgerOf(position, context);
  if (ledger === null) return null;
  const { inside, owedNow: own } = ledger;
  if (paysAtOnce(row)) return own;
  const core = (await page.cores(context.ask)).get(positionKey(row));
  if (core === undefined) {
    if (row.manager !== null) throw new NftWithoutCorePositionError(row);
    return owed(own, null);
  }
  if (core.liquidity > 0n && inside === null) throw new PositionWithoutTicksError(row);
  return owed(own, feesOf(core, inside).owedNow);
}

function feesOf(
  fees: Parameters<typeof owedNow>[0],
  inside: GrowthInside | null,
): { pending: TokenAmounts; owedNow: TokenAmounts } {
  if (inside !== null) return { pending: pendingFees(fees, inside), owedNow: owedNow(fees, inside) };
  const settled = { amount0: fees.tokensOwed0, amount1: fees.tokensOwed1 };
  return { pending: { amount0: 0n, amount1: 0n }, owedNow: settled };
}

function insideOf({ row, pool, lower, upper, timestamp }: PlacedPosition): GrowthInside | null {
  const { tick, lvrTick } = pool;
  if (tick === null || lvrTick === null || lower === undefined || upper === undefined) return null;
  if (lower.liquidityGross === 0n || upper.liquidityGross === 0n) return null;
  return growthInside(lower, upper, row, { ...pool, tick, lvrTick, seconds: timestamp });
}

export class PositionWithoutTicksError extends Error {
  override readonly name = "PositionWithoutTicksError";
  readonly positionId: string;

  constructor({ chainId, positionId, tickLower, tickUpper }: PositionRow) {
    super(
      `position ${positionId} of chain ${chainId} has liquidity in [${tickLower}, ${tickUpper}), but not both ticks are initialised: check that ticks are written with every change of liquidity`,
    );
    this.positionId = positionId;
  }
}

export class NftWithoutCorePositionError extends Error {
  override readonly name = "NftWithoutCorePositionError";
  readonly positionId: string;

  constructor({ chainId, positionId, poolId }: PositionRow) {
    super(
      `position ${positionId} of chain ${chainId} is an NFT, but pool ${poolId} has no core position of its manager and range: check that pool mints of managers are indexed`,
    );
    this.positionId = positionId;
  }
}
