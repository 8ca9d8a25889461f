import { decimalAmount } from "../metrics/decimalAmount.ts";
import { value } from "../metrics/value.ts";
import type { Pair } from "./pair.ts";

export type Numeraire = "TOKEN0" | "TOKEN1";

export type Amounts = { amount0: bigint; amount1: bigint; pair: Pair };

export const amountsResolvers = {
  decimal0: ({ amount0, pair }: Amounts) => decimalAmount(amount0, pair.token0Decimals),
  decimal1: ({ amount1, pair }: Amounts) => decimalAmount(amount1, pair.token1Decimals),
  value: (amounts: Amounts, args: { in: Numeraire }) => worth(amounts, args.in),
};

/** At the pool's price, in whole tokens. */
export function worth({ amount0, amount1, pair }: Amounts, numeraire: Numeraire): number | null {
  const { sqrtPriceX96 } = pair;
  return sqrtPriceX96 === null ? null : value({ amount0, amount1, sqrtPriceX96 }, pair, numeraire);
}
