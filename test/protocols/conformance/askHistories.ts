import type { App } from "../../app.ts";

type Sums = { amount0: string; amount1: string };

export type CandleAnswer = {
  timestamp: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: Sums;
  feesLp: Sums;
  principal: Sums;
  lvr: number;
  swaps: number;
  liquidity: string;
};

export type PoolAnswer = {
  liquidity: string;
  principal: Sums;
  token0: { decimals: number };
  token1: { decimals: number };
  totals: { swaps: number; volume: Sums; feesLp: Sums };
  adverseSelection: { lvr: number };
  candles: CandleAnswer[];
};

const SUMS = "{ amount0 amount1 }";

/** A pool with all of its candles of a minute. */
export async function askCandles(app: App, poolId: string): Promise<PoolAnswer> {
  const candle = `timestamp open high low close volume ${SUMS} feesLp ${SUMS} principal ${SUMS} lvr swaps liquidity`;
  const query = `query ($poolId: Hex!) { pool(chainId: 31337, poolId: $poolId) {
    liquidity principal ${SUMS} token0 { decimals } token1 { decimals }
    totals { swaps volume ${SUMS} feesLp ${SUMS} } adverseSelection(window: ALL) { lvr }
    candles(interval: MINUTE, from: 0) { ${candle} }
  } }`;
  return (await app.query<{ pool: PoolAnswer }>(query, { poolId })).pool;
}

type Point = { block: { number: number } } & Record<string, unknown>;

/** A position's history, beside what it answers as of the block of each point, in the words of a point. */
export async function askPositionHistory(
  app: App,
  id: string,
): Promise<{ points: Point[]; then: unknown[] }> {
  const amounts = "{ amount0 amount1 value }";
  const own = `price amounts ${amounts} value hold skew impermanentLoss feesEarned ${amounts} status`;
  type Then = {
    asOf: unknown;
    status: unknown;
    pool: { price: unknown };
    inventory: { amounts: { value: unknown }; skew: unknown };
    impermanentLoss: { total: unknown; hold: { value: unknown } };
    fees: { earned: unknown };
  };
  const { position } = await app.query<{ position: { history: Point[] } }>(
    `query ($id: ID!) { position(id: $id) { history(interval: MINUTE) { block { number timestamp } ${own} } } }`,
    { id },
  );
  const then: unknown[] = [];
  for (const { block } of position.history) {
    const query = `query ($id: ID!, $block: Int!) { position(id: $id, asOf: { block: $block }) {
      asOf { number timestamp } status pool { price } inventory { amounts ${amounts} skew }
      impermanentLoss { total hold { value } } fees { earned ${amounts} } } }`;
    const answer = await app.query<{ position: Then }>(query, { id, block: block.number });
    const { asOf, status, pool, inventory, impermanentLoss, fees } = answer.position;
    then.push({
      ...{ block: asOf, price: pool.price, amounts: inventory.amounts, value: inventory.amounts.value },
      ...{ hold: impermanentLoss.hold.value, skew: inventory.skew, impermanentLoss: impermanentLoss.total },
      ...{ feesEarned: fees.earned, status },
    });
  }
  return { points: position.history, then };
}

/** An account's history, beside what it answers as of the block of each point. */
export async function askAccountHistory(
  app: App,
  owner: string,
): Promise<{ points: Point[]; then: unknown[] }> {
  const account = (asOf: string, fields: string) =>
    `{ account(chainId: 31337, address: "${owner}"${asOf}) { ${fields} } }`;
  const fields = "block { number timestamp } value skew impermanentLoss fees pnl";
  type Then = { asOf: unknown; value: unknown; skew: unknown; pnl: Record<string, unknown> };
  const { account: all } = await app.query<{ account: { history: Point[] } }>(
    account("", `history(interval: MINUTE) { ${fields} }`),
  );
  const then: unknown[] = [];
  for (const { block } of all.history) {
    const asked = "asOf { number timestamp } value skew pnl { impermanentLoss fees total }";
    const answer = await app.query<{ account: Then }>(account(`, asOf: { block: ${block.number} }`, asked));
    const { asOf, value, skew, pnl } = answer.account;
    then.push({
      block: asOf,
      value,
      skew,
      impermanentLoss: pnl.impermanentLoss,
      fees: pnl.fees,
      pnl: pnl.total,
    });
  }
  return { points: all.history, then };
}
