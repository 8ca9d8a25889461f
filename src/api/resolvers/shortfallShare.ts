import type { ApiContext } from "../context.ts";
import type { AccountAt } from "../queries/accounts.ts";

/** Expected shortfall of a day at 95 % over the value of an account's book; null where it is not known. */
export function shortfallShareOf(_account: AccountAt, _context: ApiContext): Promise<number | null> {
  return Promise.resolve(null);
}
