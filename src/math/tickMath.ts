export const MIN_TICK = -887272;
export const MAX_TICK = 887272;

/** `getSqrtPriceAtTick(MIN_TICK)`, the lowest price that a pool may have. */
export const MIN_SQRT_PRICE = 4295128739n;

/** `getSqrtPriceAtTick(MAX_TICK)`; a pool's price stays below it. */
export const MAX_SQRT_PRICE = 1461446703485210103287273052203988822378723970342n;

/** `sqrt(1.0001 ** -(2 ** i))` in X128 as the contract rounds it, for bits 0 to 19 of |tick|. */
const FACTORS_X128: readonly bigint[] = [
  0xfffcb933bd6fad37aa2d162d1a594001n,
  0xfff97272373d413259a46990580e213an,
  0xfff2e50f5f656932ef12357cf3c7fdccn,
  0xffe5caca7e10e4e61c3624eaa0941cd0n,
  0xffcb9843d60f6159c9db58835c926644n,
  0xff973b41fa98c081472e6896dfb254c0n,
  0xff2ea16466c96a3843ec78b326b52861n,
  0xfe5dee046a99a2a811c461f1969c3053n,
  0xfcbe86c7900a88aedcffc83b479aa3a4n,
  0xf987a7253ac413176f2b074cf7815e54n,
  0xf3392b0822b70005940c7a398e4b70f3n,
  0xe7159475a2c29b7443b29c7fa6e889d9n,
  0xd097f3bdfd2022b8845ad8f792aa5825n,
  0xa9f746462d870fdf8a65dc1f90e061e5n,
  0x70d869a156d2a1b890bb3df62baf32f7n,
  0x31be135f97d08fd981231505542fcfa6n,
  0x9aa508b5b7a84e1c677de54f3e99bc9n,
  0x5d6af8dedb81196699c329225ee604n,
  0x2216e584f5fa1ea926041bedfe98n,
  0x48a170391f7dc42444e8fa2n,
];

/**
 * The square root of token1 raw per token0 raw at a tick, X96. Mirrors TickMath.getSqrtPriceAtTick
 * (v3: getSqrtRatioAtTick) to the last bit; the last step rounds up.
 * `tick`: MIN_TICK to MAX_TICK. Example: `getSqrtPriceAtTick(0)` is `2n ** 96n`.
 */
export function getSqrtPriceAtTick(tick: number): bigint {
  if (!Number.isInteger(tick) || tick < MIN_TICK || tick > MAX_TICK) throw new TickOutOfRangeError(tick);
  const magnitude = Math.abs(tick);
  let ratioX128 = 1n << 128n;
  for (let bits = magnitude, bit = 0; bits !== 0; bits >>= 1, bit++) {
    if (bits & 1) ratioX128 = (ratioX128 * (FACTORS_X128[bit] ?? 0n)) >> 128n;
  }
  if (tick > 0) ratioX128 = (2n ** 256n - 1n) / ratioX128;
  return (ratioX128 + 0xffffffffn) >> 32n;
}

/**
 * The greatest tick whose price is at most `sqrtPriceX96`. Mirrors TickMath.getTickAtSqrtPrice
 * (v3: getTickAtSqrtRatio); rounds towards minus infinity.
 * `sqrtPriceX96`: MIN_SQRT_PRICE up to but not including MAX_SQRT_PRICE.
 * Example: `getTickAtSqrtPrice(2n ** 96n - 1n)` is `-1`.
 */
export function getTickAtSqrtPrice(sqrtPriceX96: bigint): number {
  if (sqrtPriceX96 < MIN_SQRT_PRICE || sqrtPriceX96 >= MAX_SQRT_PRICE) {
    throw new SqrtPriceOutOfRangeError(sqrtPriceX96);
  }
  // The double is off by less than 1e-8 of a tick, so only the two nearest ticks are in question.
  const nearest = Math.round((2 * Math.log(Number(sqrtPriceX96) / 2 ** 96)) / Math.log(1.0001));
  const candidate = Math.min(MAX_TICK, Math.max(MIN_TICK, nearest));
  return getSqrtPriceAtTick(candidate) <= sqrtPriceX96 ? candidate : candidate - 1;
}

export class TickOutOfRangeError extends Error {
  override readonly name = "TickOutOfRangeError";
  readonly tick: number;
  readonly lowest = MIN_TICK;
  readonly highest = MAX_TICK;

  constructor(tick: number) {
    super(`tick ${tick} is not an integer from ${MIN_TICK} to ${MAX_TICK}: check where the tick was read`);
    this.tick = tick;
  }
}

export class SqrtPriceOutOfRangeError extends Error {
  override readonly name = "SqrtPriceOutOfRangeError";
  readonly sqrtPriceX96: bigint;
  readonly lowest = MIN_SQRT_PRICE;
  readonly bound = MAX_SQRT_PRICE;

  constructor(sqrtPriceX96: bigint) {
    super(
      `sqrtPriceX96 ${sqrtPriceX96} is not from ${MIN_SQRT_PRICE} to below ${MAX_SQRT_PRICE}: check that the pool is initialized and that the value is X96`,
    );
    this.sqrtPriceX96 = sqrtPriceX96;
  }
}
