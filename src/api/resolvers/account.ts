import { type AsOf, resolveAsOf } from "../asOf.ts";
import type { ApiContext } from "../context.ts";
import { type AccountAt, findAccount } from "../queries/accounts.ts";
import type { Tip } from "../queries/tips.ts";
import type { AccountExposure } from "./accountExposure.ts";
import { accountHistory } from "./accountHistory.ts";
import { accountCapitalAtRisk } from "./accountRisk.ts";
import { accountScenario } from "./accountScenario.ts";
import { leftOut } from "./leftOut.ts";
import { limitBreaches, unreadLimits } from "./limitBreach.ts";
import { type PoolBook, poolBooksOf } from "./poolBook.ts";
import { requireChain } from "./requireChain.ts";
import { inventoryOf } from "./tokenInventory.ts";

type Hex = `0x${string}`;

/** Null where it never provided liquidity, up to the point. */
export async function account(
  _: unknown,
  { chainId, address, asOf }: { chainId: number; address: Hex; asOf?: AsOf | null },
  context: ApiContext,
): Promise<AccountAt | null> {
  requireChain(chainId, context);
  const tip = asOf == null ? (await context.tips()).get(chainId) : await resolveAsOf(asOf, chainId, context);
  return tip == null ? null : accountThen(address, tip, asOf != null, context);
}

/** On each chain where it did, in the order of their ids. */
export async function accountOnAllChains(
  _: unknown,
  { address, timestamp }: { address: Hex; timestamp?: number | null },
  context: ApiContext,
): Promise<AccountAt[]> {
  const tips = await context.tips();
  const found: AccountAt[] = [];
  for (const [chainId, newest] of [...tips].sort(([a], [b]) => a - b)) {
    const tip = timestamp == null ? newest : await resolveAsOf({ timestamp }, chainId, context);
    const there = tip && (await accountThen(address, tip, timestamp != null, context));
    if (there != null) found.push(there);
  }
  return found;
}

function accountThen(address: Hex, tip: Tip, past: boolean, { ask }: ApiContext): Promise<AccountAt | null> {
  return ask((snapshot) => findAccount(snapshot, { address, tip, past }));
}

export const accountResolvers = {
  id: ({ address, tip, past }: AccountAt) => `${tip.chainId}:${address}${past ? `@${tip.number}` : ""}`,
  chainId: ({ tip }: AccountAt) => tip.chainId,
  asOf: ({ tip }: AccountAt) => tip,
  value: async (there: AccountAt, _: unknown, context: ApiContext) =>
    (await inventoryOf(there, context)).value,
  inventory: async (there: AccountAt, _: unknown, context: ApiContext) =>
    (await inventoryOf(there, context)).tokens,
  skew: async (there: AccountAt, _: unknown, context: ApiContext) => (await inventoryOf(there, context)).skew,
  concentration: async (there: AccountAt, _: unknown, context: ApiContext) =>
    (await inventoryOf(there, context)).concentration,
  unpriced: async (there: AccountAt, _: unknown, context: ApiContext) =>
    (await inventoryOf(there, context)).unpriced,
  leftOut,
  limitBreaches,
  unreadLimits,
  exposure: (account: AccountAt): AccountExposure => ({ account }),
  capitalAtRisk: accountCapitalAtRisk,
  scenario: accountScenario,
  openPositions: async ({ book }: AccountAt, _: unknown, { ask }: ApiContext) => {
    const held = (await book(ask)).flatMap(({ holdings }) => holdings);
    return held.filter(({ position }) => position.row.liquidity > 0n).length;
  },
  pools: (there: AccountAt, _: unknown, context: ApiContext): Promise<PoolBook[]> =>
    poolBooksOf(there, context),
  history: accountHistory,
  pnl: (there: AccountAt, _: unknown, context: ApiContext): Promise<PoolBook[]> =>
    poolBooksOf(there, context),
};
