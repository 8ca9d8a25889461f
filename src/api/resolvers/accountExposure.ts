import type { ApiContext } from "../context.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { AccountAt } from "../queries/accounts.ts";
import { type Exposure, exposureResolvers } from "./exposure.ts";
import { isLeftOut } from "./leftOut.ts";
import { type PoolBook, poolBooksOf } from "./poolBook.ts";
import type { TokenAt } from "./token.ts";
import { inventoryOf, type TokenInventory } from "./tokenInventory.ts";

/** What all of an account's positions do to it, netted by token. */
export type AccountExposure = { account: AccountAt };

/** A token's part in it, and what the token is worth in the quote token, whole for whole; null where unpriced. */
type TokenExposure = TokenInventory & { price: number | null };

type InWindow = { window: Window };
type Figure = "lvrRate" | "theta" | "vega" | "dollarGamma1Percent";

export const accountExposureResolvers = {
  tokens: async ({ account }: AccountExposure, _: unknown, context: ApiContext): Promise<TokenExposure[]> => {
    const { tokens } = await inventoryOf(account, context);
    const { of } = await context.quotes(account.tip.chainId, account.tip);
    return tokens.map((held) => ({ ...held, price: of(held.token.address)?.price ?? null }));
  },
  lvrRate: sumOver("lvrRate", 0),
  // Without positions nothing is earned, and no rate is told, as of a position.
  theta: sumOver("theta", null),
  vega: sumOver("vega", 0),
  dollarGamma1Percent: sumOver("dollarGamma1Percent", 0),
};

export const tokenExposureResolvers = {
  deltaRaw: ({ amount }: TokenExposure) => amount,
  deltaValue: ({ value }: TokenExposure) => value,
  hedgeRaw: ({ amount }: TokenExposure) => -amount,
  // 0 less it: not -0.
  hedgeValue: ({ value }: TokenExposure) => (value === null ? null : 0 - value),
  hedgeToHoldRaw: ({ netInventory }: TokenExposure) => -netInventory,
  hedgeToHoldValue: ({ netInventory, token, price }: TokenExposure) => valued(-netInventory, token, price),
};

/** In the quote token, of the pools that the account has liquidity in; `ofNone`: where there is none. */
function sumOver(name: Figure, ofNone: number | null) {
  return async (
    { account }: AccountExposure,
    args: InWindow,
    context: ApiContext,
  ): Promise<number | null> => {
    const books = (await poolBooksOf(account, context)).filter(isOpen);
    let sum: number | null = books.length === 0 ? ofNone : null;
    for (const { pool, owned, standing } of books) {
      if (await isLeftOut(pool, context)) continue;
      const exposure: Exposure = { standing, pool, positions: owned };
      const figure = await exposureResolvers[name](exposure, args, context);
      const { of } = await context.quotes(pool.tip.chainId, pool.tip);
      const price = of(pool.token1.address)?.price ?? null;
      if (figure === null || price === null) return null;
      sum = (sum ?? 0) + figure * price;
    }
    return sum;
  };
}

function isOpen({ owned }: PoolBook): boolean {
  return owned.some(({ row }) => row.liquidity > 0n);
}

function valued(raw: bigint, { decimals }: TokenAt, price: number | null): number | null {
  const whole = wholeUnits(raw, decimals);
  return whole === null || price === null ? null : whole * price;
}
