import type { ApiContext } from "../context.ts";
import { movesAmounts } from "../metrics/poolCaveats.ts";
import type { AccountAt } from "../queries/accounts.ts";
import type { PoolAt } from "../queries/pools.ts";

/**
 * Whether a pool counts in no figure of a book over several pools. Anyone can make one whose hooks may move amounts
 * unseen, or of a token without price, and give somebody a position there: that must not hide all else.
 */
export async function isLeftOut(pool: PoolAt, context: ApiContext): Promise<boolean> {
  if (movesAmounts(pool.row.hooks)) return true;
  const { of } = await context.quotes(pool.tip.chainId, pool.tip);
  return of(pool.token1.address) === null;
}

/** By pool id. */
export async function leftOut(account: AccountAt, _: unknown, context: ApiContext): Promise<PoolAt[]> {
  const left: PoolAt[] = [];
  for (const { pool } of await account.book(context.ask)) if (await isLeftOut(pool, context)) left.push(pool);
  return left;
}
