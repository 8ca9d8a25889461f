import type { ApiContext } from "../context.ts";
import type { AccountAt } from "../queries/accounts.ts";
import { accountCapitalAtRisk } from "./accountRisk.ts";
import { inventoryOf } from "./tokenInventory.ts";

const A_DAY = { confidence: 0.95, horizonDays: 1, window: "MONTH" } as const;

/** Expected shortfall of a day at 95 % over the value of an account's book; null where it is not known. */
export async function shortfallShareOf(account: AccountAt, context: ApiContext): Promise<number | null> {
  const { value } = await inventoryOf(account, context);
  const risk = await accountCapitalAtRisk(account, A_DAY, context);
  const shortfall = risk?.expectedShortfall ?? null;
  return shortfall === null || value === null || value <= 0 ? null : shortfall / value;
}
