import * as tables from "../../ponder.schema.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import {
  address,
  block,
  MANAGER,
  NO_FEES,
  POOL,
  type PoolSnapshotRow,
  pool,
  poolSnapshot,
  position,
  token,
  USDC,
} from "./rows.ts";

/** Block 100 is on the hour; each later one comes an hour after. */
export const HOUR_0 = 1_699_999_200;
export const timeOf = (blockNumber: number): number => HOUR_0 + (blockNumber - 100) * 3_600;

/** NFT, [-60, 60), 10^18; and held in the pool itself, [-600, 600), 5 * 10^17. */
export const A = `1:${MANAGER}:7`;
export const BOB = address("d2");
export const B = `1:${POOL}:${BOB}:-600:600`;
export const CORE_A = `${POOL}:${MANAGER}:-60:60`;

const FG0_S1 = 14264512457352945109763889445166677n;
const FG0_S4 = 14264512457353625674497731322093603n;
const FG1_S3 = 10844425927126543848578735375817243n;
/** Growth of token0 when S1 crossed tick -60: fee of a full step, ceil(4506531094112889 * 3000 / 997000), over 1.5 * 10^18. */
const FG0_AT_60 = 3076214778952021631386214438833170n;
/** Loss versus rebalancing, worked out by the formula of metrics 7.1 in whole numbers apart from the code. */
const LVR = {
  sampled102: {
    lvrGrowthGlobalX128: 64239947091666766046096644626914724n,
    lvrSqrtPriceX96: 78139577256552007988194929836n,
    lvrTick: -277,
  },
  sampled103: {
    lvrGrowthGlobalX128: 97538314147875940783332941240260394n,
    lvrSqrtPriceX96: 78917913163490934909760147909n,
    lvrTick: -79,
  },
  sampled105: {
    lvrGrowthGlobalX128: 97827802446537424956542374718924313n,
    lvrSqrtPriceX96: 78990846045029531151608375686n,
    lvrTick: -60,
  },
  below60At102: 24838105867481067232554743449085800n,
  below60At105: 72989696579056357723987631269838513n,
};

const MINTS = { balance0: 17771860395479366n, balance1: 17771860395479366n, mints: 2 };

/** The published vector of metrics 5.10: two mints, five swaps, and a change of the protocol's fee. */
const states: readonly (Partial<PoolSnapshotRow> & { blockNumber: number })[] = [
  {
    ...{
      blockNumber: 100,
      sqrtPriceX96: 2n ** 96n,
      tick: 0,
      sqrtPriceDouble: 1,
      liquidity: 15n * 10n ** 17n,
    },
    ...{ lvrSqrtPriceX96: 2n ** 96n, lvrTick: 0, feeProtocol0: 0, feeProtocol1: 0, ...MINTS },
  },
  {
    ...{
      blockNumber: 101,
      sqrtPriceX96: 78139577256552007988194929836n,
      tick: -277,
      liquidity: 5n * 10n ** 17n,
    },
    ...{ feeGrowthGlobal0X128: FG0_S1, balance0: 27771860395479366n, balance1: 7906566625095012n, swaps: 1 },
    ...{ volume0: 10000000000000000n, volume1: 9865293770384354n, feesLp0: 30000000000000n },
    ...{ feesLpValue0: 30000000000000n, feesLpValue1: 29181891000000n },
  },
  {
    ...{ blockNumber: 102, sqrtPriceX96: 78917913163490934909760147909n, tick: -79, ...LVR.sampled102 },
    ...{ feeGrowthGlobal1X128: 10058958672834662233939513342351071n, swaps: 2 },
    ...{ balance0: 22771860395479366n, balance1: 12833337081374725n },
    ...{ volume0: 15000000000000000n, volume1: 14792064226664067n, feesLp1: 14780311368840n },
    ...{ feesLpValue0: 44897000000000n, feesLpValue1: 43962202368840n },
  },
  { blockNumber: 103, feeProtocol0: 4, feeProtocol1: 6, ...LVR.sampled103 },
  {
    ...{
      blockNumber: 104,
      sqrtPriceX96: 78990846045029531151608375686n,
      tick: -60,
      liquidity: 15n * 10n ** 17n,
    },
    ...{ feeGrowthGlobal1X128: FG1_S3, protocolFees1: 230828080043n, feesProtocol1: 230828080043n, swaps: 3 },
    ...{ feesProtocolValue0: 232220000000n, feesProtocolValue1: 230828080043n },
    ...{ balance0: 22308391489592257n, balance1: 13294993241462299n },
    ...{ volume0: 15463468905887109n, volume1: 15253720386751641n },
  },
  {
    ...{
      blockNumber: 105,
      tick: -61,
      liquidity: 5n * 10n ** 17n,
      feeGrowthGlobal0X128: FG0_S4,
      ...LVR.sampled105,
    },
    ...{ swaps: 4, balance0: 22308391489592258n, volume0: 15463468905887110n, feesLp0: 30000000000001n },
  },
  {
    ...{
      blockNumber: 106,
      sqrtPriceX96: 79148827001082974240769902322n,
      tick: -21,
      liquidity: 15n * 10n ** 17n,
    },
    ...{ lvrTick: -61, feeGrowthGlobal1X128: 12545837761731236165895608412976084n, swaps: 5 },
    ...{ protocolFees1: 1730828080043n, feesProtocol1: 1730828080043n, feesProtocolValue1: 1730828080043n },
    ...{ feesProtocolValue0: 1735220000000n, feesLp1: 22280311368840n, feesLpValue1: 51462202368840n },
    ...{ balance0: 19305398404582357n, balance1: 16294993241462299n },
    ...{ volume0: 18466461990897011n, volume1: 18253720386751641n, feesLpValue0: 52411000000000n },
  },
];

