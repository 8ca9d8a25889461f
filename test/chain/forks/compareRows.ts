import type { Address } from "viem";
import type { PoolState } from "../../../demo/chain/readPoolState.ts";
import { owedNow } from "../../../src/state/feeLedger.ts";
import { type GrowthInside, growthInside } from "../../../src/state/growthInside.ts";
import { poolPositionId } from "../../../src/state/position.ts";
import type { Tables } from "../../inMemory/memoryDatabase.ts";

type Row = Record<string, unknown>;
export type Owed = { amount0: bigint; amount1: bigint };
export type TickTruth = { gross: bigint; net: bigint; outside0: bigint; outside1: bigint };

const FIELDS = [
  "sqrtPriceX96",
  "tick",
  "liquidity",
  "feeGrowthGlobal0X128",
  "feeGrowthGlobal1X128",
  "protocolFees0",
  "protocolFees1",
] as const;

/** Blocks after which the pool's row was not what the chain had. */
export function wrongStates<T extends PoolState>(
  tables: Tables,
  states: readonly { pool: Address; block: number; state: T }[],
  others: readonly (keyof T & string)[] = [],
): unknown[] {
  return states.flatMap(({ pool, block, state }) => {
    const row = snapshotAt(tables, pool, block);
    const wrong = [...FIELDS, ...others].filter((field) => row?.[field] !== state[field]);
    return wrong.length === 0
      ? []
      : [{ pool, block, wrong: wrong.map((field) => [field, row?.[field], state[field]]) }];
  });
}

/** Every tick that was ever initialised, by pool. */
export function ticksOf(tables: Tables): { pool: Address; tick: number; row: TickTruth }[] {
  return rows(tables, "tick").map((row) => ({
    pool: row.poolId as Address,
    tick: row.tick as number,
    row: {
      gross: row.liquidityGross as bigint,
      net: row.liquidityNet as bigint,
      outside0: row.feeGrowthOutside0X128 as bigint,
      outside1: row.feeGrowthOutside1X128 as bigint,
    },
  }));
}

/** What every position would be paid by a poke and a collect of all, by its id: an NFT no more than its manager. */
export function owedByRows(tables: Tables): Map<string, Owed> {
  return new Map(
    rows(tables, "position").map((position) => {
      const owed = owedNow(position as never, insideOf(tables, position));
      const manager = position.manager as Address | null;
      if (manager === null) return [position.positionId as string, owed];
      const id = poolPositionId({
        ...(position as never as Parameters<typeof poolPositionId>[0]),
        owner: manager,
      });
      const core = rows(tables, "core_position").find(({ corePositionId }) => corePositionId === id);
      const most = owedNow(core as never, insideOf(tables, position));
      // The manager pokes only for an NFT with liquidity.
      const has =
        position.liquidity === 0n ? (core as never as { tokensOwed0: bigint; tokensOwed1: bigint }) : null;
      const [most0, most1] = [has?.tokensOwed0 ?? most.amount0, has?.tokensOwed1 ?? most.amount1];
      return [
        position.positionId as string,
        { amount0: least(owed.amount0, most0), amount1: least(owed.amount1, most1) },
      ];
    }),
  );
}

export function rows(tables: Tables, table: string): Row[] {
  return [...(tables.get(table)?.values() ?? [])];
}

function insideOf(tables: Tables, position: Row): GrowthInside {
  const { poolId, tickLower, tickUpper } = position as {
    poolId: string;
    tickLower: number;
    tickUpper: number;
  };
  const pool = rows(tables, "pool").find((row) => row.poolId === poolId) as never as Parameters<
    typeof growthInside
  >[3];
  const tick = (bound: number) => tables.get("tick")?.get(`31337 ${poolId} ${bound}`) as never;
  return growthInside(tick(tickLower), tick(tickUpper), { tickLower, tickUpper }, { ...pool, seconds: 0 });
}

function snapshotAt(tables: Tables, pool: Address, block: number): Row | undefined {
  const id = pool.toLowerCase();
  for (let number = block; number >= 0; number--) {
    const row = tables.get("pool_snapshot")?.get(`31337 ${id} ${number}`);
    if (row !== undefined) return row;
  }
  return undefined;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
