import type { TokenAmounts } from "../../state/feeLedger.ts";

/**
 * What a poke and a collect of everything would pay, raw (metrics.md 5.5). A position manager pays its NFTs out of
 * what the pool keeps for it (`core`, null where the owner is no manager), and no more than is there.
 * Example: 7 and 5 owed out of 6 and 9 is 6 and 5.
 */
export function owed(own: TokenAmounts, core: TokenAmounts | null): TokenAmounts {
  if (core === null) return own;
  return {
    amount0: own.amount0 < core.amount0 ? own.amount0 : core.amount0,
    amount1: own.amount1 < core.amount1 ? own.amount1 : core.amount1,
  };
}
