import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { type Randomness, seededRandomness } from "../../demo/chain/randomness.ts";
import * as tables from "../../ponder.schema.ts";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import { type DecodedLog, loadHandlers } from "../inMemory/indexLogs.ts";
import type { Tables } from "../inMemory/memoryDatabase.ts";
import { MAX_SQRT_RATIO, MIN_SQRT_RATIO, swapOnUniswapV3 } from "../state/contractSwap.ts";
import { mint, type PoolWithTicks, type Position, poolOfPositions } from "../state/poolOfPositions.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { address } from "./rows.ts";

export const CHAIN_ID = 31_337;
const [FACTORY, MANAGER] = [address("fa"), address("ee")];
export const [TOKEN0, TOKEN1] = [address("10"), address("11")];
export const OWNERS = [address("d1"), address("d2"), address("d3")];
const E18 = 10n ** 18n;

type Hex = `0x${string}`;
type Owned = Position & { owner: Hex };

/** Where a history is: each log stands in the block that was begun last. */
export type Chain = { logs: DecodedLog[]; blockNumber: number; timestamp: number; logIndex: number };

/** A v3 pool of two tokens of 18 decimals and a fee of 0.3 %, as its contract goes on; what happens to it is logged. */
export class LoggedPool {
  world: PoolWithTicks;
  readonly open: Owned[] = [];
  readonly #chain: Chain;
  readonly address: Hex;

  constructor(chain: Chain, poolId: Hex, tickSpacing = 60) {
    this.#chain = chain;
    this.address = poolId;
    this.world = poolOfPositions({ tickSpacing, sqrtPriceX96: 2n ** 96n }, []);
    const terms = { token0: TOKEN0, token1: TOKEN1, fee: 3000, tickSpacing, pool: poolId };
    append(chain, FACTORY, "UniswapV3Factory:PoolCreated", terms);
  }

  initialize(): void {
    this.#log("Initialize", { sqrtPriceX96: 2n ** 96n, tick: 0 });
  }

