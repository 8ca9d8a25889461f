import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { positionsOf } from "../queries/eventPositions.ts";
import { closePage, type List, type ListArgs, openList } from "../queries/list.ts";
import type { Owner } from "../queries/ownedBooks.ts";
import { findPastPositions } from "../queries/ownedPositions.ts";
import { chainsOf } from "../queries/points.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { PositionFilter } from "../queries/positionFilter.ts";
import { countPositions, listPositions, type PositionScope, poolsOf } from "../queries/positionList.ts";
import { positionKey } from "../queries/positionPage.ts";
import type { PositionOrder } from "../queries/positionRank.ts";
import { findPositions, type PositionAt } from "../queries/positions.ts";
import type { Pricing } from "../queries/pricedPools.ts";
import { quotedUnits } from "../queries/tokenUnits.ts";
import type { Counted } from "./lists.ts";
import { requireChain } from "./requireChain.ts";

export type PositionListArgs = ListArgs<PositionOrder, PositionFilter>;

const MONEY: ReadonlySet<PositionOrder> = new Set(["VALUE", "IMPERMANENT_LOSS", "FEES", "PNL"]);
const SCOPED: ReadonlySet<PositionOrder> = new Set([...MONEY, "SKEW", "SKEW_SIZE", "IMPERMANENT_LOSS_RATIO"]);
const PAST: ReadonlySet<PositionOrder> = new Set([
  "OPENED",
  "LIQUIDITY",
  "VALUE",
  "SKEW",
  "IMPERMANENT_LOSS",
]);

export async function positions(
  _: unknown,
  args: PositionListArgs,
  context: ApiContext,
): Promise<Counted<PositionAt>> {
  const where = args.where ?? {};
  requireChain(where.chainId, context);
  requireSkewRange(where);
  requireScope(args.orderBy, where);
  const { ask, tips, chains } = context;
  const all = chains.map(({ id }) => id);
  const scope = await ask((snapshot) => chainsOf(snapshot, where, all));
  const list = await openList("positions", args, scope, context);
  const ranking = await scopeOf(args, list, null, context);
  const page = closePage(list, await ask((snapshot) => listPositions(snapshot, list, ranking)));
  const newest = await tips();
  const found = await ask((snapshot) => findPositions(snapshot, newest, page.items));
  return {
    ...page,
    items: page.items.flatMap((place) => found.get(positionKey(place)) ?? []),
    totalCount: () => ask((snapshot) => countPositions(snapshot, ranking)),
  };
}

/** Of one pool, as of the block that it stands at. */
export async function positionsOfPool(
  pool: PoolAt,
  args: PositionListArgs,
  context: ApiContext,
): Promise<Counted<PositionAt>> {
  const { row, tip, past } = pool;
  const { ask } = context;
  const where = inPool(row, args.where ?? {});
  requireSkewRange(where);
  requirePastOrder(past, args.orderBy);
  const then = past ? tip : null;
  const list = await openList("positions", { ...args, where }, [row.chainId], context, then);
  const ranking = await scopeOf({ ...args, where }, list, then, context);
  const page = closePage(list, await ask((snapshot) => listPositions(snapshot, list, ranking)));
  const ids = page.items.map(({ positionId }) => positionId);
  const found = await ask((snapshot) => positionsOf(snapshot, pool, ids));
  return {
    ...page,
    items: ids.flatMap((id) => found.get(id) ?? []),
    totalCount: () => ask((snapshot) => countPositions(snapshot, ranking)),
  };
}

/** That an account owns, at the block that it stands at. */
export async function positionsOfAccount(
  { address, tip, past }: Owner,
  args: PositionListArgs,
  context: ApiContext,
): Promise<Counted<PositionAt>> {
  const where = ofAccount({ address, tip }, args.where ?? {});
  if (!past) return positions(null, { ...args, where }, context);
  requireSkewRange(where);
  requirePastOrder(past, args.orderBy);
  const { ask } = context;
  const list = await openList("positions", { ...args, where }, [tip.chainId], context, tip);
  const ranking = await scopeOf({ ...args, where }, list, tip, context);
  const page = closePage(list, await ask((snapshot) => listPositions(snapshot, list, ranking)));
  const found = await ask((snapshot) => findPastPositions(snapshot, tip, page.items));
  return {
    ...page,
    items: page.items.flatMap((place) => found.get(positionKey(place)) ?? []),
    totalCount: () => ask((snapshot) => countPositions(snapshot, ranking)),
  };
}

/** Money is ranked in token1 inside one pool, else in quote tokens. */
async function scopeOf(
  { orderBy: order, ...args }: PositionListArgs,
  { points, cursor }: List,
  past: PositionScope["past"],
  context: ApiContext,
): Promise<PositionScope> {
  const where = args.where ?? {};
  const inOnePool = where.pool != null && points.length === 1;
  const quoted = (MONEY.has(order) && !inOnePool) || where.minValue != null;
  const pricing: Pricing = {
    points: cursor === undefined && past === null ? undefined : points,
    unit: inOnePool ? 1 : "quote",
    quotes: quoted ? await quotedUnits(points, poolsOf(where, past), context) : [],
  };
  return { where, order, pricing, past };
}

/** Throws BAD_INPUT where the filter names another pool. */
function inPool({ chainId, poolId }: PoolAt["row"], where: PositionFilter): PositionFilter {
  if ((where.chainId ?? chainId) !== chainId || (where.pool ?? poolId) !== poolId) {
    throw new ApiError("BAD_INPUT", `where names another pool than ${poolId} of chain ${chainId}.`);
  }
  return { ...where, chainId, pool: poolId };
}

/** Throws BAD_INPUT where the filter names another owner or chain. */
function ofAccount({ address, tip }: Pick<Owner, "address" | "tip">, where: PositionFilter): PositionFilter {
  const { chainId } = tip;
  if (
    (where.chainId ?? chainId) !== chainId ||
    (where.owner ?? [address]).some((owner) => owner !== address)
  ) {
    throw new ApiError("BAD_INPUT", `where names another owner than ${address} of chain ${chainId}.`);
  }
  return { ...where, chainId, owner: where.owner ?? [address] };
}

/** Throws ORDER_UNAVAILABLE for what is not kept of the past. */
function requirePastOrder(past: boolean, order: PositionOrder): void {
  if (!past || PAST.has(order)) return;
  throw new ApiError(
    "ORDER_UNAVAILABLE",
    `Below asOf positions are ordered by ${[...PAST].join(", ")}, not by ${order}.`,
  );
}

/** Throws ORDER_UNAVAILABLE where ranks would be computed over everything. */
function requireScope(order: PositionOrder, where: PositionFilter): void {
  if (SCOPED.has(order) && where.pool == null && where.owner == null && where.chainId == null) {
    throw new ApiError("ORDER_UNAVAILABLE", `${order} needs where.pool, where.owner or where.chainId.`);
  }
}

/** Throws BAD_INPUT where no skew can pass. */
function requireSkewRange({ minSkew, maxSkew }: PositionFilter): void {
  if (minSkew != null && maxSkew != null && minSkew > maxSkew) {
    throw new ApiError("BAD_INPUT", `where.minSkew ${minSkew} is above where.maxSkew ${maxSkew}.`);
  }
}
