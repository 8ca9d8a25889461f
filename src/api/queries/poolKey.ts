export type PoolKey = { chainId: number; poolId: `0x${string}` };

/** A pool among those of all chains. */
export function poolKey({ chainId, poolId }: PoolKey): string {
  return `${chainId}:${poolId}`;
}
