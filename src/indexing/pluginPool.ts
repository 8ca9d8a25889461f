import schema from "ponder:schema";
import type { TokenAmounts } from "../state/feeLedger.ts";
import type { EventScope } from "./eventScope.ts";

/** What an Algebra pool's logs said for its next ones. Columns: ponder.schema.ts. */
export type PluginPool = {
  fee: number | null;
  overrideFee: number;
  pluginFee: number;
  burnFee: number;
  excess0: bigint;
  excess1: bigint;
  excessTransaction: `0x${string}` | null;
};

type PoolId = `0x${string}`;

const untold: PluginPool = {
  fee: null,
  overrideFee: 0,
  pluginFee: 0,
  burnFee: 0,
  excess0: 0n,
  excess1: 0n,
  excessTransaction: null,
};

export async function loadPluginPool({ db, chainId }: EventScope, poolId: PoolId): Promise<PluginPool> {
  return (await db.find(schema.pluginPool, { chainId, poolId })) ?? untold;
}

/** Writes where it says something new: most swaps' fees are those of the swap before. */
export async function savePluginPool(
  scope: EventScope,
  poolId: PoolId,
  change: Partial<PluginPool>,
): Promise<void> {
  const { db, chainId } = scope;
  const before = await loadPluginPool(scope, poolId);
  const told = Object.keys(change) as (keyof PluginPool)[];
  if (told.every((key) => before[key] === change[key])) return;
  await db
    .insert(schema.pluginPool)
    .values({ ...untold, ...change, chainId, poolId })
    .onConflictDoUpdate(change);
}

/** The next log of the pool has come, and the excess is none that its call found. */
export async function forgetExcess(scope: EventScope, poolId: PoolId): Promise<void> {
  await savePluginPool(scope, poolId, { excessTransaction: null });
}

/** What the pool's last log in this transaction found beyond its reserves. */
export function excessBefore(
  { transactionHash }: EventScope,
  { excessTransaction, excess0, excess1 }: PluginPool,
): TokenAmounts | null {
  return excessTransaction === transactionHash ? { amount0: excess0, amount1: excess1 } : null;
}
