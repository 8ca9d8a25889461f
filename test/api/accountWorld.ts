import { and, eq } from "drizzle-orm";
import * as tables from "../../ponder.schema.ts";
import type { Database } from "../../src/api/snapshot.ts";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import type { Ownership } from "../../src/state/ownership.ts";
import {
  depositInto,
  type OwnedPosition,
  openPosition,
  type PositionIdentity,
  payPosition,
  poolPositionId,
  transferPosition,
  withdrawFrom,
} from "../../src/state/position.ts";
import { rankOwnership, rankPosition } from "../../src/state/ranking.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { insertQuotedPool } from "./quoteWorld.ts";
import { address, block, POOL, tickSnapshot, token, USDC, WETH } from "./rows.ts";

type Hex = `0x${string}`;

export const WBTC = address("f2");
export const WBTC_POOL = address("b2");
/** Without a price: its pool is too small. */
export const DUST = address("e9");
export const DUST_POOL = address("b9");
export const CHAIN = { id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 };

/** A pool's price. */
export type Price = { sqrtPriceX96: bigint; tick: number };

/** 2,000.0402896481 USDC a WETH, and 60,000 a WBTC. */
export const AT_2000 = { sqrtPriceX96: 3543226830587239509588885n, tick: -200311 };
export const AT_60000 = { sqrtPriceX96: 1940685714182491852533977682922n, tick: 63972 };

/** Blocks 10 to 100, a pool of WETH and one of WBTC, both deep in USDC, at one price each since block 10. */
export async function createAccountWorld(create = createPglite): Promise<TestDatabase> {
  const db = await create();
  const { database } = db;
  await database
    .insert(tables.block)
    .values([10, 20, 30, 40, 50, 100].map((number) => block({ number, timestamp: timeOf(number) })));
  await database
    .insert(tables.token)
    .values([
      token(),
      token({ address: USDC, symbol: "USDC", decimals: 6 }),
      token({ address: WBTC, symbol: "WBTC", decimals: 8 }),
      token({ address: DUST, symbol: "DUST" }),
    ]);
  await insertQuotedPool(database, {
    ...{ poolId: POOL, token0: WETH, token1: USDC },
    moments: [{ blockNumber: 10, tick: AT_2000.tick, liquidity: 200_000n * 10n ** 12n }],
  });
  await insertQuotedPool(database, {
    ...{ poolId: WBTC_POOL, token0: WBTC, token1: USDC },
    moments: [{ blockNumber: 10, tick: AT_60000.tick, liquidity: 10_000n * 10n ** 7n }],
  });
  await insertQuotedPool(database, {
    ...{ poolId: DUST_POOL, token0: DUST, token1: WETH },
    moments: [{ blockNumber: 10, tick: 0, liquidity: 1_000_000n }],
  });
  // Between two ticks.
  await setPrice(database, WBTC_POOL, AT_60000);
  return db;
}

/** Half a minute a block. */
export function timeOf(blockNumber: number): number {
  return 1_700_000_000 + blockNumber * 30;
}

/** The pool as if it had been at another price from its beginning on. */
export async function setPrice(database: Database & Writer, poolId: Hex, price: Price): Promise<void> {
  await database.update(tables.pool).set(price).where(eq(tables.pool.poolId, poolId));
  await database.update(tables.poolSnapshot).set(price).where(eq(tables.poolSnapshot.poolId, poolId));
}

type Writer = Pick<TestDatabase["database"], "insert" | "update">;

type Position = PositionIdentity & OwnedPosition;

/** A position held in a pool, written after each thing that happens to it as the indexer writes it. */
export class Story {
  position: Position;
  readonly database: Writer;

  constructor(
    database: Writer,
    place: { owner: Hex; poolId: Hex; tickLower: number; tickUpper: number },
    blockNumber: number,
  ) {
    this.database = database;
    const { owner, ...range } = place;
    const positionId = poolPositionId(place);
    const identity = { positionId, protocol: "UNISWAP_V3", manager: null, tokenId: null, ...range };
    this.position = openPosition(identity, owner, momentOf(blockNumber));
  }

  deposit(liquidity: bigint, price: Price, blockNumber: number): Promise<void> {
    const flow = this.flow(liquidity, price, true);
    this.position = depositInto(this.position, flow, timeOf(blockNumber));
    return this.write(blockNumber);
  }

  withdraw(liquidity: bigint, price: Price, blockNumber: number): Promise<void> {
    this.position = withdrawFrom(this.position, this.flow(liquidity, price, false), momentOf(blockNumber));
    return this.write(blockNumber);
  }

