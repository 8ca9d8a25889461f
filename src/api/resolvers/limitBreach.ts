import type { ApiContext } from "../context.ts";
import { type Breach, type Limit, nextBreaches } from "../metrics/nextBreaches.ts";
import type { AccountAt } from "../queries/accounts.ts";
import { findPastPosition } from "../queries/pastPositions.ts";
import type { PoolAt } from "../queries/pools.ts";
import { findPosition, type PositionAt } from "../queries/positions.ts";
import { findToken } from "../queries/tokens.ts";
import { limitBookOf } from "./limitBook.ts";
import { limitsOf, type RiskLimits } from "./riskLimits.ts";
import type { TokenAt } from "./token.ts";

/** What is measured, and the account whose it is, at the point that its answer stands at. */
type Measured = Pick<Breach, "limit" | "subject"> & { account: AccountAt };

export type LimitBreach = Breach & Measured;

type Hex = `0x${string}`;

const OF_POOL: ReadonlySet<Limit> = new Set(["SKEW", "IMPERMANENT_LOSS", "DELTA"]);

/** What stands with nothing before. */
export async function limitBreaches(
  account: AccountAt,
  { limits: given }: { limits: RiskLimits },
  context: ApiContext,
): Promise<LimitBreach[]> {
  const limits = limitsOf(given);
  if (Object.keys(limits).length === 0) return [];
  const { standing } = nextBreaches([], await limitBookOf(account, limits, context), limits);
  return standing.map((breach) => ({ ...breach, account }));
}

/** Where a limit that is given says nothing of the account, as a figure of it is not known. */
export async function unreadLimits(
  account: AccountAt,
  { limits: given }: { limits: RiskLimits },
  context: ApiContext,
): Promise<Measured[]> {
  const limits = limitsOf(given);
  if (Object.keys(limits).length === 0) return [];
  const { readings } = await limitBookOf(account, limits, context);
  const unknown = readings.filter(({ value }) => value === null);
  return unknown.map(({ limit, subject }) => ({ limit, subject, account }));
}

/** What it is of is looked up by its id: one that was left need no longer be in the book. */
export const limitBreachResolvers = {
  pool: async (breach: Measured, _: unknown, context: ApiContext): Promise<PoolAt | null> => {
    const { limit, subject, account } = breach;
    if (!OF_POOL.has(limit)) return null;
    const found = (await account.book(context.ask)).find(({ pool }) => pool.row.poolId === subject);
    return found?.pool ?? context.poolAt(account.tip, account.past, subject as Hex);
  },
  position: async (breach: Measured, _: unknown, context: ApiContext): Promise<PositionAt | null> => {
    const { limit, subject: positionId, account } = breach;
    if (limit !== "TICKS_TO_BOUND") return null;
    const { ask, tips } = context;
    const holdings = (await account.book(ask)).flatMap((ofPool) => ofPool.holdings);
    const held = holdings.find(({ position }) => position.row.positionId === positionId);
    if (held !== undefined) return held.position;
    const { tip, past } = account;
    const key = { chainId: tip.chainId, positionId };
    const newest = await tips();
    return ask((snapshot) =>
      past ? findPastPosition(snapshot, tip, key) : findPosition(snapshot, newest, key),
    );
  },
  token: async (breach: Measured, _: unknown, context: ApiContext): Promise<TokenAt | null> => {
    const { limit, subject, account } = breach;
    if (limit !== "TOKEN_SHARE") return null;
    const { tip, past } = account;
    const token = await context.ask((snapshot) => findToken(snapshot, tip.chainId, subject as Hex));
    return token !== null && past ? { ...token, at: tip } : token;
  },
};
