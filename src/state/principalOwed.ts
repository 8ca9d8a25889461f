import type { FeeLedger } from "./feeLedger.ts";
import { principalOwed } from "./feeParts.ts";
import type { PoolState } from "./pool.ts";

/** The pool's sum of principal withdrawn and not yet collected, after one position's changed. Raw. */
export function addPrincipalOwed<T extends PoolState>(pool: T, before: FeeLedger, after: FeeLedger): T {
  const was = principalOwed(before);
  const is = principalOwed(after);
  return {
    ...pool,
    principalOwed0: pool.principalOwed0 + is.amount0 - was.amount0,
    principalOwed1: pool.principalOwed1 + is.amount1 - was.amount1,
  };
}
