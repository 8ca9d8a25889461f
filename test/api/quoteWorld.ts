import * as tables from "../../ponder.schema.ts";
import type { Database } from "../../src/api/snapshot.ts";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { type PoolRow, pool, poolSnapshot, tickSnapshot } from "./rows.ts";

type Hex = `0x${string}`;

/** A pool after a block in which it changed. */
export type Moment = { blockNumber: number; tick: number; liquidity: bigint };

export type QuotedPool = {
  chainId?: number;
  poolId: Hex;
  token0: Hex;
  token1: Hex;
  /** All liquidity is in this one range; the ticks of it are written at the first moment. */
  range?: readonly [number, number];
  /** Oldest first, in range at each. */
  moments: readonly Moment[];
  /** Of a v3 pool unless given. */
  terms?: Partial<PoolRow>;
};

/** A pool of one LP as it would be indexed: its row, its ticks, and what each of them was after each block. */
export async function insertQuotedPool(database: Database, quoted: QuotedPool): Promise<void> {
  const { chainId = 1, poolId, token0, token1, range = [-887220, 887220], moments } = quoted;
  const { terms: other = {} } = quoted;
  const states = moments.map(({ tick, ...moment }) => {
    const sqrtPriceX96 = getSqrtPriceAtTick(tick);
    const [tickLower, tickUpper] = range;
    const held = getAmountsForLiquidity({
      ...moment,
      sqrtPriceX96,
      tick,
      tickLower,
      tickUpper,
      roundUp: true,
    });
    const price = { sqrtPriceX96, tick, sqrtPriceDouble: Number(sqrtPriceX96) / 2 ** 96 };
    return { chainId, poolId, ...moment, ...price, balance0: held.amount0, balance1: held.amount1 };
  });
  const [first, last] = [states[0], states.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a pool needs a moment");
  const { blockNumber: changedBlock, ...now } = last;
  const terms = { token0, token1, createdBlock: first.blockNumber, trackedFromBlock: first.blockNumber };
  await database.insert(tables.pool).values(pool({ ...terms, ...now, changedBlock, ...other }));
  await database.insert(tables.poolSnapshot).values(states.map((state) => poolSnapshot(state)));
  if (other.protocol === "UNISWAP_V2") return;
  let before = 0n;
  for (const { blockNumber, liquidity } of states) {
    if (liquidity === before) continue;
    before = liquidity;
    for (const [tick, liquidityNet] of [
      [range[0], liquidity],
      [range[1], -liquidity],
    ] as const) {
      const row = tickSnapshot({
        ...{ chainId, poolId, tick, blockNumber, liquidityGross: liquidity, liquidityNet },
      });
      await database.insert(tables.tickSnapshot).values(row);
      const { blockNumber: _, ...set } = row;
      await database
        .insert(tables.tick)
        .values(set)
        .onConflictDoUpdate({ target: [tables.tick.chainId, tables.tick.poolId, tables.tick.tick], set });
    }
  }
}
