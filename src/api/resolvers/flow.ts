import { decimalAmount } from "../metrics/decimalAmount.ts";
import { wholeUnits } from "../metrics/value.ts";
import { type Amounts, type Numeraire, worth } from "./amounts.ts";

/** Sums over time, with what they were worth when they flowed, in either token's raw units. */
export type Flow = Amounts & { valueThen0: bigint; valueThen1: bigint };

export const flowResolvers = {
  decimal0: ({ amount0, pair }: Flow) => decimalAmount(amount0, pair.token0Decimals),
  decimal1: ({ amount1, pair }: Flow) => decimalAmount(amount1, pair.token1Decimals),
  valueNow: (flow: Flow, args: { in: Numeraire }) => worth(flow, args.in),
  valueThen: ({ valueThen0, valueThen1, pair }: Flow, args: { in: Numeraire }) =>
    args.in === "TOKEN0"
      ? wholeUnits(valueThen0, pair.token0Decimals)
      : wholeUnits(valueThen1, pair.token1Decimals),
};
