import { toDouble } from "../../math/toDouble.ts";
import { valueX192 } from "../../math/valueMath.ts";

const SECONDS_A_YEAR = 31_536_000n;
/** Of less time no rate is told, as with returns. */
const LEAST_SECONDS = 3_600;

type Amounts = { amount0: bigint; amount1: bigint };

/**
 * What a pool's LPs earn a year in fees, as a fraction of their principal, both at one price, simple: `fees` of `seconds` over
 * the principal of now. Null under an hour and with no principal.
 * Example: 1 of fees in a day on 365 of principal is 1.
 */
export function feeApr(
  fees: Amounts,
  principal: Amounts,
  { sqrtPriceX96, seconds }: { sqrtPriceX96: bigint; seconds: number },
): number | null {
  const earned = valueX192(fees.amount0, fees.amount1, sqrtPriceX96);
  const atWork = valueX192(principal.amount0, principal.amount1, sqrtPriceX96);
  if (seconds < LEAST_SECONDS || atWork === 0n) return null;
  return toDouble(earned * SECONDS_A_YEAR, atWork * BigInt(seconds));
}
