import type { TokenAmounts } from "../../state/feeLedger.ts";
import type { ApiContext } from "../context.ts";
import { movesAmounts } from "../metrics/poolCaveats.ts";
import type { AccountAt } from "../queries/accounts.ts";
import { pricedAs } from "../queries/nativeCurrency.ts";
import type { PositionAt } from "../queries/positions.ts";
import { owedOf } from "./ledger.ts";

type Hex = `0x${string}`;

/** A position to be marked at other prices: what is owed stays what it is. */
export type Mark = { position: PositionAt; owed: TokenAmounts };

const kept = new WeakMap<AccountAt, Promise<readonly Mark[]>>();

/** Those that its inventory counts, worked out once. Of pools whose fees are unknown nothing counts as owed. */
export function marksOf(account: AccountAt, context: ApiContext): Promise<readonly Mark[]> {
  const known = kept.get(account) ?? findMarks(account, context);
  kept.set(account, known);
  return known;
}

async function findMarks(account: AccountAt, context: ApiContext): Promise<Mark[]> {
  const marks: Mark[] = [];
  for (const { pool, holdings } of await account.book(context.ask)) {
    if (movesAmounts(pool.row.hooks)) continue;
    for (const { position } of holdings) {
      marks.push({ position, owed: (await owedOf(position, context)) ?? { amount0: 0n, amount1: 0n } });
    }
  }
  return marks;
}

/** What a token's price is that of: native currency is worth its wrapped token, whatever that does. */
export function pricing({ tip }: AccountAt, { chains }: ApiContext): (token: Hex) => Hex {
  const wrapped = chains.find(({ id }) => id === tip.chainId)?.wrappedNative ?? null;
  return (token) => pricedAs(token, wrapped);
}
