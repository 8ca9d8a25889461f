import type { ApiContext } from "../context.ts";
import { decimalAmount } from "../metrics/decimalAmount.ts";
import { type Amounts, worth } from "./amounts.ts";
import { type Answer, figureIn, type InNumeraire } from "./numeraire.ts";

/** Sums over time, with what they were worth when they flowed, in either token's raw units. */
export type Flow = Amounts & {
  valueThen0: bigint;
  valueThen1: bigint;
  /** In the quote token, each part at the price of its own block; null where single flows are not known. */
  quotedThen: ((context: ApiContext) => Promise<number | null>) | null;
};

export const flowResolvers = {
  decimal0: ({ amount0, pair }: Flow) => decimalAmount(amount0, pair.token0Decimals),
  decimal1: ({ amount1, pair }: Flow) => decimalAmount(amount1, pair.token1Decimals),
  valueNow: (flow: Flow, args: InNumeraire, context: ApiContext) => worth(flow, args.in, context),
  valueThen: (flow: Flow, args: InNumeraire, context: ApiContext): Answer => {
    const { valueThen0, valueThen1, quotedThen, pair } = flow;
    if (args.in === "QUOTE_THEN") return quotedThen?.(context) ?? null;
    return figureIn({ raw0: valueThen0, raw1: valueThen1 }, pair, args.in, context);
  },
};
