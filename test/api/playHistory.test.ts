import { and, gt, lte } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import * as tables from "../../ponder.schema.ts";
import type { ApiContext } from "../../src/api/context.ts";
import { openPlayback } from "../../src/api/metrics/playback.ts";
import { openShadow, shadowFees } from "../../src/api/metrics/shadowPosition.ts";
import { findPastPool } from "../../src/api/queries/pastPools.ts";
import { everyTick } from "../../src/api/queries/ticks.ts";
import { playedPool, playHistory } from "../../src/api/resolvers/playHistory.ts";
import { ask, createTestApi } from "./client.ts";
import { beginChain, CHAIN_ID, createIndexedWorld, LoggedPool, randomHistory } from "./indexedWorld.ts";
import { address } from "./rows.ts";

type Point = {
  id: string;
  liquidity: string;
  tickLower: number;
  tickUpper: number;
  fees: { earned: Amounts };
};
type Amounts = { amount0: string; amount1: string };

test("positions of a random history, played as parts of their pools from any block to any other, earn what growth says", async () => {
  const chain = beginChain(1_700_000_000);
  const pools = ["b1", "b2"].map((end) => new LoggedPool(chain, address(end)));
  for (const pool of pools) pool.initialize();
  randomHistory(chain, pools, 77, 260);
  const db = await createIndexedWorld(chain);
  const app = createTestApi(db.database, {
    chains: [{ id: CHAIN_ID, name: "test", quoteToken: null, quoteMinDepth: 1 }],
  });
  const context: Pick<ApiContext, "ask"> = { ask: (question) => question(db.database) };
  const at = async (poolId: string, block: number): Promise<Map<string, Point>> => {
    const fields = "id liquidity tickLower tickUpper fees {earned {amount0 amount1}}";
    const { data, errors } = await ask(
      app,
      `{pool(chainId: ${CHAIN_ID}, poolId: "${poolId}", asOf: {block: ${block}}) {positions(first: 200) {items {${fields}}}}}`,
    );
    expect(errors).toEqual([]);
    const items: Point[] = data.pool.positions.items;
    return new Map(items.map((item) => [item.id.split("@")[0] ?? "", item]));
  };
  let [compared, earned] = [0, 0n];
  for (const [from, to] of [
    [130, 170],
    [171, 230],
    [200, 320],
    [320, 360],
  ] as const) {
    for (const { address: poolId } of pools) {
      const [before, after] = [await at(poolId, from), await at(poolId, to)];
      // Of one that changed in between other liquidity earned its fees.
      const changed = await changedIn(from, to);
      for (const [id, start] of before) {
        const end = after.get(id);
        if (end === undefined || changed.has(id) || start.liquidity === "0") continue;
        const played = await play(poolId, start, from, to);
        for (const side of ["amount0", "amount1"] as const) {
          const real = BigInt(end.fees.earned[side]) - BigInt(start.fees.earned[side]);
          const difference = played[side] - real;
          expect(
            difference >= -1n && difference <= 1n,
            `${id} ${from} to ${to}: ${played[side]} for ${real}`,
          ).toBe(true);
          earned += real;
        }
        compared++;
      }
    }
  }
  const [first] = (await at(address("b1"), 130)).values();
  if (first === undefined) throw new Error("the pool has no positions");
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    clock += 12_001;
    return clock;
  });
  await expect(play(address("b1"), first, 130, 170)).rejects.toThrow("took more than 12 seconds");
  vi.restoreAllMocks();
  expect(compared).toBeGreaterThan(20);
  expect(earned).toBeGreaterThan(10n ** 14n);
  await db.close();

  async function changedIn(from: number, to: number): Promise<Set<string>> {
    const { positionId, blockNumber } = tables.liquidityEvent;
    const rows = await db.database
      .select({ positionId })
      .from(tables.liquidityEvent)
      .where(and(gt(blockNumber, from), lte(blockNumber, to)));
    return new Set(rows.map((row) => `${CHAIN_ID}:${row.positionId}`));
  }

  async function play(poolId: `0x${string}`, position: Point, from: number, to: number) {
    const key = { chainId: CHAIN_ID, poolId };
    const { database } = db;
    const tip = { chainId: CHAIN_ID, number: from, timestamp: 0, hash: "0x" } as const;
    const pool = await findPastPool(database, tip, key);
    const { sqrtPriceX96 = null, tick = null } = pool?.row ?? {};
    if (pool === null || sqrtPriceX96 === null || tick === null) throw new Error("the pool has no price");
    const start = playedPool({ ...pool.row, sqrtPriceX96, tick }, await everyTick(database, key, from));
    const shadow = openShadow(position, BigInt(position.liquidity), false);
    const playback = openPlayback({ pool: start, shadow, positionId: null }, tip, 0);
    await playHistory(playback, key, { afterBlock: from, toBlock: to }, context);
    return shadowFees(shadow);
  }
});
