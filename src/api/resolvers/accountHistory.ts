import type { ApiContext } from "../context.ts";
import { type AccountAt, accountAt, findFirstOwned } from "../queries/accounts.ts";
import { blocksBefore } from "../queries/historyBlocks.ts";
import type { Tip } from "../queries/tips.ts";
import { bookProfitAndLossResolvers } from "./bookProfitAndLoss.ts";
import { intervalsOf, type SpanArgs } from "./intervals.ts";
import { once } from "./once.ts";
import { type PoolBook, poolBooksOf } from "./poolBook.ts";
import { inventoryOf } from "./tokenInventory.ts";

/** An account after a block. */
export type AccountPoint = {
  block: Tip;
  account: AccountAt;
  books(context: ApiContext): Promise<readonly PoolBook[]>;
};

const USUAL = 90;
const MOST = 200;

export async function accountHistory(
  { address, tip }: AccountAt,
  args: SpanArgs,
  { ask }: ApiContext,
): Promise<AccountPoint[]> {
  const first = await ask((snapshot) => findFirstOwned(snapshot, { address, tip }));
  if (first === null) return [];
  const { ends } = intervalsOf(args, { tip, since: first.timestamp, usual: USUAL, most: MOST });
  const tips = await ask((snapshot) => blocksBefore(snapshot, tip, ends));
  const owning = tips.filter(({ number }) => number >= first.number);
  return owning.map((block) => {
    const account = accountAt({ address, tip: block, past: true });
    return { block, account, books: once((context) => poolBooksOf(account, context)) };
  });
}

export const accountPointResolvers = {
  value: async ({ account }: AccountPoint, _: unknown, context: ApiContext) =>
    (await inventoryOf(account, context)).value,
  skew: async ({ account }: AccountPoint, _: unknown, context: ApiContext) =>
    (await inventoryOf(account, context)).skew,
  impermanentLoss: inQuote("impermanentLoss"),
  fees: inQuote("fees"),
  pnl: inQuote("total"),
};

function inQuote(name: "impermanentLoss" | "fees" | "total") {
  return async ({ books }: AccountPoint, _: unknown, context: ApiContext): Promise<number | null> => {
    return bookProfitAndLossResolvers[name](await books(context), { in: "QUOTE" }, context);
  };
}
