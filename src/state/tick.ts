import { LostLogError } from "./lostLog.ts";

/** What is kept of a tick. `…Outside` is growth on its far side; columns: ponder.schema.ts. */
export type TickState = {
  /** The sum of both sides. */
  liquidityGross: bigint;
  /** What crossing it upwards adds. */
  liquidityNet: bigint;
  feeGrowthOutside0X128: bigint;
  feeGrowthOutside1X128: bigint;
  secondsOutside: number;
  lvrOutsideX128: bigint;
};

export type InitializedTick = TickState & { tick: number };

/** Growth of the pool as a whole. `seconds`: the block's timestamp. */
export type GrowthGlobal = {
  feeGrowthGlobal0X128: bigint;
  feeGrowthGlobal1X128: bigint;
  seconds: number;
  lvrGrowthGlobalX128: bigint;
};

export const clearedTick: TickState = {
  liquidityGross: 0n,
  liquidityNet: 0n,
  feeGrowthOutside0X128: 0n,
  feeGrowthOutside1X128: 0n,
  secondsOutside: 0,
  lvrOutsideX128: 0n,
};

/**
 * One bound of a range after its liquidity changed. Mirrors Tick.update: `liquidityNet` rises at a lower bound
 * and falls at an upper one; a tick that becomes initialised at or below the current one starts with all growth
 * outside, above it with none. A tick left without liquidity is not cleared here: growth inside is read first.
 * `flipped`: it became initialised or ceased to be.
 */
export function updateTick(
  state: TickState,
  change: { tick: number; liquidityDelta: bigint; upper: boolean },
  pool: GrowthGlobal & { tick: number },
): { state: TickState; flipped: boolean } {
  const { liquidityDelta, upper } = change;
  const liquidityGross = state.liquidityGross + liquidityDelta;
  if (liquidityGross < 0n) throw new NegativeLiquidityError(state.liquidityGross, liquidityDelta);
  const liquidityNet = state.liquidityNet + (upper ? -liquidityDelta : liquidityDelta);
  const flipped = (liquidityGross === 0n) !== (state.liquidityGross === 0n);
  const outside = state.liquidityGross === 0n && change.tick <= pool.tick ? allOutside(pool) : {};
  return { state: { ...state, ...outside, liquidityGross, liquidityNet }, flipped };
}

function allOutside(pool: GrowthGlobal): Omit<TickState, "liquidityGross" | "liquidityNet"> {
  return {
    feeGrowthOutside0X128: pool.feeGrowthGlobal0X128,
    feeGrowthOutside1X128: pool.feeGrowthGlobal1X128,
    secondsOutside: pool.seconds,
    lvrOutsideX128: pool.lvrGrowthGlobalX128,
  };
}

export class NegativeLiquidityError extends LostLogError {
  override readonly name = "NegativeLiquidityError";
  readonly liquidity: bigint;
  readonly liquidityDelta: bigint;

  constructor(liquidity: bigint, liquidityDelta: bigint) {
    super(
      `${liquidity} of liquidity cannot change by ${liquidityDelta}: the RPC left out a log of this pool`,
    );
    this.liquidity = liquidity;
    this.liquidityDelta = liquidityDelta;
  }
}
