import type { App } from "../../app.ts";

export type Amounts = { amount0: string; amount1: string };

export type PositionAnswer = {
  id: string;
  protocol: string;
  owner: string;
  manager: string | null;
  tokenId: string | null;
  tickLower: number | null;
  tickUpper: number | null;
  liquidity: string;
  status: string;
  custodian: string | null;
  owners: { owner: string }[];
  pool: { poolId: string; protocol: string; token0: { decimals: number }; token1: { decimals: number } };
  inventory: { amounts: Amounts; skew: number | null; netInventory: Amounts };
  owed: Amounts | null;
  residual: Amounts | null;
  timeInRange: number | null;
  fees: { earned: Amounts | null; method: string | null };
  impermanentLoss: { unrealizedRaw1: string; realizedRaw1: string; total: number | null };
  pnl: {
    total: number | null;
    priceEffect: number | null;
    impermanentLoss: number | null;
    fees: number | null;
  };
};

const POSITION = `
  id protocol owner manager tokenId tickLower tickUpper liquidity status custodian
  owners { owner }
  pool { poolId protocol token0 { decimals } token1 { decimals } }
  inventory { amounts { amount0 amount1 } skew netInventory { amount0 amount1 } }
  owed { amount0 amount1 }
  residual { amount0 amount1 }
  timeInRange
  fees { earned { amount0 amount1 } method }
  impermanentLoss { unrealizedRaw1 realizedRaw1 total }
  pnl { total priceEffect impermanentLoss fees }`;

/** A position as of a block; null before it was opened. */
export async function askPosition(app: App, id: string, block: number): Promise<PositionAnswer | null> {
  const query = `query ($id: ID!, $block: Int!) { position(id: $id, asOf: { block: $block }) { ${POSITION} } }`;
  return (await app.query<{ position: PositionAnswer | null }>(query, { id, block })).position;
}

export type EventAnswer = {
  kind: string;
  block: { number: number };
  principal: Amounts;
  paidOut: Amounts | null;
};

/** Of one position, oldest first. */
export async function askEvents(app: App, id: string): Promise<EventAnswer[]> {
  const query = `query ($id: ID!) { position(id: $id) { events(first: 100) { items {
    kind block { number } principal { amount0 amount1 } paidOut { amount0 amount1 }
  } } } }`;
  const { position } = await app.query<{ position: { events: { items: EventAnswer[] } } }>(query, { id });
  return position.events.items.toReversed();
}

/** Ids of the open positions in an account's book of a pool, as of a block. */
export async function askOpenIds(app: App, owner: string, pool: string, block: number): Promise<string[]> {
  const query = `query ($owner: Hex!, $pool: Hex!, $block: Int!) {
    account(chainId: 31337, address: $owner, asOf: { block: $block }) {
      positions(where: { pool: $pool, status: [IN_RANGE, BELOW, ABOVE] }, orderBy: OPENED) { items { id } }
    }
  }`;
  type Answer = { account: { positions: { items: { id: string }[] } } | null };
  const { account } = await app.query<Answer>(query, { owner, pool, block });
  return (account?.positions.items ?? []).map(({ id }) => id.replace(/@.*/, ""));
}
