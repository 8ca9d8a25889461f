import { LostLogError } from "./lostLog.ts";
import type { PairSwap } from "./pairEvents.ts";
import { moveReserves, pairLvr, type Reserves } from "./pairPool.ts";
import type { PricedPool } from "./pool.ts";
import type { FeeSplit } from "./poolFees.ts";
import { addFees } from "./poolFees.ts";

export type SwappedPair<T> = {
  pool: T;
  /** Changes of the pool's balance. */
  amounts: { amount0: bigint; amount1: bigint };
  /** Of the token that is paid in by both legs together, token0 where both are. */
  feeLp: bigint;
  feeProtocol: bigint;
};

/**
 * The pair after a swap. Mirrors UniswapV2Pair.swap: its fee is 3/1000 of each token's input, rounded down, which
 * stays in the reserves; a sixth of it, rounded down, is the protocol's in the end where its fee is known to be on.
 * Volume is one side of a flash swap: what came in less what went out of each token.
 * `before`: the pair without the swap's Sync; `after`: that Sync's reserves.
 */
export function swapPair<T extends PricedPool>(before: T, swap: PairSwap, after: Reserves): SwappedPair<T> {
  const amounts = {
    amount0: swap.amount0In - swap.amount0Out,
    amount1: swap.amount1In - swap.amount1Out,
  };
  const on = before.feeOn === true;
  const fee0 = splitFee(swap.amount0In, on);
  const fee1 = splitFee(swap.amount1In, on);
  const fees: FeeSplit = {
    ...{ lp0: fee0.feeLp, protocol0: fee0.feeProtocol },
    ...{ lp1: fee1.feeLp, protocol1: fee1.feeProtocol },
  };
  const moved = moveReserves(before, after);
  const counted = {
    ...moved,
    lvrPerSwapX128: moved.lvrPerSwapX128 + pairLvr(before, before.sqrtPriceX96, moved.sqrtPriceX96),
    swaps: moved.swaps + 1,
    volume0: moved.volume0 + magnitude(amounts.amount0),
    volume1: moved.volume1 + magnitude(amounts.amount1),
    tokenMovesBalances: movedByToken(before, amounts, after) || (before.tokenMovesBalances ?? false),
  };
  return { pool: addFees(counted, fees), amounts, ...(amounts.amount0 > 0n ? fee0 : fee1) };
}

/** Whether reserves are others than the log's amounts make them. */
export function movedByToken(
  before: { balance0: bigint; balance1: bigint },
  amounts: { amount0: bigint; amount1: bigint },
  after: Reserves,
): boolean {
  return (
    before.balance0 + amounts.amount0 !== after.reserve0 ||
    before.balance1 + amounts.amount1 !== after.reserve1
  );
}

/** The contract's own condition: with 3/1000 of each input off, the reserves' product does not fall. */
export function requireProduct(
  before: { balance0: bigint; balance1: bigint },
  swap: PairSwap,
  { reserve0, reserve1 }: Reserves,
): void {
  const adjusted0 = reserve0 * 1000n - swap.amount0In * 3n;
  const adjusted1 = reserve1 * 1000n - swap.amount1In * 3n;
  if (adjusted0 * adjusted1 < before.balance0 * before.balance1 * 1_000_000n) throw new ProductFellError();
}

function splitFee(amountIn: bigint, protocolOn: boolean): { feeLp: bigint; feeProtocol: bigint } {
  const fee = (amountIn * 3n) / 1000n;
  const feeProtocol = protocolOn ? fee / 6n : 0n;
  return { feeLp: fee - feeProtocol, feeProtocol };
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

export class ProductFellError extends LostLogError {
  override readonly name = "ProductFellError";

  constructor() {
    super("a swap left less than the pair's reserves allow: the RPC left out a log of this pool");
  }
}