  deposit(position: Owned): void {
    mint(this.world, position, this.#chain.timestamp);
    this.open.push(position);
    const { liquidity: amount, owner } = position;
    this.#log("Mint", { ...position, sender: owner, amount, ...this.#amounts(position, true) });
  }

  /** A poke where `share` is 0; with `collect`, what came out is paid too. */
  withdraw(index: number, share: bigint, collect: boolean): void {
    const position = this.open[index];
    if (position === undefined) return;
    const amount = (position.liquidity * share) / 100n;
    const part = { ...position, liquidity: -amount };
    const amounts = this.#amounts({ ...position, liquidity: amount }, false);
    if (amount > 0n) mint(this.world, part, this.#chain.timestamp);
    position.liquidity -= amount;
    if (position.liquidity === 0n) this.open.splice(index, 1);
    this.#log("Burn", { ...position, amount, ...amounts });
    if (collect && amount > 0n) this.#log("Collect", { ...position, recipient: position.owner, ...amounts });
  }

  /** Nothing where the contract reverts. */
  swap(zeroForOne: boolean, amountSpecified: bigint): void {
    const sqrtPriceLimitX96 = zeroForOne ? MIN_SQRT_RATIO + 1n : MAX_SQRT_RATIO - 1n;
    const order = { zeroForOne, amountSpecified, sqrtPriceLimitX96, fee: 3000, pluginFee: 0 };
    const { pool, ticks } = this.world;
    const swapped = swapOnUniswapV3(pool, ticks, order, this.#chain.timestamp);
    if (swapped === undefined) return;
    this.world = { pool: { ...swapped.pool }, ticks };
    const [sender] = OWNERS;
    this.#log("Swap", { sender, recipient: sender, ...swapped.log });
  }

  #amounts({ tickLower, tickUpper, liquidity }: Position, roundUp: boolean) {
    const { sqrtPriceX96, tick } = this.world.pool;
    return getAmountsForLiquidity({ sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp });
  }

  #log(name: string, args: object): void {
    append(this.#chain, this.address, `UniswapV3Pool:${name}`, args);
  }
}

export function beginChain(timestamp: number): Chain {
  return { logs: [], blockNumber: 100, timestamp, logIndex: 0 };
}

export function nextBlock(chain: Chain, seconds: number): void {
  chain.blockNumber += 1;
  chain.timestamp += seconds;
  chain.logIndex = 0;
}

function append(chain: Chain, at: Hex, name: string, args: object): void {
  const { blockNumber, timestamp } = chain;
  const hash: Hex = `0x${blockNumber.toString(16).padStart(64, "0")}`;
  const block = { number: BigInt(blockNumber), hash, parentHash: hash, timestamp: BigInt(timestamp) };
  const log = { address: at, logIndex: chain.logIndex++ };
  chain.logs.push({ name, address: at, event: { args, block, log, transaction: { hash } } });
}

/** Swaps with pauses of no second to days, several in a block, and what LPs do now and then. */
export function randomHistory(
  chain: Chain,
  pools: readonly LoggedPool[],
  seed: number,
  blocks: number,
): void {
  const random = seededRandomness(seed);
  for (let i = 0; i < blocks; i++) {
    nextBlock(chain, random.chance(0.1) ? 0 : Number(random.size(1n, random.chance(0.1) ? 200_000n : 900n)));
    for (let j = random.whole(1, 3); j > 0; j--) {
      const pool = random.pick(pools);
      if (pool !== undefined) act(pool, random);
    }
  }
}

function act(pool: LoggedPool, random: Randomness): void {
  const index = random.whole(0, pool.open.length - 1);
  if (pool.open.length === 0 || random.chance(0.15)) {
    const again = random.chance(0.5) ? pool.open[index] : undefined;
    pool.deposit({ ...randomPosition(random), ...(again && placeOf(again)) });
  } else if (random.chance(0.12)) {
    pool.withdraw(index, BigInt(random.pick([0, 10, 50, 100]) ?? 0), random.chance(0.7));
  } else if (pool.world.pool.liquidity < E18) {
    pool.deposit({ ...randomPosition(random), tickLower: -6000, tickUpper: 6000 });
  } else {
    const { tick } = pool.world.pool;
    // Towards the middle when far off, so that ranges are crossed back and forth.
    const zeroForOne = Math.abs(tick) > 2000 ? tick > 0 : random.chance(0.5);
    pool.swap(zeroForOne, random.size(10n ** 12n, E18 / 4n));
  }
}

function randomPosition(random: Randomness): Owned {
  const owner = random.pick(OWNERS) ?? MANAGER;
  const [tickLower, tickUpper] = [-60 * random.whole(1, 30), 60 * random.whole(1, 30)];
  return { owner, tickLower, tickUpper, liquidity: random.size(10n * E18, 100n * E18) };
}

function placeOf({ owner, tickLower, tickUpper }: Owned): Omit<Owned, "liquidity"> {
  return { owner, tickLower, tickUpper };
}

let index: ReturnType<typeof loadHandlers> | undefined;

/** The chain as the indexer leaves it in the database. Its tokens have 18 decimals. */
export async function createIndexedWorld({ logs }: Chain): Promise<TestDatabase> {
  index ??= loadHandlers({ factory: FACTORY, positionManager: MANAGER });
  return databaseOf(await (await index)(logs));
}

/** Rows that were indexed in memory, in a database. Their tokens get 18 decimals. */
export async function databaseOf(indexed: Tables): Promise<TestDatabase> {
  const db = await createPglite();
  for (const table of Object.values<unknown>(tables)) {
    if (!is(table, PgTable)) continue;
    const rows = [...(indexed.get(getTableName(table))?.values() ?? [])];
    for (let i = 0; i < rows.length; i += 200) await db.database.insert(table).values(rows.slice(i, i + 200));
  }
  await db.database.update(tables.token).set({ decimals: 18 });
  return db;
}
