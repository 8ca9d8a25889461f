import { mulDiv, mulDivRoundingUp } from "./fullMath.ts";

export const Q96 = 2n ** 96n;
const MAX_UINT160 = 2n ** 160n - 1n;
const MAX_UINT256 = 2n ** 256n - 1n;

/**
 * Token0 between two prices for a liquidity, in raw units. Mirrors SqrtPriceMath.getAmount0Delta:
 * two divisions, both rounded the same way. The prices are X96, above 0, in either order.
 * Example: `getAmount0Delta(Q96, 2n * Q96, 10n, false)` is `5n`.
 */
export function getAmount0Delta(
  sqrtPriceAX96: bigint,
  sqrtPriceBX96: bigint,
  liquidity: bigint,
  roundUp: boolean,
): bigint {
  const [lower, upper] = sort(sqrtPriceAX96, sqrtPriceBX96);
  const divide = roundUp ? mulDivRoundingUp : mulDiv;
  return divide(divide(liquidity << 96n, upper - lower, upper), 1n, lower);
}

/**
 * Token1 between two prices for a liquidity, in raw units. Mirrors SqrtPriceMath.getAmount1Delta.
 * The prices are X96, in either order. Example: `getAmount1Delta(Q96, 2n * Q96, 10n, false)` is `10n`.
 */
export function getAmount1Delta(
  sqrtPriceAX96: bigint,
  sqrtPriceBX96: bigint,
  liquidity: bigint,
  roundUp: boolean,
): bigint {
  const [lower, upper] = sort(sqrtPriceAX96, sqrtPriceBX96);
  const divide = roundUp ? mulDivRoundingUp : mulDiv;
  return divide(liquidity, upper - lower, Q96);
}

/**
 * The price after an input of `amountIn` raw units (fee taken off), rounded so that it does not pass the exact one:
 * up for token0 (`zeroForOne`), down for token1. Mirrors SqrtPriceMath.getNextSqrtPriceFromInput.
 * `sqrtPriceX96`: above 0. Undefined where the contract reverts: no liquidity, or a price above uint160.
 * Example: `getNextSqrtPriceFromInput(Q96, 10n, 10n, true)` is `Q96 / 2n`.
 */
export function getNextSqrtPriceFromInput(
  sqrtPriceX96: bigint,
  liquidity: bigint,
  amountIn: bigint,
  zeroForOne: boolean,
): bigint | undefined {
  if (liquidity <= 0n) return undefined;
  if (!zeroForOne) return uint160(sqrtPriceX96 + (amountIn << 96n) / liquidity);
  // The formulas would not always give back the price for an amount of 0.
  if (amountIn === 0n) return sqrtPriceX96;
  const numerator = liquidity << 96n;
  const product = amountIn * sqrtPriceX96;
  if (numerator + product <= MAX_UINT256) {
    return divideRoundingUp(numerator * sqrtPriceX96, numerator + product);
  }
  // The contract's way round an overflow of uint256, which is less precise.
  return divideRoundingUp(numerator, numerator / sqrtPriceX96 + amountIn);
}

/**
 * The price after an output of `amountOut` raw units, rounded so that it passes the exact one: down for token1
 * (`zeroForOne`), up for token0. Mirrors SqrtPriceMath.getNextSqrtPriceFromOutput.
 * `sqrtPriceX96`: above 0. Undefined where the contract reverts: no liquidity, or more than the liquidity holds.
 * Example: `getNextSqrtPriceFromOutput(Q96, 10n, 5n, true)` is `Q96 / 2n`.
 */
export function getNextSqrtPriceFromOutput(
  sqrtPriceX96: bigint,
  liquidity: bigint,
  amountOut: bigint,
  zeroForOne: boolean,
): bigint | undefined {
  if (liquidity <= 0n) return undefined;
  if (zeroForOne) {
    const quotient = divideRoundingUp(amountOut << 96n, liquidity);
    return sqrtPriceX96 > quotient ? sqrtPriceX96 - quotient : undefined;
  }
  if (amountOut === 0n) return sqrtPriceX96;
  const numerator = liquidity << 96n;
  const product = amountOut * sqrtPriceX96;
  if (numerator <= product) return undefined;
  return uint160(divideRoundingUp(numerator * sqrtPriceX96, numerator - product));
}

function uint160(sqrtPriceX96: bigint): bigint | undefined {
  return sqrtPriceX96 <= MAX_UINT160 ? sqrtPriceX96 : undefined;
}

function divideRoundingUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

function sort(a: bigint, b: bigint): readonly [bigint, bigint] {
  return a < b ? [a, b] : [b, a];
}
