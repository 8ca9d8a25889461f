import type * as tables from "../../ponder.schema.ts";

export type BlockRow = typeof tables.block.$inferInsert;
export type TokenRow = typeof tables.token.$inferInsert;
export type PoolRow = typeof tables.pool.$inferInsert;
export type PoolSnapshotRow = typeof tables.poolSnapshot.$inferInsert;
export type PositionRow = typeof tables.position.$inferInsert;
export type PositionSnapshotRow = typeof tables.positionSnapshot.$inferInsert;
export type OwnershipRow = typeof tables.ownership.$inferInsert;
export type TickRow = typeof tables.tick.$inferInsert;
export type TickSnapshotRow = typeof tables.tickSnapshot.$inferInsert;
export type CoreRow = typeof tables.corePositionSnapshot.$inferInsert;

type Hex = `0x${string}`;

/** An address of which only the last digits matter: `address("a1")` ends in a1. */
export function address(end: string): Hex {
  return `0x${end.padStart(40, "0")}`;
}

export const WETH = address("e1");
export const USDC = address("c1");
export const POOL = address("b1");
export const MANAGER = address("a1");
export const ALICE = address("d1");

export function block(row: Partial<BlockRow> = {}): BlockRow {
  const { chainId = 1, number = 100 } = row;
  const hash = `0x${(number * 16 + chainId).toString(16).padStart(64, "0")}` as const;
  return {
    chainId,
    number,
    hash,
    parentHash: `0x${"0".repeat(64)}`,
    timestamp: 1_700_000_000 + number,
    ...row,
  };
}

export function token(row: Partial<TokenRow> = {}): TokenRow {
  return { chainId: 1, address: WETH, symbol: "WETH", name: "Wrapped Ether", decimals: 18, ...row };
}

/** A pool before anything was earned, paid or counted in it. */
export const NO_FLOWS = {
  ...{ feeGrowthGlobal0X128: 0n, feeGrowthGlobal1X128: 0n, protocolFees0: 0n, protocolFees1: 0n },
  ...{ lvrGrowthGlobalX128: 0n, lvrSqrtPriceX96: 3632919503999448234869331n, lvrTick: -199811 },
  ...{ lvrX128: 0n, lvrPerSwapX128: 0n },
  ...{ balance0: 0n, balance1: 0n, principalOwed0: 0n, principalOwed1: 0n },
  ...{ swaps: 0, mints: 0, burns: 0, volume0: 0n, volume1: 0n },
  ...{ feesProtocol0: 0n, feesProtocol1: 0n, feesProtocolValue0: 0n, feesProtocolValue1: 0n },
  ...{ feesLp0: 0n, feesLp1: 0n, feesLpValue0: 0n, feesLpValue1: 0n, quarantinedBlock: null },
  ...{ shares: null, kLast: null, feeOn: null, basisX64: null, tokenMovesBalances: null },
};

/** 18 and 6 decimals, at tick -199811 exactly. */
export function pool(row: Partial<PoolRow> = {}): PoolRow {
  return {
    chainId: 1,
    poolId: POOL,
    protocol: "UNISWAP_V3",
    factory: address("f1"),
    token0: WETH,
    token1: USDC,
    ...{ fee: 3000, swapFee: 3000, dynamicFee: false, hooks: null },
    tickSpacing: 60,
    riskToken: 0,
    createdBlock: 10,
    createdTimestamp: 1_700_000_010,
    trackedFromBlock: 10,
    trackedFromTimestamp: 1_700_000_010,
    changedBlock: 10,
    awaitsManager: false,
    ...NO_FLOWS,
    sqrtPriceX96: 3632919503999448234869331n,
    tick: -199811,
    liquidity: 6_000_000_000_000_000n,
    feeProtocol0: 0,
    feeProtocol1: 4,
    sqrtPriceDouble: 0.00004585389,
    ...row,
  };
}

/** The pool after a block. */
export function poolSnapshot(row: Partial<PoolSnapshotRow> = {}): PoolSnapshotRow {
  const { sqrtPriceX96, tick, sqrtPriceDouble, liquidity, feeProtocol0, feeProtocol1 } = pool();
  const price = { sqrtPriceX96, tick, sqrtPriceDouble };
  const key = { chainId: 1, poolId: POOL, blockNumber: 20 };
  return { ...key, ...price, liquidity, feeProtocol0, feeProtocol1, ...NO_FLOWS, ...row };
}

/** A position that has earned nothing, and was paid the principal that it withdrew. */
export const NO_FEES = {
  basisX64: null,
  ...{
    feeGrowthInside0LastX128: 0n,
    feeGrowthInside1LastX128: 0n,
    secondsInsideLast: 0,
    lvrInsideLastX128: 0n,
  },
  ...{ tokensOwed0: 0n, tokensOwed1: 0n, feesAccrued0: 0n, feesAccrued1: 0n },
  ...{ collected0: 13758161189406625917n, collected1: 65416588660n },
  ...{ debited0: 13758161189406625917n, debited1: 65416588660n, feesTaken0: 0n, feesTaken1: 0n },
  ...{ feesCollected0Value1: 0n, feesCollected1Value0: 0n },
  ...{ secondsOpen: 0, secondsInRange: 0, settledTimestamp: 1_700_000_020, lvrX128: 0n, capitalSeconds1: 0n },
};