/** Tick -60 is crossed at S1, S3, S4 and S5; for loss versus rebalancing one sample later. */
const tick60 = (blockNumber: number, fees0: bigint, fees1: bigint, seconds: number, lvr: bigint) => ({
  ...{
    chainId: 1,
    poolId: POOL,
    tick: -60,
    blockNumber,
    liquidityGross: 10n ** 18n,
    liquidityNet: 10n ** 18n,
  },
  ...{
    feeGrowthOutside0X128: fees0,
    feeGrowthOutside1X128: fees1,
    secondsOutside: seconds,
    lvrOutsideX128: lvr,
  },
});

const HOUR = 3_600;

const ticks = [
  tick60(100, 0n, 0n, timeOf(100), 0n),
  tick60(101, FG0_AT_60, 0n, HOUR, 0n),
  tick60(102, FG0_AT_60, 0n, HOUR, LVR.below60At102),
  tick60(104, FG0_S1 - FG0_AT_60, FG1_S3, timeOf(104) - HOUR, LVR.below60At102),
  tick60(105, FG0_AT_60, 0n, 2 * HOUR, LVR.below60At105),
  tick60(106, FG0_S4 - FG0_AT_60, FG1_S3, timeOf(106) - 2 * HOUR, LVR.below60At102),
  { ...tick60(100, 0n, 0n, 0, 0n), tick: 60, liquidityNet: -(10n ** 18n) },
  ...[-600, 600].map((tick) => ({
    ...tick60(100, 0n, 0n, tick < 0 ? timeOf(100) : 0, 0n),
    ...{ tick, liquidityGross: 5n * 10n ** 17n, liquidityNet: tick < 0 ? 5n * 10n ** 17n : -5n * 10n ** 17n },
  })),
];

function opened(amount: bigint, liquidity: bigint) {
  return {
    ...NO_FEES,
    ...{ openedBlock: 100, openedTimestamp: timeOf(100), settledTimestamp: timeOf(100), liquidity },
    ...{ hold0: amount, hold1: amount, entryValue1: amount, deposited0: amount, deposited1: amount },
    ...{ depositedValue0: 2n * amount, depositedValue1: 2n * amount, withdrawn0: 0n, withdrawn1: 0n },
    ...{ withdrawnValue0: 0n, withdrawnValue1: 0n, realizedIl0: 0n, realizedIl1: 0n },
    ...{ released0: 0n, released1: 0n, collected0: 0n, collected1: 0n, debited0: 0n, debited1: 0n },
  };
}

/**
 * On chain 1, in a pool of two tokens of 18 decimals; the head, block 107, has an event of another pool. `until`: as it
 * was when that block was the head.
 */
export async function createVectorWorld(until = 107): Promise<TestDatabase> {
  const db = await createPglite();
  const { database } = db;
  const numbers = [90, 100, 101, 102, 103, 104, 105, 106, 107].filter((number) => number <= until);
  await database
    .insert(tables.block)
    .values(numbers.map((number) => block({ number, timestamp: timeOf(number) })));
  await database.insert(tables.token).values([token(), token({ address: USDC, symbol: "DAI" })]);
  const created = { createdBlock: 100, createdTimestamp: timeOf(100) };
  const terms = pool({ ...created, trackedFromBlock: 100, trackedFromTimestamp: timeOf(100) });
  let now = poolSnapshot();
  for (const change of states.filter(({ blockNumber }) => blockNumber <= until)) {
    now = { ...now, ...change };
    await database.insert(tables.poolSnapshot).values(now);
  }
  const { blockNumber: changedBlock, ...state } = now;
  await database.insert(tables.pool).values({ ...terms, ...state, changedBlock });
  const written = ticks.filter(({ blockNumber }) => blockNumber <= until);
  await database.insert(tables.tickSnapshot).values(written);
  for (const { blockNumber: _, ...row } of written) {
    await database
      .insert(tables.tick)
      .values(row)
      .onConflictDoUpdate({
        target: [tables.tick.chainId, tables.tick.poolId, tables.tick.tick],
        set: row,
      });
  }
  await insertPositions(db);
  return db;
}

async function insertPositions({ database }: TestDatabase): Promise<void> {
  const a = position({ ...opened(2995354955910781n, 10n ** 18n), tickLower: -60, tickUpper: 60 });
  const b = position({
    ...opened(14776505439568585n, 5n * 10n ** 17n),
    ...{ positionId: B.slice(2), manager: null, tokenId: null, owner: BOB, tickLower: -600, tickUpper: 600 },
  });
  await database.insert(tables.position).values([a, b]);
  await database.insert(tables.positionSnapshot).values([a, b].map((row) => ({ ...row, blockNumber: 100 })));
  const { feeGrowthInside0LastX128, feeGrowthInside1LastX128, secondsInsideLast, lvrInsideLastX128 } =
    NO_FEES;
  await database.insert(tables.corePositionSnapshot).values({
    ...{ chainId: 1, corePositionId: CORE_A, blockNumber: 100, liquidity: 10n ** 18n },
    ...{ feeGrowthInside0LastX128, feeGrowthInside1LastX128, secondsInsideLast, lvrInsideLastX128 },
    ...{ tokensOwed0: 0n, tokensOwed1: 0n },
  });
}
