import { getAmountsForLiquidity } from "../math/liquidityAmounts.ts";
import type { FeeLedger, TokenAmounts } from "./feeLedger.ts";
import { feesEarned, feesUncollected } from "./feeParts.ts";
import type { Handover } from "./ownership.ts";

type Price = { sqrtPriceX96: bigint; tick: number };

type Held = FeeLedger & { tickLower: number; tickUpper: number };

/**
 * What a position goes over for at its pool's price (metrics.md 4.5), raw: its principal, and of `owed`, what a poke and
 * a collect would pay, the part that is fees. `owed` is null in quarantine.
 * Example: liquidity 10^6 in [-60, 60) at tick 0 and price 2^96 leaves as 2995 and 2995 and comes in as 2996 and 2996.
 */
export function handoverAt(
  { sqrtPriceX96, tick }: Price,
  position: Held,
  owed: TokenAmounts | null,
): Handover {
  const { tickLower, tickUpper, liquidity } = position;
  const held = { sqrtPriceX96, tick, tickLower, tickUpper, liquidity };
  return {
    sqrtPriceX96,
    principalOut: getAmountsForLiquidity({ ...held, roundUp: false }),
    principalIn: getAmountsForLiquidity({ ...held, roundUp: true }),
    fees: owed && { uncollected: feesUncollected(position, owed), earned: feesEarned(position, owed) },
  };
}
