import { rankPosition } from "../../src/state/ranking.ts";
import {
  ALICE,
  address,
  NO_FEES,
  type PoolRow,
  type PositionRow,
  type PositionSnapshotRow,
  pool,
  poolSnapshot,
  position,
  USDC,
  WETH,
} from "./rows.ts";

type Hex = `0x${string}`;

/** A 32-byte id of which only the last digits matter. */
export function word(end: string): Hex {
  return `0x${end.padStart(64, "0")}`;
}

export const PAIR = address("b5");
export const V4_POOL = word("b4");
export const V4_MANAGER = address("a4");
export const NATIVE = address("0");
export const NO_HOOKS = address("0");
/** The rights to take or add amounts when a swap is over: bit 2. */
export const TAKING_HOOKS = address("c4");

/** The pair of the worked example after its first mint: 1000 WETH and 2,000,000 USDC. */
export const AT_MINT = {
  ...{ balance0: 1_000n * 10n ** 18n, balance1: 2_000_000n * 10n ** 6n, liquidity: 44721359549995793n },
  ...{ sqrtPriceX96: 3543191142285914205922034n, tick: -200312, sqrtPriceDouble: 4.4721359549995795e-5 },
  ...{ lvrGrowthGlobalX128: 0n, lvrSqrtPriceX96: 3543191142285914205922034n, lvrTick: -200312 },
  ...{ shares: 44721359549995793n, kLast: 2n * 10n ** 33n, feeOn: null },
  ...{ basisX64: 44721359549995793n * 2n ** 64n, tokenMovesBalances: false },
};

/** The same pair after 10 WETH were sold to it for 19743.160687 USDC, in the block of the last sample. */
export const AFTER_SALE = {
  ...AT_MINT,
  ...{ balance0: 1_010n * 10n ** 18n, balance1: 1_980_256_839_313n, liquidity: 44722023743410024n },
  ...{ sqrtPriceX96: 3508162143672948303641673n, tick: -200510, sqrtPriceDouble: 4.427923142911884e-5 },
};

export function pair(row: Partial<PoolRow> = {}): PoolRow {
  const terms = { protocol: "UNISWAP_V2", poolId: PAIR, tickSpacing: null, token0: WETH, token1: USDC };
  return pool({ ...terms, feeProtocol1: 0, ...AFTER_SALE, ...row });
}

export function pairSnapshot(row: Parameters<typeof poolSnapshot>[0] = {}) {
  return poolSnapshot({ poolId: PAIR, feeProtocol1: 0, fee: 3000, swapFee: 3000, ...AT_MINT, ...row });
}

/** Nothing in, nothing out, nothing held. */
export const EMPTY_BOOK = {
  ...NO_FEES,
  ...{ liquidity: 0n, hold0: 0n, hold1: 0n, entryValue1: 0n, cost0: 0n, cost1: 0n, maxCapital1: 0n },
  ...{ realizedIl0: 0n, realizedIl1: 0n, deposited0: 0n, deposited1: 0n, withdrawn0: 0n, withdrawn1: 0n },
  ...{ depositedValue0: 0n, depositedValue1: 0n, withdrawnValue0: 0n, withdrawnValue1: 0n },
  ...{ released0: 0n, released1: 0n, collected0: 0n, collected1: 0n, debited0: 0n, debited1: 0n },
};

/** A hundredth of the pair's LP tokens, which 10 WETH and 20,000 USDC were paid for. */
export function pairPosition(row: Partial<PositionRow> = {}): PositionRow {
  const { owner = ALICE, poolId = PAIR } = row;
  return ranked({
    ...position(),
    ...EMPTY_BOOK,
    ...{ positionId: `${poolId}:${owner}`, protocol: "UNISWAP_V2", poolId, owner },
    ...{ manager: null, tokenId: null, tickLower: -887272, tickUpper: 887272 },
    ...{ sqrtPriceLowerDouble: 5.42121463e-20, sqrtPriceUpperDouble: 1.84460507e19 },
    ...{ liquidity: 447213595499957n, basisX64: 447213595499957n * 2n ** 64n },
    ...{ hold0: 10n ** 19n, hold1: 2n * 10n ** 10n, deposited0: 10n ** 19n, deposited1: 2n * 10n ** 10n },
    ...{ entryValue1: 2n * 10n ** 10n, cost0: 2n * 10n ** 19n, cost1: 4n * 10n ** 10n },
    ...{ maxCapital1: 4n * 10n ** 10n, depositedValue0: 2n * 10n ** 19n, depositedValue1: 4n * 10n ** 10n },
    ...row,
  });
}

/** In a v4 pool by its position manager, with nothing owed and nothing paid. */
export function v4Position(row: Partial<PositionRow> = {}): PositionRow {
  const { tokenId = 7n, manager = V4_MANAGER } = row;
  return ranked({
    ...position(),
    ...{ collected0: 0n, collected1: 0n, debited0: 0n, debited1: 0n, withdrawn0: 0n, withdrawn1: 0n },
    ...{ withdrawnValue0: 0n, withdrawnValue1: 0n },
    ...{ positionId: `${manager}:${tokenId}`, protocol: "UNISWAP_V4", poolId: V4_POOL, manager, tokenId },
    ...row,
  });
}

/** At the price and with the liquidity of {@link pool}; without hooks unless given. */
export function v4Pool(row: Partial<PoolRow> = {}): PoolRow {
  return pool({ protocol: "UNISWAP_V4", poolId: V4_POOL, hooks: NO_HOOKS, feeProtocol1: 0, ...row });
}

/** The position as it was after the block of its opening. */
export function snapshotOf(row: PositionRow): PositionSnapshotRow {
  return { ...row, blockNumber: row.openedBlock };
}

/** With the doubles that lists rank by. */
export function ranked(row: PositionRow): PositionRow {
  return { ...row, ...rankPosition(row as Parameters<typeof rankPosition>[0]) };
}