/**
 * The worked example: 10^16 put in at tick -200311, 5 * 10^15 at -199311, 9 * 10^15 taken out at -198811.
 * Doubles are written of the integers unless given.
 */
export function position(row: Partial<PositionRow> = {}): PositionRow {
  const { tickLower = -202080, tickUpper = -197280 } = row;
  const exact = {
    chainId: 1,
    positionId: `${MANAGER}:7`,
    protocol: "UNISWAP_V3",
    poolId: POOL,
    owner: ALICE,
    custodian: null,
    transfers: 0,
    manager: MANAGER,
    tokenId: 7n,
    tickLower,
    tickUpper,
    openedBlock: 20,
    openedTimestamp: 1_700_000_020,
    closedBlock: null,
    closedTimestamp: null,
    liquidity: 6_000_000_000_000_000n,
    hold0: 16684813541769073517n,
    hold1: 27299059861n,
    entryValue1: 34234278267n,
    cost0: 29755672457817309098n,
    cost1: 61533338127n,
    maxCapital1: 153833345317n,
    realizedIl0: -739291376993018930n,
    realizedIl1: -1717889797n,
    deposited0: 41712033854422683791n,
    deposited1: 68247649651n,
    withdrawn0: 13758161189406625917n,
    withdrawn1: 65416588660n,
    depositedValue0: 74389181144543272744n,
    depositedValue1: 153833345317n,
    withdrawnValue0: 41910095027632723244n,
    withdrawnValue1: 97386398493n,
    released0: 25027220312653610274n,
    released1: 40948589790n,
    ...NO_FEES,
    ...row,
  };
  return {
    ...exact,
    liquidityDouble: Number(exact.liquidity),
    sqrtPriceLowerDouble: 1.0001 ** (tickLower / 2),
    sqrtPriceUpperDouble: 1.0001 ** (tickUpper / 2),
    hold0Double: Number(exact.hold0),
    hold1Double: Number(exact.hold1),
    realizedIl1Double: Number(exact.realizedIl1),
    feesOffset0Double: offset(exact, exact.feeGrowthInside0LastX128, exact.feesAccrued0),
    feesOffset1Double: offset(exact, exact.feeGrowthInside1LastX128, exact.feesAccrued1),
    owedOffset0Double: offset(exact, exact.feeGrowthInside0LastX128, exact.tokensOwed0),
    owedOffset1Double: offset(exact, exact.feeGrowthInside1LastX128, exact.tokensOwed1),
    uncollectedOffset0Double: offset(exact, exact.feeGrowthInside0LastX128, exact.tokensOwed0),
    uncollectedOffset1Double: offset(exact, exact.feeGrowthInside1LastX128, exact.tokensOwed1),
    flows1Double: Number(exact.withdrawnValue1 - exact.depositedValue1),
    ...row,
  };
}

/** The worked example's one owner, who holds it still. What lists are ranked by is 0 unless given. */
export function ownership(row: Partial<OwnershipRow> = {}): OwnershipRow {
  return {
    ...position(),
    ...{ number: 0, fromBlock: 20, fromTimestamp: 1_700_000_020, toBlock: null, toTimestamp: null },
    ...{ feesBefore0: 0n, feesBefore1: 0n, feesAfter0: null, feesAfter1: null },
    ...{ receivable0: 0n, receivable1: 0n, receivedValue0: 0n, receivedValue1: 0n },
    ...{ recoveredValue0: 0n, recoveredValue1: 0n, feesCollectedValue0: 0n, feesCollectedValue1: 0n },
    ...row,
  };
}

/** An amount less what the growth up to the last touch makes of the liquidity. */
function offset({ liquidity }: { liquidity: bigint }, last: bigint, amount: bigint): number {
  return Number(amount) - Number((liquidity * BigInt.asIntN(256, last)) / 2n ** 128n);
}

/** An initialised tick of the pool, nothing of any growth on its far side. */
export function tickSnapshot(row: Partial<TickSnapshotRow> = {}): TickSnapshotRow {
  return {
    ...{ chainId: 1, poolId: POOL, tick: -202080, blockNumber: 20 },
    ...{ liquidityGross: 6_000_000_000_000_000n, liquidityNet: 6_000_000_000_000_000n },
    ...{ feeGrowthOutside0X128: 0n, feeGrowthOutside1X128: 0n, secondsOutside: 0, lvrOutsideX128: 0n },
    ...row,
  };
}

/** What the pool keeps for the manager of the worked example. */
export function core(row: Partial<CoreRow> = {}): CoreRow {
  return {
    ...{ chainId: 1, corePositionId: `${POOL}:${MANAGER}:-202080:-197280`, blockNumber: 20 },
    liquidity: 6_000_000_000_000_000n,
    ...{
      feeGrowthInside0LastX128: 0n,
      feeGrowthInside1LastX128: 0n,
      secondsInsideLast: 0,
      lvrInsideLastX128: 0n,
    },
    ...{ tokensOwed0: 0n, tokensOwed1: 0n },
    ...row,
  };
}