  /** All that is owed. */
  collect({ sqrtPriceX96 }: Price, blockNumber: number): Promise<void> {
    const { tokensOwed0: amount0, tokensOwed1: amount1 } = this.position;
    const paid = { amount0, amount1 };
    this.position = payPosition(this.position, { paid, debited: paid, sqrtPriceX96 });
    return this.write(blockNumber);
  }

  async transfer(to: Hex, price: Price, blockNumber: number): Promise<void> {
    const { liquidity } = this.position;
    const handover = {
      sqrtPriceX96: price.sqrtPriceX96,
      principalOut: this.flow(liquidity, price, false),
      principalIn: this.flow(liquidity, price, true),
      fees: { uncollected: { amount0: 0n, amount1: 0n }, earned: { amount0: 0n, amount1: 0n } },
    };
    const { position, ended } = transferPosition(this.position, to, handover, momentOf(blockNumber));
    await this.writeOwnership(ended, blockNumber);
    this.position = position;
    await this.write(blockNumber);
  }

  private flow(liquidityDelta: bigint, price: Price, roundUp: boolean) {
    const { tickLower, tickUpper } = this.position;
    const held = { ...price, tickLower, tickUpper, liquidity: liquidityDelta, roundUp };
    return { liquidityDelta, sqrtPriceX96: price.sqrtPriceX96, ...getAmountsForLiquidity(held) };
  }

  private async write(blockNumber: number): Promise<void> {
    const { ownership, ...position } = this.position;
    const row = { chainId: 1, ...position, ...rankPosition(position) };
    const key = [tables.position.chainId, tables.position.positionId];
    await this.database.insert(tables.position).values(row).onConflictDoUpdate({ target: key, set: row });
    await this.database.insert(tables.positionSnapshot).values({ ...row, blockNumber });
    await this.writeOwnership(ownership, blockNumber);
    for (const tick of [position.tickLower, position.tickUpper]) {
      // Initialised from then on, and as good as empty: the pools' depth is their own.
      const one = { liquidityGross: 1n, liquidityNet: 0n };
      const row = tickSnapshot({ poolId: position.poolId, tick, blockNumber, ...one });
      await this.database.insert(tables.tickSnapshot).values(row).onConflictDoNothing();
      await this.database.insert(tables.tick).values(row).onConflictDoNothing();
    }
  }

  private async writeOwnership(ownership: Ownership, blockNumber: number): Promise<void> {
    const { ownership: _, ...position } = this.position;
    const { chainId, positionId, number } = tables.ownership;
    const { sqrtPriceLowerDouble, sqrtPriceUpperDouble, poolId, tickLower, tickUpper } = position;
    const row = {
      ...{ chainId: 1, positionId: position.positionId, poolId, tickLower, tickUpper },
      ...{ sqrtPriceLowerDouble, sqrtPriceUpperDouble, ...ownership },
      ...rankOwnership(ownership, position),
    };
    await this.database
      .insert(tables.ownership)
      .values(row)
      .onConflictDoUpdate({ target: [chainId, positionId, number], set: row });
    await this.database.insert(tables.ownershipSnapshot).values({ ...row, blockNumber });
  }
}

function momentOf(blockNumber: number) {
  return { blockNumber, timestamp: timeOf(blockNumber) };
}

/** Positions like one that is there, beside it, each in an ownership of its own. */
export async function repeat(database: TestDatabase["database"], count: number): Promise<void> {
  const [position] = await database.select().from(tables.position);
  const [ownership] = await database.select().from(tables.ownership);
  if (position === undefined || ownership === undefined) throw new Error("there is one");
  for (let from = 0; from < count; from += 200) {
    const ids = Array.from(
      { length: Math.min(200, count - from) },
      (_, i) => `${position.positionId}:${from + i}`,
    );
    await database.insert(tables.position).values(ids.map((positionId) => ({ ...position, positionId })));
    await database.insert(tables.ownership).values(ids.map((positionId) => ({ ...ownership, positionId })));
  }
}

/** Leaves the pools alone, as they were. */
export async function forget(database: TestDatabase["database"]): Promise<void> {
  const { position, positionSnapshot, ownership, ownershipSnapshot } = tables;
  for (const table of [position, positionSnapshot, ownership, ownershipSnapshot])
    await database.delete(table);
  await database.update(tables.pool).set({ quarantinedBlock: null });
}

/** The pool's logs do not fit from a block on. */
export async function quarantine(database: Writer, poolId: Hex, blockNumber: number): Promise<void> {
  const { pool } = tables;
  await database
    .update(pool)
    .set({ quarantinedBlock: blockNumber })
    .where(and(eq(pool.chainId, 1), eq(pool.poolId, poolId)));
}
