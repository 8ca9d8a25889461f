import { toToken0, toToken1, valueX192 } from "../../math/valueMath.ts";
import type { ApiContext } from "../context.ts";
import { decimalAmount } from "../metrics/decimalAmount.ts";
import { type Answer, type Figure, figureIn, type InNumeraire, type Numeraire } from "./numeraire.ts";
import type { Pair } from "./pair.ts";

export type Amounts = { amount0: bigint; amount1: bigint; pair: Pair };

export const amountsResolvers = {
  decimal0: ({ amount0, pair }: Amounts) => decimalAmount(amount0, pair.token0Decimals),
  decimal1: ({ amount1, pair }: Amounts) => decimalAmount(amount1, pair.token1Decimals),
  value: (amounts: Amounts, args: InNumeraire, context: ApiContext) => worth(amounts, args.in, context),
};

/** At the pool's price, in whole units of the numeraire; null before the pool's first price. */
export function worth(amounts: Amounts, numeraire: Numeraire, context: ApiContext): Answer {
  const figure = worthRaw(amounts);
  return figure && figureIn(figure, amounts.pair, numeraire, context);
}

function worthRaw({ amount0, amount1, pair: { sqrtPriceX96 } }: Amounts): Figure | null {
  if (sqrtPriceX96 === null) return null;
  const value = valueX192(amount0, amount1, sqrtPriceX96);
  return { raw0: toToken0(value, sqrtPriceX96), raw1: toToken1(value) };
}
