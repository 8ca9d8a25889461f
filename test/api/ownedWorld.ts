import * as tables from "../../ponder.schema.ts";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import {
  depositInto,
  type OwnedPosition,
  openPosition,
  type PositionIdentity,
  payPosition,
  transferPosition,
} from "../../src/state/position.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { insertQuotedPool } from "./quoteWorld.ts";
import {
  ALICE,
  address,
  block,
  MANAGER,
  ownership,
  POOL,
  pool,
  poolSnapshot,
  position,
  tickSnapshot,
  token,
} from "./rows.ts";
import { timeOf } from "./vectorWorld.ts";

type State = PositionIdentity & OwnedPosition;

export const BOB = address("d2");
export const ID = `1:${MANAGER}:7`;
export const QUOTE = address("f5");
export const [TOKEN0, TOKEN1] = [address("a5"), address("e1")];
/** What a token1 is worth in the quote token: from block 95, from 108, and from 118 on. */
export const RATES = [1, 1.0001 ** 6932, 1.0001 ** 13863] as const;

const LIQUIDITY = 10n ** 18n;
const RANGE = { tickLower: -887220, tickUpper: 887220 };
const AT_1 = { sqrtPriceX96: 2n ** 96n, tick: 0, sqrtPriceDouble: 1 };
/** The square root of 2, rounded down. */
const AT_2 = {
  sqrtPriceX96: 112045541949572279837463876454n,
  tick: 6931,
  sqrtPriceDouble: Math.SQRT2,
};
const milli = (units: number) => BigInt(units) * 10n ** 15n;
const both = (units0: number, units1: number) => ({ amount0: milli(units0), amount1: milli(units1) });

const principal = (price: { sqrtPriceX96: bigint; tick: number }, roundUp: boolean) =>
  getAmountsForLiquidity({ ...price, ...RANGE, liquidity: LIQUIDITY, roundUp });

/**
 * The case of metrics 4.5: all of a full range of 10^18 goes over at price 2, and the price comes back to 1. Alice deposits
 * in block 100 at price 1; in 110 at price 2, with fees of 0.004 and 0.006 that wait, Bob gets it; in 120 at price 1 it
 * has earned 0.001 of each more, and Bob collects 0.003 of each. Block 130 is the head.
 */
export async function createOwnedWorld(): Promise<TestDatabase> {
  const db = await createPglite();
  const { database } = db;
  const numbers = [95, 100, 105, 108, 110, 115, 118, 120, 130];
  await database
    .insert(tables.block)
    .values(numbers.map((number) => block({ number, timestamp: timeOf(number) })));
  await database
    .insert(tables.token)
    .values([TOKEN0, TOKEN1, QUOTE].map((of, i) => token({ address: of, symbol: `T${i}` })));
  const moments = [0, 6932, 13863].map((tick, i) => ({
    ...{ blockNumber: [95, 108, 118][i] ?? 0, tick, liquidity: 10n ** 26n },
  }));
  await insertQuotedPool(database, { poolId: address("b9"), token0: TOKEN1, token1: QUOTE, moments });
  const known = { createdBlock: 95, trackedFromBlock: 95, changedBlock: 120, liquidity: LIQUIDITY };
  await database.insert(tables.pool).values(pool({ ...known, token0: TOKEN0, token1: TOKEN1, ...AT_1 }));
  await database
    .insert(tables.poolSnapshot)
    .values([
      ...[100, 120].map((blockNumber) => poolSnapshot({ blockNumber, liquidity: LIQUIDITY, ...AT_1 })),
      poolSnapshot({ blockNumber: 110, liquidity: LIQUIDITY, ...AT_2 }),
    ]);
  await database
    .insert(tables.tickSnapshot)
    .values(
      [-887220, 887220].map((tick) =>
        tickSnapshot({ tick, blockNumber: 100, liquidityGross: LIQUIDITY, liquidityNet: LIQUIDITY }),
      ),
    );
  await insertHistory(db);
  return db;
}

async function insertHistory({ database }: TestDatabase): Promise<void> {
  const opened = openPosition(
    {
      ...{ positionId: ID.slice(2), protocol: "UNISWAP_V3", poolId: POOL },
      ...{ manager: MANAGER, tokenId: 7n, ...RANGE },
    },
    ALICE,
    { blockNumber: 100, timestamp: timeOf(100) },
  );
  const price1 = AT_1.sqrtPriceX96;
  const minted = { ...principal(AT_1, true), liquidityDelta: LIQUIDITY, sqrtPriceX96: price1 };
  const deposited: State = { ...depositInto(opened, minted, timeOf(100)), settledTimestamp: timeOf(100) };
  const waiting = credit(deposited, 4, 6);
  const { position: handed, ended } = transferPosition(
    waiting,
    BOB,
    {
      sqrtPriceX96: AT_2.sqrtPriceX96,
      principalOut: principal(AT_2, false),
      principalIn: principal(AT_2, true),
      fees: { uncollected: both(4, 6), earned: both(4, 6) },
    },
    { blockNumber: 110, timestamp: timeOf(110) },
  );
  const collected = payPosition(credit(handed, 1, 1), {
    paid: both(3, 3),
    debited: both(3, 3),
    sqrtPriceX96: price1,
  });
  const rows = { 100: deposited, 110: handed, 120: collected };
  const positions = Object.entries(rows).map(([number, state]) => ({
    ...positionRow(state),
    blockNumber: Number(number),
  }));
  await database.insert(tables.positionSnapshot).values(positions);
  await database.insert(tables.position).values(positionRow(collected));
  const own = (state: State, of = state.ownership) => ownership({ ...positionRow(state), ...of });
  await database.insert(tables.ownershipSnapshot).values([
    { ...own(deposited), blockNumber: 100 },
    { ...own(handed, ended), blockNumber: 110 },
    { ...own(handed), blockNumber: 110 },
    { ...own(collected), blockNumber: 120 },
  ]);
  await database.insert(tables.ownership).values([own(handed, ended), own(collected)]);
}

/** Fees in thousandths of a token that growth credited at a touch. */
function credit(state: State, units0: number, units1: number): State {
  return {
    ...state,
    tokensOwed0: state.tokensOwed0 + milli(units0),
    tokensOwed1: state.tokensOwed1 + milli(units1),
    feesAccrued0: state.feesAccrued0 + milli(units0),
    feesAccrued1: state.feesAccrued1 + milli(units1),
  };
}

function positionRow({ ownership: _, ...state }: State) {
  return position({ ...state, chainId: 1 });
}
