import type { ApiContext } from "../context.ts";
import { impermanentLoss } from "../metrics/impermanentLoss.ts";
import { inventorySkew, share0 } from "../metrics/inventorySkew.ts";
import type { BookOfReadings, Limit, Limits, Reading } from "../metrics/nextBreaches.ts";
import { isPair } from "../metrics/protocol.ts";
import { ticksToBounds } from "../metrics/ticksToBounds.ts";
import type { AccountAt } from "../queries/accounts.ts";
import type { PositionAt } from "../queries/positions.ts";
import { type PoolBook, poolBooksOf } from "./poolBook.ts";
import { shortfallShareOf } from "./shortfallShare.ts";
import { inventoryOf } from "./tokenInventory.ts";

/** Of the whole book, which has no id of its own. */
const WHOLE = "";

/** What of an account is measured by limits, of those that are given alone: the others' figures are not worked out. */
export async function limitBookOf(
  account: AccountAt,
  limits: Limits,
  context: ApiContext,
): Promise<BookOfReadings> {
  const { number, timestamp } = account.tip;
  const readings: Reading[] = [];
  const given = (limit: Limit) => limits[limit] !== undefined;
  const books = (await poolBooksOf(account, context)).filter(isOpen);
  for (const book of books) readings.push(...readingsOfPool(book));
  if (given("TOKEN_SHARE")) readings.push(...(await readingsOfTokens(account, context)));
  if (given("EXPECTED_SHORTFALL") && books.length > 0) {
    const value = await shortfallShareOf(account, context);
    readings.push({ limit: "EXPECTED_SHORTFALL", subject: WHOLE, value });
  }
  return { asOf: { number, timestamp }, readings: readings.filter(({ limit }) => given(limit)) };
}

/** A pool without liquidity of the account is in its history, not in its book. */
function isOpen({ owned }: PoolBook): boolean {
  return owned.some(({ row }) => row.liquidity > 0n);
}

function readingsOfPool({ pool, owned, standing }: PoolBook): Reading[] {
  const { sums, held, sqrtPriceX96 } = standing;
  const subject = pool.row.poolId;
  const priced = { ...held, sqrtPriceX96 };
  const skew = inventorySkew(priced);
  const { ratio } = impermanentLoss({ ...sums, ...priced });
  return [
    { limit: "SKEW", subject, value: skew === null ? null : Math.abs(skew) },
    // A gain is below 0, which no bound is.
    { limit: "IMPERMANENT_LOSS", subject, value: ratio === null ? null : 0 - ratio },
    // Token0 held at the price, over all that is held.
    { limit: "DELTA", subject, value: share0(priced) },
    ...owned.flatMap((position) => readingOfPosition(position, standing.tick)),
  ];
}

/** LP tokens of a pair have no bounds. */
function readingOfPosition({ row }: PositionAt, tick: number): Reading[] {
  const { lower, upper } = ticksToBounds([row], tick);
  if (isPair(row) || lower === null || upper === null) return [];
  return [{ limit: "TICKS_TO_BOUND", subject: row.positionId, value: Math.min(lower, upper) }];
}

async function readingsOfTokens(account: AccountAt, context: ApiContext): Promise<Reading[]> {
  const { tokens } = await inventoryOf(account, context);
  return tokens.map(({ token, amount, whole, share }) => ({
    ...{ limit: "TOKEN_SHARE", subject: token.address, value: amount === 0n && whole ? 0 : share },
  }));
}
