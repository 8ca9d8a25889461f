import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { onceFor } from "../onceFor.ts";
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
/** Positions times points, of all histories of an operation: each is read, and valued, as of each block. */
const MAX_READ = 25_000;

export async function accountHistory(
  account: AccountAt,
  args: SpanArgs,
  context: ApiContext,
): Promise<AccountPoint[]> {
  const { address, tip } = account;
  const { ask } = context;
  const first = await ask((snapshot) => findFirstOwned(snapshot, { address, tip }));
  if (first === null) return [];
  const { ends } = intervalsOf(args, { tip, since: first.timestamp, usual: USUAL, most: MOST });
  const tips = await ask((snapshot) => blocksBefore(snapshot, tip, ends));
  const owning = tips.filter(({ number }) => number >= first.number);
  const held = (await account.book(ask)).reduce((sum, { holdings }) => sum + holdings.length, 0);
  if (held * owning.length > MAX_READ) throw tooManyRead(held, owning.length);
  const read = readOnce(context, "", () => ({ positions: 0 }));
  const points = owning.map((block) => pointOf(address, block, context, () => (read.positions += held)));
  // None of its own is read for one that is refused.
  if (read.positions > MAX_READ) throw tooManyTogether(held, owning.length);
  return points;
}

const readOnce = onceFor<ApiContext, { positions: number }>();
const pointsOnce = onceFor<ApiContext, AccountPoint>();

/** One a block for all histories of an operation: each reads, and values, the whole account. */
function pointOf(
  address: AccountAt["address"],
  block: Tip,
  context: ApiContext,
  onNew: () => void,
): AccountPoint {
  return pointsOnce(context, `${block.chainId}:${address}:${block.number}`, () => {
    onNew();
    const account = accountAt({ address, tip: block, past: true });
    return { block, account, books: once((asked) => poolBooksOf(account, asked)) };
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

function tooManyRead(positions: number, points: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `The account's ${positions} positions at ${points} points are more than ${MAX_READ} together: ask for ${Math.floor(MAX_READ / positions)} points at most, by from and to or by a longer interval.`,
  );
}

/** Whose the most are is not known, nor so how many points would do. */
function tooManyTogether(positions: number, points: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `The account's ${positions} positions at ${points} points and those of the operation's other histories are more than ${MAX_READ} together: ask for fewer points, by from and to or by a longer interval, or in an operation of their own.`,
  );
}
