import { pairPrincipal } from "../../state/pairPool.ts";
import type { ApiContext } from "../context.ts";
import { poolPrincipal } from "../metrics/poolPrincipal.ts";
import { isPair } from "../metrics/protocol.ts";
import type { PoolAt } from "../queries/pools.ts";

/** In quarantine its ticks are no longer kept up either: null then. Nothing can be held before the first price. */
export async function principalOf(
  { row, page }: PoolAt,
  { ask }: ApiContext,
): Promise<{ amount0: bigint; amount1: bigint } | null> {
  if (row.quarantinedBlock !== null) return null;
  const { sqrtPriceX96, tick } = row;
  if (sqrtPriceX96 === null || tick === null) return { amount0: 0n, amount1: 0n };
  if (isPair(row)) return pairPrincipal(row, row.basisX64 ?? 0n);
  return poolPrincipal(await page.steps(ask, row), { sqrtPriceX96, tick });
}
