import type { App } from "../../app.ts";
import { add, nothing, type Pair } from "./amounts.ts";

/** An operation may have as many root fields. */
const ROOT_FIELDS = 10;

export type Amounts = { amount0: string; amount1: string };
/** In whole tokens of one of the two. */
export type Money = {
  total: number;
  realized: number;
  unrealized: number;
  priceEffect: number;
  impermanentLoss: number;
  fees: number;
};
export type Loss = { total: number; realized: number; unrealized: number };

export type OwnershipAnswer = {
  owner: string;
  from: { number: number };
  to: { number: number } | null;
  impermanentLoss: Loss;
  pnl: Money;
};

export type PositionAnswer = {
  id: string;
  owner: string;
  custodian: string | null;
  liquidity: string;
  deposited: Amounts & { valueThen: number };
  withdrawn: Amounts & { valueThen: number };
  owed: Amounts;
  principalOwed: Amounts;
  fees: { uncollected: Amounts; earned: Amounts; collected: Amounts & { valueThen: number } };
  residual: Amounts;
  impermanentLoss: Loss;
  pnl: Money;
  owners: OwnershipAnswer[];
};

const PNL = `pnl {
  total(in: $in) realized(in: $in) unrealized(in: $in)
  priceEffect(in: $in) impermanentLoss(in: $in) fees(in: $in)
}`;
const LOSS = "impermanentLoss { total(in: $in) realized(in: $in) unrealized(in: $in) }";
const PAIR = "{ amount0 amount1 }";
const POSITION = `{
  id owner custodian liquidity
  deposited { amount0 amount1 valueThen(in: $in) } withdrawn { amount0 amount1 valueThen(in: $in) }
  owed ${PAIR} principalOwed ${PAIR} residual ${PAIR}
  fees { uncollected ${PAIR} earned ${PAIR} collected { amount0 amount1 valueThen(in: $in) } }
  ${LOSS} ${PNL}
  owners { owner from { number } to { number } ${LOSS} ${PNL} }
}`;

/** Token0 or token1. */
export type Side = 0 | 1;

/** What the API says of these positions, counted in one of the two tokens. */
export async function askPositions(
  app: App,
  ids: readonly string[],
  side: Side,
): Promise<Map<string, PositionAnswer>> {
  const found = new Map<string, PositionAnswer>();
  for (let start = 0; start < ids.length; start += ROOT_FIELDS) {
    const some = ids.slice(start, start + ROOT_FIELDS);
    const fields = some.map((id, i) => `p${i}: position(id: "${id}") { ...Books }`);
    const query = `fragment Books on Position ${POSITION} query ($in: Numeraire!) { ${fields.join(" ")} }`;
    const answers = await app.query<Record<string, PositionAnswer>>(query, { in: `TOKEN${side}` });
    for (const answer of Object.values(answers)) found.set(answer.id, answer);
  }
  return found;
}

/** Every id that the API lists. */
export async function askIds(app: App): Promise<string[]> {
  type Page = { items: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { positions }: { positions: Page } = await app.query(
      `query ($after: String) { positions(where: { chainId: 31337 }, first: 200, after: $after) {
        items { id } pageInfo { hasNextPage endCursor }
      } }`,
      { after },
    );
    ids.push(...positions.items.map(({ id }) => id));
    if (!positions.pageInfo.hasNextPage) return ids;
    after = positions.pageInfo.endCursor;
  }
}

export type EventAnswer = {
  kind: string;
  block: { number: number };
  principal: Amounts;
  paidOut: Amounts | null;
};

/** What happened to a position. */
export async function askEvents(app: App, id: string): Promise<EventAnswer[]> {
  type Page = { items: EventAnswer[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const events: EventAnswer[] = [];
  for (let after: string | null = null; ; ) {
    const { position }: { position: { events: Page } } = await app.query(
      `query ($id: ID!, $after: String) { position(id: $id) { events(first: 50, after: $after) {
        items { kind block { number } principal ${PAIR} paidOut ${PAIR} } pageInfo { hasNextPage endCursor }
      } } }`,
      { id, after },
    );
    events.push(...position.events.items);
    if (!position.events.pageInfo.hasNextPage) return events;
    after = position.events.pageInfo.endCursor;
  }
}

export type AccountAnswer = {
  pnl: Money;
  pools: {
    pool: { poolId: string };
    positions: number;
    impermanentLoss: Loss;
    pnl: Money;
    fees: { earned: Amounts };
  }[];
};

/** An account's book, its pools counted in one of their tokens, all of it in the quote token. */
export async function askAccount(app: App, address: string, side: Side): Promise<AccountAnswer | null> {
  const { account } = await app.query<{ account: AccountAnswer | null }>(
    `query ($address: Hex!, $in: Numeraire!) { account(chainId: 31337, address: $address) {
      pnl { total realized unrealized priceEffect impermanentLoss fees }
      pools { pool { poolId } positions fees { earned ${PAIR} } ${LOSS} ${PNL} }
    } }`,
    { address, in: `TOKEN${side}` },
  );
  return account;
}

/** Of the events of a kind. */
export function sumOf(events: readonly EventAnswer[], kind: string, amounts: "principal" | "paidOut"): Pair {
  const own = events.filter((event) => event.kind === kind);
  return own.map((event) => pairOf(event[amounts] ?? { amount0: "0", amount1: "0" })).reduce(add, nothing);
}

export function pairOf({ amount0, amount1 }: Amounts): Pair {
  return [BigInt(amount0), BigInt(amount1)];
}

export type LeaderAnswer = {
  rank: number;
  account: { address: string };
  positions: number;
  value: number;
  impermanentLoss: number;
  fees: number;
  pnl: number;
};

/** The accounts of a pool in its token1, or of the chain in the quote token, ranked by profit. */
export async function askLeaders(app: App, pool: string | null): Promise<LeaderAnswer[]> {
  const { leaderboard } = await app.query<{ leaderboard: { items: LeaderAnswer[] } }>(
    `query ($pool: Hex) { leaderboard(chainId: 31337, pool: $pool, orderBy: PNL, first: 100) {
      items { rank account { address } positions value impermanentLoss fees pnl }
    } }`,
    { pool },
  );
  return leaderboard.items;
}
