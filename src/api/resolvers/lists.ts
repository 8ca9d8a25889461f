import type { ApiContext } from "../context.ts";
import { closePage, type ListArgs, openList, type Page } from "../queries/list.ts";
import { chainsOf } from "../queries/points.ts";
import { poolKey } from "../queries/poolKey.ts";
import { countPools, listPools, type PoolFilter, type PoolOrder } from "../queries/poolList.ts";
import { type PoolAt, withTokens } from "../queries/pools.ts";
import { requireChain } from "./requireChain.ts";

/** The count is asked for only if the field is. */
export type Counted<T> = Page<T> & { totalCount: () => Promise<number | null> };

export async function pools(
  _: unknown,
  args: ListArgs<PoolOrder, PoolFilter>,
  context: ApiContext,
): Promise<Counted<PoolAt>> {
  const where = args.where ?? {};
  requireChain(where.chainId, context);
  const { ask, tips, chains } = context;
  const all = chains.map(({ id }) => id);
  const scope = await ask((snapshot) => chainsOf(snapshot, { chainId: where.chainId ?? null }, all));
  const list = await openList("pools", args, scope, context);
  const ranked = await ask((snapshot) => listPools(snapshot, list, where));
  const page = closePage(list, ranked);
  const newest = await tips();
  const found = await ask((snapshot) => withTokens(snapshot, newest, page.items));
  return {
    ...page,
    items: page.items.flatMap((row) => found.get(poolKey(row)) ?? []),
    totalCount: () => ask((snapshot) => countPools(snapshot, where)),
  };
}
