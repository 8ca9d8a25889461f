import "./ponderModules.ts";
import { parseEventLogs } from "viem";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import type { EventScope } from "../../src/indexing/eventScope.ts";
import { countingStore } from "./countingStore.ts";
import type { LoggedSweep, SweptPool } from "./sweptPool.ts";

const TICK_TABLES = ["tick_word_index", "tick_word", "tick"] as const;

export interface HandlerSweep {
  reads: Record<(typeof TICK_TABLES)[number], number>;
  milliseconds: number;
}

/** Runs the app's own handlers on a pool and its sweeps, on a store that counts, and times each sweep. */
export async function handlerReads(
  swept: SweptPool,
  sweeps: readonly LoggedSweep[],
): Promise<HandlerSweep[]> {
  const { recordInitialize } = await import("../../src/indexing/recordPool.ts");
  const { recordMint } = await import("../../src/indexing/recordLiquidity.ts");
  const { recordSwap } = await import("../../src/indexing/recordSwap.ts");
  const { uninitializedPool } = await import("../../src/state/pool.ts");
  const schema = await import("../../ponder.schema.ts");
  const { db, finds } = countingStore();
  const poolId = swept.key.pool.toLowerCase() as `0x${string}`;
  await db.insert(schema.pool).values({
    ...{ ...swept.key, poolId, chainId: 31337, protocol: "UNISWAP_V3", changedBlock: 0 },
    ...{ ...uninitializedPool, fee: swept.key.fee, awaitsManager: false },
  });
  const scope = (blockNumber: number) => scopeAt(db as unknown as EventScope["db"], blockNumber);
  const block = Number(swept.minted.blockNumber);
  await recordInitialize(scope(block - 1), poolId, { sqrtPriceX96: 2n ** 96n, tick: 0 });
  const [mint] = parseEventLogs({ abi: uniswapV3PoolAbi, eventName: "Mint", logs: swept.minted.logs });
  if (mint === undefined) throw new Error("the swept pool's mint has no log");
  const { sender, owner, amount: liquidityDelta, ...rest } = mint.args;
  await recordMint(scope(block), { ...rest, poolId, sender, owner, liquidityDelta });

  const measured: HandlerSweep[] = [];
  for (const { blockNumber, ...log } of sweeps) {
    const before = { ...finds };
    const started = performance.now();
    await recordSwap(scope(blockNumber), { ...log, poolId, fee: null });
    const milliseconds = performance.now() - started;
    const counts = TICK_TABLES.map((table) => [table, (finds[table] ?? 0) - (before[table] ?? 0)]);
    measured.push({ reads: Object.fromEntries(counts) as HandlerSweep["reads"], milliseconds });
  }
  const pool = await db.find(schema.pool, { chainId: 31337, poolId });
  if (pool?.quarantinedBlock !== null) throw new Error("the swept pool was quarantined: its replay failed");
  return measured;
}

function scopeAt(db: EventScope["db"], blockNumber: number): EventScope {
  const hash = "0x00" as const;
  return {
    db,
    client: {} as EventScope["client"],
    chainId: 31337,
    chainName: "anvil",
    protocol: "UNISWAP_V3",
    settings: {
      positionManagers: new Set(),
      stakers: new Set(),
      listedPools: new Map(),
      cash: { stablecoins: new Set(), wrappedNative: null },
      nativeCurrency: { symbol: null, name: null },
    },
    blockNumber,
    timestamp: 1_700_000_000 + 12 * blockNumber,
    hash,
    parentHash: hash,
    logIndex: 0,
    transactionHash: hash,
  };
}
