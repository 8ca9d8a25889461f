import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import type { Levels } from "../metrics/bookSimulation.ts";
import { marksUpTo } from "../metrics/overlappingReturns.ts";
import { rootLevels } from "../metrics/priceLevels.ts";
import type { PriceSample } from "../metrics/realizedVolatility.ts";
import { routeLevels } from "../metrics/routeLevels.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { AccountAt } from "../queries/accounts.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { QuotePrices } from "../queries/quotePrices.ts";
import type { Token } from "../queries/tokens.ts";
import { type Mark, pricing } from "./bookMarks.ts";
import { RouteWithoutPoolError } from "./quotePrice.ts";
import { standingOf } from "./standing.ts";
import { samplesOf } from "./volatility.ts";

type Hex = `0x${string}`;

/** Prices at the same five-minute marks: of tokens in the quote token, and of pools the root. */
export type BookPrices = { marks: number; ofToken(token: Hex): Levels; ofPool(pool: PoolAt): Levels };

type Route = readonly { poolId: Hex }[];

/** Of the dearest pools of a book the own prices are read. */
const OWN_PRICES = 50;
const MAX_ON_WAY = 100;
/** Positions and tokens times marks. */
const MAX_MARKS = 20_000_000;

/**
 * What a book's prices were together, over the marks that all pools on the present ways to quote prices have in common,
 * `most` at most: a token's is the product along its way. A pool of the book moved as its tokens' quote prices did before
 * it was there, and where fifty others hold more: positions that somebody is given in new pools hide no past.
 */
export async function bookPrices(
  account: AccountAt,
  marked: readonly Mark[],
  { window, most }: { window: Window; most: number },
  context: ApiContext,
): Promise<BookPrices> {
  const { tip } = account;
  const { of } = await context.quotes(tip.chainId, tip);
  const held = dearest(marked, of);
  const routes = routesOf(marked, of);
  const onWay = await poolsOnWay(account, [...routes.values()], held, context);
  const samples = await samplesOfAll(new Map([...held, ...onWay]), window, context);
  const counts = [...(onWay.size > 0 ? onWay : held).keys()].map((id) =>
    marksUpTo(samples.get(id) ?? [], tip.timestamp),
  );
  // Without a way to any price all that moves is in the book's own pools.
  const marks = Math.min(most, onWay.size > 0 ? Math.min(...counts) : Math.max(0, ...counts));
  if ((marked.length + routes.size) * marks > MAX_MARKS) throw tooManyMarks(marked.length, marks);
  const rootsOf = (id: Hex, before: Levels) =>
    rootLevels(samples.get(id) ?? [], tip.timestamp, marks, before);
  const nameOf = pricing(account, context);
  const levels = new Map(
    [...routes].map(([token, route]) => {
      const steps = route.flatMap(({ poolId }) => {
        const [row, root] = [onWay.get(poolId)?.row, rootsOf(poolId, null)];
        if (row === undefined || root === null) return [];
        return [{ token0: nameOf(row.token0), token1: nameOf(row.token1), root }];
      });
      return [token, routeLevels(nameOf(token), steps, marks)];
    }),
  );
  const ofToken = (token: Hex) => levels.get(token) ?? null;
  const ofPool = ({ row }: PoolAt) =>
    rootsOf(row.poolId, rootOfRatio(ofToken(row.token0), ofToken(row.token1)));
  return { marks, ofToken, ofPool };
}

/** Of tokens with a price. */
function routesOf(marked: readonly Mark[], of: QuotePrices["of"]): ReadonlyMap<Hex, Route> {
  const tokens = new Set(marked.flatMap(({ position: { pool } }) => [pool.row.token0, pool.row.token1]));
  return new Map(
    [...tokens].flatMap((token) => {
      const route = of(token)?.route;
      return route === undefined ? [] : [[token, route]];
    }),
  );
}

/** The pools of a book that hold most of it, in the quote token. */
function dearest(marked: readonly Mark[], of: QuotePrices["of"]): ReadonlyMap<Hex, PoolAt> {
  const worth = ({ address, decimals }: Token, amount: bigint) =>
    (wholeUnits(amount, decimals) ?? 0) * (of(address)?.price ?? 0);
  const values = new Map<PoolAt, number>();
  for (const { position } of marked) {
    const { pool } = position;
    const { amount0, amount1 } = standingOf(position).held;
    const value = worth(pool.token0, amount0) + worth(pool.token1, amount1);
    values.set(pool, (values.get(pool) ?? 0) + value);
  }
  const ranked = [...values].sort(([, a], [, b]) => b - a).slice(0, OWN_PRICES);
  return new Map(ranked.map(([pool]) => [pool.row.poolId, pool]));
}

async function poolsOnWay(
  { tip, past }: AccountAt,
  routes: readonly Route[],
  held: ReadonlyMap<Hex, PoolAt>,
  { poolAt }: ApiContext,
): Promise<ReadonlyMap<Hex, PoolAt>> {
  const ids = [...new Set(routes.flatMap((route) => route.map(({ poolId }) => poolId)))];
  if (ids.length > MAX_ON_WAY) throw tooManyPools(ids.length);
  const pools = await Promise.all(ids.map(async (id) => held.get(id) ?? (await poolAt(tip, past, id))));
  return new Map(
    ids.map((id, i) => {
      const pool = pools[i] ?? null;
      if (pool === null) throw new RouteWithoutPoolError(tip, id);
      return [id, pool];
    }),
  );
}

async function samplesOfAll(
  pools: ReadonlyMap<Hex, PoolAt>,
  window: Window,
  context: ApiContext,
): Promise<ReadonlyMap<Hex, readonly PriceSample[]>> {
  const samples = new Map<Hex, readonly PriceSample[]>();
  for (const [id, pool] of pools) samples.set(id, await samplesOf(pool, window, context));
  return samples;
}

function rootOfRatio(price0: Levels, price1: Levels): Levels {
  if (price0 === null || price1 === null) return null;
  return price0.map((price, i) => Math.sqrt(price / (price1[i] ?? 1)));
}

function tooManyPools(pools: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `The account's tokens are priced through ${pools} pools, more than the ${MAX_ON_WAY} that are simulated: ask for capitalAtRisk of its positions.`,
  );
}

function tooManyMarks(positions: number, marks: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `The account's ${positions} positions at ${marks} moments are more than ${MAX_MARKS} together: ask for a shorter window, or for capitalAtRisk of positions.`,
  );
}
