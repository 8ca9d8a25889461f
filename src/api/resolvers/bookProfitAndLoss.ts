import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { isLeftOut } from "./leftOut.ts";
import type { InNumeraire } from "./numeraire.ts";
import type { PoolBook } from "./poolBook.ts";
import { profitAndLossResolvers } from "./profitAndLoss.ts";

/** Of an account: the sum over its pools, which only the quote token is common to. */
export const bookProfitAndLossResolvers = {
  total: sumOver("total"),
  realized: sumOver("realized"),
  unrealized: sumOver("unrealized"),
  priceEffect: sumOver("priceEffect"),
  impermanentLoss: sumOver("impermanentLoss"),
  fees: sumOver("fees"),
};

/** Null where a pool's figure is that counts, and where none counts. */
function sumOver(name: "total" | "realized" | "unrealized" | "priceEffect" | "impermanentLoss" | "fees") {
  return async (
    books: readonly PoolBook[],
    args: InNumeraire,
    context: ApiContext,
  ): Promise<number | null> => {
    requireQuote(args);
    let sum: number | null = null;
    for (const { pool, standing } of books) {
      if (await isLeftOut(pool, context)) continue;
      const figure = await profitAndLossResolvers[name](standing, args, context);
      if (figure === null) return null;
      sum = (sum ?? 0) + figure;
    }
    return sum;
  };
}

function requireQuote(args: InNumeraire): void {
  if (args.in === "QUOTE" || args.in === "QUOTE_THEN") return;
  throw new ApiError(
    "BAD_INPUT",
    `A book over several pools has no common ${args.in}: ask for QUOTE or QUOTE_THEN, or for pools {pnl}.`,
  );
}
