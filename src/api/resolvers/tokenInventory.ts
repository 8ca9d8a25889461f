import type { ApiContext } from "../context.ts";
import { bookValue } from "../metrics/bookValue.ts";
import { concentration } from "../metrics/concentration.ts";
import { decimalAmount } from "../metrics/decimalAmount.ts";
import { netTokens, type TokenHolding } from "../metrics/netTokens.ts";
import { movesAmounts } from "../metrics/poolCaveats.ts";
import { type AssetValue, portfolioSkew } from "../metrics/portfolioSkew.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { AccountAt, Holding, PoolHoldings } from "../queries/accounts.ts";
import { owedOf } from "./ledger.ts";
import { standingOf } from "./standing.ts";
import { type TokenAt, tokenOf } from "./token.ts";

/** One token of a book. */
export type TokenInventory = {
  token: TokenAt;
  amount: bigint;
  netInventory: bigint;
  /** Whether all that is owed is in the amount: fees that are not known are left out. */
  whole: boolean;
  /** In the quote token, as `share` is of the book's; null where it has no price, or its fees are not known. */
  value: number | null;
  share: number | null;
};

/** What an account holds, and what that is worth in the quote token. */
export type BookInventory = {
  /** The dearest first, those without a value last. */
  tokens: readonly TokenInventory[];
  value: number | null;
  skew: number | null;
  concentration: number | null;
  unpriced: readonly TokenAt[];
};

export const tokenInventoryResolvers = {
  decimal: ({ amount, token }: TokenInventory) => decimalAmount(amount, token.decimals),
};

const kept = new WeakMap<AccountAt, Promise<BookInventory>>();

/** Worked out once, whatever is asked of it. */
export function inventoryOf(account: AccountAt, context: ApiContext): Promise<BookInventory> {
  const known = kept.get(account) ?? takeInventory(account, context);
  kept.set(account, known);
  return known;
}

async function takeInventory(account: AccountAt, context: ApiContext): Promise<BookInventory> {
  const pools = (await account.book(context.ask)).filter(
    ({ pool, holdings }) => holdings.length > 0 && !movesAmounts(pool.row.hooks),
  );
  const parts: TokenHolding[] = [];
  for (const { holdings } of pools) {
    for (const holding of holdings) parts.push(...(await tokensOf(holding, context)));
  }
  const tokens = tokensByAddress(pools);
  const { quoteToken, of } = await context.quotes(account.tip.chainId, account.tip);
  const held = netTokens(parts).flatMap(({ token: address, whole, ...amounts }) => {
    const token = tokens.get(address);
    if (token === undefined) return [];
    const price = of(address)?.price ?? null;
    const units = wholeUnits(amounts.amount, token.decimals);
    const worth = price === null || units === null ? null : finite(units * price);
    return [{ token, whole, ...amounts, worth }];
  });
  // A figure that leaves fees out that are not known would pass for one that has them in.
  const known = quoteToken !== null && held.every(({ whole }) => whole);
  const assets = held.flatMap(({ token, worth }): AssetValue[] =>
    worth === null ? [] : [{ value: worth, isQuote: token.address === quoteToken?.address }],
  );
  const values = assets.map(({ value }) => value);
  const all = values.reduce((sum, value) => sum + value, 0);
  return {
    tokens: held
      .map(({ token, amount, netInventory, whole, worth }) => ({
        ...{ token, amount, netInventory, whole, value: whole ? worth : null },
        share: known && worth !== null && all > 0 ? worth / all : null,
      }))
      .sort(byValue),
    value: known ? bookValue(held.map(({ amount, worth }) => ({ amount, value: worth }))) : null,
    skew: known ? portfolioSkew(assets) : null,
    concentration: known ? concentration(values) : null,
    unpriced: held.flatMap(({ token, worth }) => (worth === null ? [token] : [])),
  };
}

/** Principal and all that is owed, which are the present owner's; net inventory is of the principal alone. */
async function tokensOf({ position, ownership }: Holding, context: ApiContext): Promise<TokenHolding[]> {
  const known = await owedOf(position, context);
  const owed = known ?? { amount0: 0n, amount1: 0n };
  const { held } = standingOf(position);
  const { token0, token1 } = position.pool.row;
  const whole = known !== null;
  return [
    {
      ...{ token: token0, amount: held.amount0 + owed.amount0, whole },
      netInventory: held.amount0 - ownership.hold0,
    },
    {
      ...{ token: token1, amount: held.amount1 + owed.amount1, whole },
      netInventory: held.amount1 - ownership.hold1,
    },
  ];
}

function tokensByAddress(pools: readonly PoolHoldings[]): ReadonlyMap<string, TokenAt> {
  return new Map(
    pools.flatMap(({ pool }) =>
      [pool.token0, pool.token1].map((token) => [token.address, tokenOf(token, pool)] as const),
    ),
  );
}

/** Extreme prices leave the range of a double. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function byValue(a: TokenInventory, b: TokenInventory): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  return b.value - a.value;
}
