import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { closePage, type ListArgs, openList, type Page } from "../queries/list.ts";
import { chainsOf } from "../queries/points.ts";
import { poolKey } from "../queries/poolKey.ts";
import { countPools, listPools, type PoolFilter, type PoolOrder } from "../queries/poolList.ts";
import { type PoolAt, withTokens } from "../queries/pools.ts";
import type { PositionFilter } from "../queries/positionFilter.ts";
import { countPositions, listPositions } from "../queries/positionList.ts";
import type { PositionOrder } from "../queries/positionRank.ts";
import { type PositionAt, withPools } from "../queries/positions.ts";
import { requireChain } from "./requireChain.ts";

/** The count is asked for only if the field is. */
type Counted<T> = Page<T> & { totalCount: () => Promise<number | null> };

const SCOPED: ReadonlySet<PositionOrder> = new Set(["SKEW", "SKEW_SIZE", "IMPERMANENT_LOSS_RATIO"]);

export async function pools(
  _: unknown,
  args: ListArgs<PoolOrder, PoolFilter>,
  context: ApiContext,
): Promise<Counted<PoolAt>> {
  const where = args.where ?? {};
  requireChain(where.chainId, context);
  const { ask, tips, chains } = context;
  const scope = await ask((snapshot) =>
    chainsOf(snapshot, { chainId: where.chainId ?? null }, idsOf(chains)),
  );
  const list = await openList("pools", args, scope, context);
  const ranked = await ask((snapshot) => listPools(snapshot, list, where));
  const page = await closePage(list, ranked, context);
  const newest = await tips();
  const found = await ask((snapshot) => withTokens(snapshot, newest, page.items));
  return {
    ...page,
    items: page.items.flatMap((row) => found.get(poolKey(row)) ?? []),
    totalCount: () => ask((snapshot) => countPools(snapshot, where)),
  };
}

export async function positions(
  _: unknown,
  args: ListArgs<PositionOrder, PositionFilter>,
  context: ApiContext,
): Promise<Counted<PositionAt>> {
  const where = args.where ?? {};
  requireChain(where.chainId, context);
  requireSkewRange(where);
  const { ask, tips, chains } = context;
  const scope = await ask((snapshot) => chainsOf(snapshot, where, idsOf(chains)));
  requireComparable(args.orderBy, where, scope);
  const list = await openList("positions", args, scope, context);
  const ranked = await ask((snapshot) => listPositions(snapshot, list, where, args.orderBy));
  const page = await closePage(list, ranked, context);
  const newest = await tips();
  return {
    ...page,
    items: await ask((snapshot) => withPools(snapshot, newest, page.items)),
    totalCount: () => ask((snapshot) => countPositions(snapshot, list, where)),
  };
}

/** Throws ORDER_UNAVAILABLE where ranks would not compare, or would be computed over everything. */
function requireComparable(order: PositionOrder, where: PositionFilter, scope: readonly number[]): void {
  if (order === "IMPERMANENT_LOSS") {
    if (where.pool == null) {
      throw new ApiError(
        "ORDER_UNAVAILABLE",
        "IMPERMANENT_LOSS is in token1 of one pool: set where.pool, or order by IMPERMANENT_LOSS_RATIO.",
      );
    }
    if (scope.length > 1) {
      throw new ApiError(
        "ORDER_UNAVAILABLE",
        `Chains ${scope.join(", ")} each have a pool at this address: set where.chainId.`,
      );
    }
  }
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

function idsOf(chains: ApiContext["chains"]): number[] {
  return chains.map(({ id }) => id);
}
