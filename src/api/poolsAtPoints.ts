import { batched } from "./batched.ts";
import type { ApiContext } from "./context.ts";
import type { Ask } from "./lazy.ts";
import { findPastPools } from "./queries/pastPools.ts";
import { poolKey } from "./queries/poolKey.ts";
import { findPools, type PoolAt } from "./queries/pools.ts";
import type { Tip } from "./queries/tips.ts";

type Hex = `0x${string}`;

/** An operation's way to pools that its answer names by id: one read of those asked for together at one point. */
export function poolsAtPoints(ask: Ask): ApiContext["poolAt"] {
  const points = new Map<string, (poolId: Hex) => Promise<PoolAt | null>>();
  return (tip, past, poolId) => {
    const key = `${tip.chainId}:${tip.number}:${past}`;
    const ofPoint = points.get(key) ?? batched((poolIds) => read(ask, tip, past, poolIds));
    points.set(key, ofPoint);
    return ofPoint(poolId);
  };
}

async function read(
  ask: Ask,
  tip: Tip,
  past: boolean,
  poolIds: readonly Hex[],
): Promise<(poolId: Hex) => PoolAt | null> {
  const { chainId } = tip;
  const keys = poolIds.map((poolId) => ({ chainId, poolId }));
  const found = await ask((snapshot) =>
    past ? findPastPools(snapshot, tip, poolIds) : findPools(snapshot, new Map([[chainId, tip]]), keys),
  );
  return (poolId) => found.get(poolKey({ chainId, poolId })) ?? null;
}
