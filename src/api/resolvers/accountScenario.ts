import { toDouble } from "../../math/toDouble.ts";
import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { bookValue } from "../metrics/bookValue.ts";
import { netTokens } from "../metrics/netTokens.ts";
import { moveBy, movedPrincipal, type PriceMove } from "../metrics/priceMove.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { AccountAt } from "../queries/accounts.ts";
import { type Mark, marksOf, pricing } from "./bookMarks.ts";
import { requireShocks } from "./scenario.ts";
import { UnpricedPositionError } from "./standing.ts";
import { inventoryOf } from "./tokenInventory.ts";

type Hex = `0x${string}`;

/** A book at another price of one token, in the quote token. */
type AccountScenario = { shock: number; value: number | null; pnl: number | null };

/** Of positions marked at another price in one answer. */
const MAX_MARKS = 50_000;
const UNMOVED: PriceMove = { numerator: 1n, denominator: 1n };

/**
 * One token moves in the quote token and every other stays: each pool of the two moves with it, in the other direction where
 * it is token1, and positions hold what they would at that price. A token that is not in the book moves nothing.
 */
export async function accountScenario(
  account: AccountAt,
  { token, shocks }: { token: Hex; shocks: readonly number[] },
  context: ApiContext,
): Promise<AccountScenario[]> {
  requireShocks(shocks);
  const nameOf = pricing(account, context);
  const quotes = await context.quotes(account.tip.chainId, account.tip);
  const { quoteToken } = quotes;
  const moved = nameOf(token);
  if (quoteToken !== null && nameOf(quoteToken.address) === moved) throw quoteTokenMoved(token);
  const unknown = shocks.map((shock) => ({ shock, value: null, pnl: null }));
  if ((await inventoryOf(account, context)).value === null) return unknown;
  const marks = await marksOf(account, context);
  if (marks.length * shocks.length > MAX_MARKS) throw tooManyMarks(marks.length);
  const priceOf = (of: Hex) => quotes.of(of)?.price ?? null;
  const valueAt = (move: PriceMove) =>
    worthAt(marks, priceOf, (of) => (nameOf(of) === moved ? move : UNMOVED));
  const now = valueAt(UNMOVED);
  const scenarioOf = (shock: number): AccountScenario => {
    const value = valueAt(moveBy(shock));
    return { shock, value, pnl: value === null || now === null ? null : value - now };
  };
  // As questions: of a book of a thousand positions each takes milliseconds, and others have their turn in between.
  return Promise.all(shocks.map((shock) => context.ask(async () => scenarioOf(shock))));
}

/** Amounts of all positions by token, as whole units of that price; each token's price moves as told. */
function worthAt(
  marks: readonly Mark[],
  priceOf: (token: Hex) => number | null,
  moveOf: (token: Hex) => PriceMove,
): number | null {
  const decimals = new Map<string, number | null>();
  const parts = marks.flatMap(({ position, owed }) => {
    const { token0, token1 } = position.pool;
    decimals.set(token0.address, token0.decimals).set(token1.address, token1.decimals);
    const held = heldAt(position, moveOf(token0.address), moveOf(token1.address));
    return [
      { token: token0.address, amount: held.amount0 + owed.amount0, netInventory: 0n, whole: true },
      { token: token1.address, amount: held.amount1 + owed.amount1, netInventory: 0n, whole: true },
    ];
  });
  const value = bookValue(
    netTokens(parts).map(({ token, amount }) => {
      const [price, units] = [priceOf(token), wholeUnits(amount, decimals.get(token) ?? null)];
      if (price === null || units === null) return { amount, value: null };
      const { numerator, denominator } = moveOf(token);
      const worth = units * price * toDouble(numerator, denominator);
      return { amount, value: Number.isFinite(worth) ? worth : null };
    }),
  );
  return value;
}

/** The pool's price is token0's in token1. */
function heldAt({ row, pool }: Mark["position"], move0: PriceMove, move1: PriceMove) {
  const { sqrtPriceX96, tick } = pool.row;
  if (sqrtPriceX96 === null || tick === null) throw new UnpricedPositionError(row);
  const move = {
    numerator: move0.numerator * move1.denominator,
    denominator: move0.denominator * move1.numerator,
  };
  return movedPrincipal({ row, pool: { ...pool.row, sqrtPriceX96, tick } }, move);
}

function quoteTokenMoved(token: Hex): ApiError {
  return new ApiError(
    "BAD_INPUT",
    `${token} is what values are quoted in, so its own price is always 1: name one of the other tokens.`,
  );
}

function tooManyMarks(positions: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `The account has ${positions} positions: ask for ${Math.floor(MAX_MARKS / positions)} shocks at most.`,
  );
}
