import type * as tables from "../../ponder.schema.ts";

export type BlockRow = typeof tables.block.$inferInsert;
export type TokenRow = typeof tables.token.$inferInsert;
export type PoolRow = typeof tables.pool.$inferInsert;
export type PoolSnapshotRow = typeof tables.poolSnapshot.$inferInsert;
export type PositionRow = typeof tables.position.$inferInsert;

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

/** 18 and 6 decimals, at tick -199811 exactly. */
export function pool(row: Partial<PoolRow> = {}): PoolRow {
  return {
    chainId: 1,
    poolId: POOL,
    protocol: "UNISWAP_V3",
    factory: address("f1"),
    token0: WETH,
    token1: USDC,
    fee: 3000,
    tickSpacing: 60,
    riskToken: 0,
    createdBlock: 10,
    createdTimestamp: 1_700_000_010,
    trackedFromBlock: 10,
    trackedFromTimestamp: 1_700_000_010,
    sqrtPriceX96: 3632919503999448234869331n,
    tick: -199811,
    liquidity: 6_000_000_000_000_000n,
    feeProtocol0: 0,
    feeProtocol1: 4,
    sqrtPriceDouble: 0.00004585389,
    ...row,
  };
}

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
    ...row,
  };
}
