import type { ApiContext } from "../context.ts";
import { type AccountAt, accountAt } from "../queries/accounts.ts";
import {
  type AccountFigures,
  type AccountOrder,
  type AccountScope,
  countAccounts,
  findAccountFigures,
  listAccounts,
} from "../queries/leaderboard.ts";
import { closePage, type Direction, openList } from "../queries/list.ts";
import { findPool } from "../queries/pools.ts";
import { poolsOf } from "../queries/positionList.ts";
import { quotedUnits } from "../queries/tokenUnits.ts";
import type { Counted } from "./lists.ts";
import { requireChain } from "./requireChain.ts";

type Hex = `0x${string}`;

type Args = {
  chainId: number;
  pool?: Hex | null;
  orderBy: AccountOrder;
  direction: Direction;
  first: number;
  after?: string | null;
};

type LeaderboardEntry = AccountFigures & { rank: number; account: AccountAt };

const NOTHING: AccountFigures = { positions: 0, value: null, impermanentLoss: null, fees: null, pnl: null };

/** The accounts of a chain in its quote token, or of one pool in whole token1, ranked by one of their figures. */
export async function leaderboard(
  _: unknown,
  args: Args,
  context: ApiContext,
): Promise<Counted<LeaderboardEntry>> {
  const { chainId, pool = null, orderBy, direction, first, after = null } = args;
  requireChain(chainId, context);
  const { ask, tips } = context;
  const where = { chainId, pool };
  const list = await openList("leaderboard", { where, orderBy, direction, first, after }, [chainId], context);
  const newest = await tips();
  const found = pool && (await ask((snapshot) => findPool(snapshot, newest, { chainId, poolId: pool })));
  const decimals = found === null ? null : (found?.token1.decimals ?? null);
  const scope: AccountScope = {
    ...where,
    pricing: {
      points: list.cursor === undefined ? undefined : list.points,
      unit: pool === null ? "quote" : 10 ** -(decimals ?? 0),
      quotes: pool === null ? await quotedUnits(list.points, poolsOf(where), context) : [],
    },
  };
  const page = closePage(list, await ask((snapshot) => listAccounts(snapshot, list, scope, orderBy)));
  const figures = await ask((snapshot) => findAccountFigures(snapshot, scope, page.items));
  const tip = newest.get(chainId);
  return {
    ...page,
    items:
      tip === undefined
        ? []
        : page.items.map((address, i) => {
            const ofAccount = figures.get(address) ?? NOTHING;
            return {
              ...(pool !== null && decimals === null
                ? { ...NOTHING, positions: ofAccount.positions }
                : ofAccount),
              rank: list.shown + i + 1,
              account: accountAt({ address, tip, past: false }),
            };
          }),
    totalCount: () => ask((snapshot) => countAccounts(snapshot, scope)),
  };
}
