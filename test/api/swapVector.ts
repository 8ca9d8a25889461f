import * as tables from "../../ponder.schema.ts";
import type { TestDatabase } from "./database.ts";
import { liquidityEvent, type SwapRow, swap } from "./eventRows.ts";
import { A, B, createVectorWorld, timeOf } from "./vectorWorld.ts";

const WIDE = 5n * 10n ** 17n;
const ALL = 15n * 10n ** 17n;

/** The swaps of metrics 5.10; LPs' and protocol's parts by the formulas of 5.4, worked out apart from the code. */
export const SWAPS: readonly (Partial<SwapRow> & { blockNumber: number })[] = [
  {
    ...{ blockNumber: 101, amount0: 10000000000000000n, amount1: -9865293770384354n, liquidity: WIDE },
    ...{ sqrtPriceX96: 78139577256552007988194929836n, tick: -277, feeLp: 30000000000001n },
  },
  {
    ...{ blockNumber: 102, amount0: -5000000000000000n, amount1: 4926770456279713n, liquidity: WIDE },
    ...{ sqrtPriceX96: 78917913163490934909760147909n, tick: -79, feeLp: 14780311368840n },
  },
  {
    ...{ blockNumber: 104, amount0: -463468905887109n, amount1: 461656160087574n, liquidity: ALL },
    ...{ sqrtPriceX96: 78990846045029531151608375686n, tick: -60, protocolFeeSetting: 6 },
    ...{ feeLp: 1154140400220n, feeProtocol: 230828080043n },
  },
  {
    ...{ blockNumber: 105, amount0: 1n, amount1: 0n, liquidity: WIDE, protocolFeeSetting: 4 },
    ...{ sqrtPriceX96: 78990846045029531151608375686n, tick: -61, feeLp: 1n },
  },
  {
    ...{ blockNumber: 106, amount0: -3002993085009901n, amount1: 3000000000000000n, liquidity: ALL },
    ...{ sqrtPriceX96: 79148827001082974240769902322n, tick: -21, protocolFeeSetting: 6 },
    ...{ feeLp: 7500000000000n, feeProtocol: 1500000000000n },
  },
];

/** The vector's world with its swaps and the deposits of its two positions, which block 100 has. */
export async function createSwapVector(
  change: (rows: SwapRow[]) => SwapRow[] = (rows) => rows,
): Promise<TestDatabase> {
  const db = await createVectorWorld();
  const rows = SWAPS.map((row) => swap({ ...row, timestamp: timeOf(row.blockNumber) }));
  await db.database.insert(tables.swap).values(change(rows));
  const deposits = [A, B].map((id, i) =>
    liquidityEvent({
      ...{ blockNumber: 100, logIndex: i, timestamp: timeOf(100), positionId: id.slice(2) },
      ...{ liquidityDelta: i === 0 ? 10n ** 18n : WIDE, sqrtPriceX96: 2n ** 96n },
    }),
  );
  await db.database.insert(tables.liquidityEvent).values(deposits);
  return db;
}
