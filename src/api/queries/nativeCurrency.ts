import { type SQL, sql } from "drizzle-orm";

type Hex = `0x${string}`;

/** What v4 has for the chain's native currency in place of a token's address. */
export const NATIVE: Hex = "0x0000000000000000000000000000000000000000";

/**
 * The token that a token is priced as: native currency as its wrapped token, which is bought and sold for one of it;
 * every other as itself. `wrappedNative`: null where the chain's is not known.
 * Example: `pricedAs(NATIVE, weth)` is `weth`.
 */
export function pricedAs(token: Hex, wrappedNative: Hex | null): Hex {
  return token === NATIVE && wrappedNative !== null ? wrappedNative : token;
}

/** All tokens that are priced as this one is. */
export function namesOf(token: Hex, wrappedNative: Hex | null): Hex[] {
  return token === wrappedNative ? [token, NATIVE] : [token];
}

/** Whether a column has native currency, wrapped or not. */
export function isNative(address: SQL, wrappedNative: Hex): SQL {
  return sql`${address} in (${NATIVE}, ${wrappedNative})`;
}
