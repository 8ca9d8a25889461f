import type { PoolState } from "../../../demo/chain/readPoolState.ts";
import type { App } from "../../app.ts";
import type { StateAtBlock } from "./recordHistory.ts";
import type { Amounts } from "./staticCollects.ts";

/** An operation may have as many root fields. */
const ROOT_FIELDS = 10;

export type PoolAnswer = {
  sqrtPriceX96: string;
  tick: number;
  liquidity: string;
  feeGrowthGlobal0X128: string;
  feeGrowthGlobal1X128: string;
  protocolFees: Amounts;
  exact: boolean;
};

const POOL = `{
  sqrtPriceX96 tick liquidity feeGrowthGlobal0X128 feeGrowthGlobal1X128
  protocolFees { amount0 amount1 } exact
}`;

/** The API's answer for each pool as of its block. */
export async function askPoolsAsOf(app: App, at: readonly StateAtBlock[]): Promise<PoolAnswer[]> {
  const answers: PoolAnswer[] = [];
  for (let start = 0; start < at.length; start += ROOT_FIELDS) {
    const fields = at
      .slice(start, start + ROOT_FIELDS)
      .map(
        ({ pool, block }, i) =>
          `p${i}: pool(chainId: 31337, poolId: "${pool}", asOf: { block: ${block} }) { ...State }`,
      );
    const query = `fragment State on Pool ${POOL} { ${fields.join(" ")} }`;
    answers.push(...Object.values(await app.query<Record<string, PoolAnswer>>(query)));
  }
  return answers;
}

/** What the chain's getters say, as the API writes it. */
export function asAnswer(state: PoolState): PoolAnswer {
  return {
    sqrtPriceX96: String(state.sqrtPriceX96),
    tick: state.tick,
    liquidity: String(state.liquidity),
    feeGrowthGlobal0X128: String(state.feeGrowthGlobal0X128),
    feeGrowthGlobal1X128: String(state.feeGrowthGlobal1X128),
    protocolFees: { amount0: String(state.protocolFees0), amount1: String(state.protocolFees1) },
    exact: true,
  };
}

export type PositionAnswer = {
  id: string;
  liquidity: string;
  pool: { poolId: string };
  inventory: { amounts: Amounts };
  owed: Amounts;
  principalOwed: Amounts;
  fees: { uncollected: Amounts; earned: Amounts; collected: Amounts };
  residual: Amounts;
};

const POSITIONS = `query ($after: String) {
  positions(where: { chainId: 31337 }, first: 100, after: $after) {
    items {
      id liquidity pool { poolId } inventory { amounts { amount0 amount1 } }
      owed { amount0 amount1 } principalOwed { amount0 amount1 } residual { amount0 amount1 }
      fees { uncollected { amount0 amount1 } earned { amount0 amount1 } collected { amount0 amount1 } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export async function askEveryPosition(app: App): Promise<Map<string, PositionAnswer>> {
  type Page = { items: PositionAnswer[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const found = new Map<string, PositionAnswer>();
  for (let after: string | null = null; ; ) {
    const { positions }: { positions: Page } = await app.query(POSITIONS, { after });
    for (const item of positions.items) found.set(item.id, item);
    if (!positions.pageInfo.hasNextPage) return found;
    after = positions.pageInfo.endCursor;
  }
}

export type Holdings = { principal: Amounts; uncollectedFees: Amounts; protocolFees: Amounts };

/** What the pool's LPs and the protocol hold of it now. */
export async function askHoldings(app: App, pool: string): Promise<Holdings> {
  const { pool: answer } = await app.query<{ pool: Holdings }>(
    `query ($pool: Hex!) { pool(chainId: 31337, poolId: $pool) {
      principal { amount0 amount1 } uncollectedFees { amount0 amount1 } protocolFees { amount0 amount1 }
    } }`,
    { pool },
  );
  return answer;
}
