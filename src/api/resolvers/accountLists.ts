import type { ApiContext } from "../context.ts";
import { accountEventPage, listAccountEvents } from "../queries/accountEvents.ts";
import type { AccountAt } from "../queries/accounts.ts";
import { closeEventPage, type EventArgs, type EventPage, openEventList } from "../queries/eventList.ts";
import type { LiquidityEventAt } from "../queries/eventPage.ts";
import { poolKey } from "../queries/poolKey.ts";
import { type PositionListArgs, positionsOfAccount } from "./positionLists.ts";

export const accountListResolvers = {
  /** Newest first. */
  events: async (
    account: AccountAt,
    args: Pick<EventArgs, "first" | "after">,
    context: ApiContext,
  ): Promise<EventPage<LiquidityEventAt>> => {
    const { address, tip, past } = account;
    const scope = { kind: "account events", of: { address }, tip, past };
    const list = await openEventList(scope, { ...args, direction: "DESC" }, context);
    const rows = await context.ask((snapshot) => listAccountEvents(snapshot, list, account));
    const poolIds = [...new Set(rows.map(({ poolId }) => poolId))];
    const found = await Promise.all(poolIds.map((poolId) => context.poolAt(tip, past, poolId)));
    const pools = new Map(found.flatMap((pool) => (pool === null ? [] : [[poolKey(pool.row), pool]])));
    return closeEventPage(list, rows, (shown) => accountEventPage(shown, pools, account), context);
  },
  positions: (account: AccountAt, args: PositionListArgs, context: ApiContext) =>
    positionsOfAccount(account, args, context),
};
