import type { ApiContext } from "../context.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Pair } from "./pair.ts";

export type Numeraire = "TOKEN0" | "TOKEN1" | "QUOTE" | "QUOTE_THEN";

export type InNumeraire = { in: Numeraire };

/** A figure in raw units of either token. */
export type Figure = { raw0: bigint; raw1: bigint };

/** Known at once in the pool's own tokens, asked for in the quote token. */
export type Answer = number | null | Promise<number | null>;

/**
 * A figure in whole units of the numeraire. In the quote token, the token1 figure at token1's price after the pair's
 * block: for what is held then QUOTE and QUOTE_THEN are the same. Null without decimals or price.
 */
export function figureIn(
  { raw0, raw1 }: Figure,
  pair: Pair,
  numeraire: Numeraire,
  context: ApiContext,
): Answer {
  if (numeraire === "TOKEN0") return wholeUnits(raw0, pair.token0Decimals);
  if (numeraire === "TOKEN1") return wholeUnits(raw1, pair.token1Decimals);
  return quotedNow(raw1, pair, context);
}

/** Raw token1 in whole quote tokens at token1's price after the pair's block. Nothing is worth nothing at any price. */
export async function quotedNow(raw1: bigint, pair: Pair, context: ApiContext): Promise<number | null> {
  if (raw1 === 0n) return 0;
  const whole = wholeUnits(raw1, pair.token1Decimals);
  const moment = await pair.moment(context);
  const quoted = pair.alone
    ? await context.quoteOf(moment, pair.token1)
    : (await context.quotes(moment.chainId, moment)).of(pair.token1);
  const price = quoted?.price ?? null;
  return whole === null || price === null ? null : whole * price;
}
