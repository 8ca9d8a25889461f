import { index, onchainTable, primaryKey, sql } from "ponder";

/**
 * Every table. Amounts are raw integers of the token's smallest unit, liquidity and prices are the contract's
 * own fixed point (`X96` = Q64.96). Columns named `…Double` are twins of an exact column beside them, in the
 * unit that their comment names: lists are ranked by them, nothing is shown from them.
 * Valued sums are `numeric` without a bound: a token's amount times an extreme price outgrows the 78 digits of
 * Ponder's bigint, and an overflow would stop the indexer for good.
 * `blockNumber`, `…Timestamp` (unix seconds), ticks and fees fit 32 bits, as in the API.
 */

type Columns = Parameters<Extract<Parameters<typeof onchainTable>[1], (columns: never) => unknown>>[0];

/**
 * A whole number in a primary key that anyone could also make the amount of an event. Ponder takes such a
 * coincidence for a rule and looks rows up by later amounts, which no fixed-width integer holds: the block that
 * they stand in could then not be indexed.
 */
const keyInteger = (t: Columns) => t.numeric({ mode: "number" }).notNull();

/** One row for each block with an indexed event of the chain; "now" is the newest. */
export const block = onchainTable(
  "block",
  (t) => ({
    chainId: t.integer().notNull(),
    number: keyInteger(t),
    hash: t.hex().notNull(),
    parentHash: t.hex().notNull(),
    timestamp: t.integer().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.number] }),
    timestamp: index().on(table.chainId, table.timestamp),
  }),
);

/** What the token's contract says of itself; null where it gives nothing that can be read. */
export const token = onchainTable(
  "token",
  (t) => ({
    chainId: t.integer().notNull(),
    address: t.hex().notNull(),
    symbol: t.text(),
    name: t.text(),
    decimals: t.integer(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.address] }) }),
);

/** What of a pool changes. */
const poolState = (t: Columns) => ({
  /** Null until Initialize, with `tick` and `sqrtPriceDouble`. */
  sqrtPriceX96: t.bigint(),
  tick: t.integer(),
  /** In range. */
  liquidity: t.bigint().notNull(),
  /** LP fee in pips, of the last known swap or event; null on a dynamic-fee pool before the first of them. */
  fee: t.integer(),
  /** What the last swap paid in all, pips; the LP fee alone where the protocol's part comes out of it. */
  swapFee: t.integer(),
  /**
   * The protocol's part on each token's input, 0 = none: on v3 the denominator of its share of the fee, on
   * PancakeSwap its share in 1/10,000, on Algebra in 1/1,000, on v4 pips of the input. Always 0 on v2.
   */
  feeProtocol0: t.integer().notNull(),
  feeProtocol1: t.integer().notNull(),
  /** sqrtPriceX96 / 2^96 */
  sqrtPriceDouble: t.doublePrecision(),
  /** Fees a unit of in-range liquidity, modulo 2^256, as the contract keeps them. */
  feeGrowthGlobal0X128: t.bigint().notNull(),
  feeGrowthGlobal1X128: t.bigint().notNull(),
  /** Owed to the protocol and not yet collected by it. */
  protocolFees0: t.bigint().notNull(),
  protocolFees1: t.bigint().notNull(),
  /** Loss versus rebalancing a unit of liquidity over all prices, token1 units times 2^128, up to the last sample. */
  lvrGrowthGlobalX128: t.numeric({ mode: "bigint" }).notNull(),
  /** The last sample: ticks are on the side of it that this tick says. Null until Initialize. */
  lvrSqrtPriceX96: t.bigint(),
  lvrTick: t.integer(),
  /**
   * Of all liquidity since the pool's creation, token1 units times 2^128: sampled at block ends and at changes of
   * liquidity, the move since the last sample counted; and sampled after every swap.
   */
  lvrX128: t.numeric({ mode: "bigint" }).notNull(),
  lvrPerSwapX128: t.numeric({ mode: "bigint" }).notNull(),
  /**
   * What the logs say that the pool holds: all that they paid in less all that they paid out. A flash of a
   * token that mints at will may pay 2^255 as often as it likes: no bound on these and on the fees below.
   */
  balance0: t.numeric({ mode: "bigint" }).notNull(),
  balance1: t.numeric({ mode: "bigint" }).notNull(),
  /** Principal withdrawn from positions and not yet collected. */
  principalOwed0: t.bigint().notNull(),
  principalOwed1: t.bigint().notNull(),
  /** Counts and sums since the pool's creation; a past snapshot taken off gives those of a window. */
  swaps: t.integer().notNull(),
  mints: t.integer().notNull(),
  burns: t.integer().notNull(),
  /** Unsigned legs of swaps. */
  volume0: t.bigint().notNull(),
  volume1: t.bigint().notNull(),
  /** Fees of swaps and flashes, by the party that they go to, and each valued at the price after its own event. */
  feesProtocol0: t.numeric({ mode: "bigint" }).notNull(),
  feesProtocol1: t.numeric({ mode: "bigint" }).notNull(),
  feesProtocolValue0: t.numeric({ mode: "bigint" }).notNull(),
  feesProtocolValue1: t.numeric({ mode: "bigint" }).notNull(),
  feesLp0: t.numeric({ mode: "bigint" }).notNull(),
  feesLp1: t.numeric({ mode: "bigint" }).notNull(),
  feesLpValue0: t.numeric({ mode: "bigint" }).notNull(),
  feesLpValue1: t.numeric({ mode: "bigint" }).notNull(),
  /** v2 alone, null elsewhere: LP-token supply, 1,000 locked ones included. */
  shares: t.bigint(),
  /** v2: reserve product after the last Mint or Burn: the contract's kLast where the protocol's fee is on; null on other protocols. */
  kLast: t.bigint(),
  /** v2: whether the protocol's fee is on, as far as its mints of shares told; null while nothing has. */
  feeOn: t.boolean(),
  /** v2: the principal liquidity of all shares, times 2^64. */
  basisX64: t.bigint(),
  /** v2: whether reserves ever changed without a trade, a deposit or a withdrawal. Null on other protocols. */
  tokenMovesBalances: t.boolean(),
  /** From this block on the logs do not fit: all that comes from growth is unknown. Null while they do. */
  quarantinedBlock: t.integer(),
});

export const pool = onchainTable(
  "pool",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    protocol: t.text().notNull(),
    /** The contract that made it; on v4 the PoolManager. */
    factory: t.hex().notNull(),
    /** 0x0 is the chain's native currency. */
    token0: t.hex().notNull(),
    token1: t.hex().notNull(),
    /** Whether the fee can change between swaps without an event. */
    dynamicFee: t.boolean().notNull(),
    /** Null on v2. On Algebra the present one: it may change (see `spacingSnapshot`). */
    tickSpacing: t.integer(),
    /** v4 alone: 0x0 for none. */
    hooks: t.hex(),
    /** 0 or 1: the side that is the risk, the other being cash. */
    riskToken: t.integer().notNull(),
    /** Null where the creation itself was not seen (a listed pool is known from its Initialize on). */
    createdBlock: t.integer(),
    createdTimestamp: t.integer(),
    trackedFromBlock: t.integer().notNull(),
    trackedFromTimestamp: t.integer().notNull(),
    /** Of the last event that changed it. */
    changedBlock: t.integer().notNull(),
    /** A Mint, Burn or Collect of the position manager's that its very next log is to claim; null between. */
    awaitsManager: t.boolean().notNull(),
    ...poolState(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.poolId] }),
    token0: index().on(table.chainId, table.token0),
    token1: index().on(table.chainId, table.token1),
  }),
);

/** The pool after the last event of the block. */
export const poolSnapshot = onchainTable(
  "pool_snapshot",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    blockNumber: keyInteger(t),
    ...poolState(t),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId, table.blockNumber] }) }),
);

/** Of each growth the part on the far side of the tick, seen from the current one (LVR: from the last sample's). */
const tickState = (t: Columns) => ({
  liquidityGross: t.bigint().notNull(),
  liquidityNet: t.bigint().notNull(),
  feeGrowthOutside0X128: t.bigint().notNull(),
  feeGrowthOutside1X128: t.bigint().notNull(),
  /** Of unix time: global is the block's timestamp. */
  secondsOutside: t.integer().notNull(),
  lvrOutsideX128: t.numeric({ mode: "bigint" }).notNull(),
});

/** A tick that was ever initialised; gross 0 means that it is not now. */
export const tick = onchainTable(
  "tick",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    tick: keyInteger(t),
    ...tickState(t),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId, table.tick] }) }),
);

/** The tick after the last event of the block that changed it. */
export const tickSnapshot = onchainTable(
  "tick_snapshot",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    tick: keyInteger(t),
    blockNumber: keyInteger(t),
    ...tickState(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.poolId, table.tick, table.blockNumber] }),
  }),
);

/** The contract's tickBitmap: bit i of word w is set where compressed tick 256 w + i is initialised. */
export const tickWord = onchainTable(
  "tick_word",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    word: keyInteger(t),
    bitmap: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId, table.word] }) }),
);

/** The level above: bit i of row n is set where word 256 n + i is not empty. */
export const tickWordIndex = onchainTable(
  "tick_word_index",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    wordIndex: keyInteger(t),
    bitmap: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId, table.wordIndex] }) }),
);

/** Growth inside a range when its position was last settled; only differences mean anything. */
const growthInsideLast = (t: Columns) => ({
  feeGrowthInside0LastX128: t.bigint().notNull(),
  feeGrowthInside1LastX128: t.bigint().notNull(),
  /** These two are settled when liquidity changes, not at a poke. */
  secondsInsideLast: t.integer().notNull(),
  lvrInsideLastX128: t.numeric({ mode: "bigint" }).notNull(),
});

/** What was put in, taken out and is still at work, and when. */
const ledgerState = (t: Columns) => ({
  liquidity: t.bigint().notNull(),
  /** The average-cost basket: what was put in and not yet taken out. */
  hold0: t.bigint().notNull(),
  hold1: t.bigint().notNull(),
  /** The token0 part of the basket in token1 units, at the prices of its deposits. */
  entryValue1: t.numeric({ mode: "bigint" }).notNull(),
  /** What the deposits still at work cost at their own prices, in token0 and in token1 units; in token1 also the capital. */
  cost0: t.numeric({ mode: "bigint" }).notNull(),
  cost1: t.numeric({ mode: "bigint" }).notNull(),
  /** The greatest `cost1` so far. */
  maxCapital1: t.numeric({ mode: "bigint" }).notNull(),
  /** Impermanent loss booked at withdrawals, in token0 and in token1 units; negative is a loss. */
  realizedIl0: t.numeric({ mode: "bigint" }).notNull(),
  realizedIl1: t.numeric({ mode: "bigint" }).notNull(),
  /** Sums over all deposits and all principal withdrawals, unsigned. */
  deposited0: t.bigint().notNull(),
  deposited1: t.bigint().notNull(),
  withdrawn0: t.bigint().notNull(),
  withdrawn1: t.bigint().notNull(),
  /** The same flows, each valued at the pool price of its own event, in token0 and in token1 units. */
  depositedValue0: t.numeric({ mode: "bigint" }).notNull(),
  depositedValue1: t.numeric({ mode: "bigint" }).notNull(),
  withdrawnValue0: t.numeric({ mode: "bigint" }).notNull(),
  withdrawnValue1: t.numeric({ mode: "bigint" }).notNull(),
  /** What left the basket at withdrawals. */
  released0: t.bigint().notNull(),
  released1: t.bigint().notNull(),
  /** Up to the last change of liquidity: time with liquidity, when that change was, and capital times seconds, token1. */
  secondsOpen: t.integer().notNull(),
  settledTimestamp: t.integer().notNull(),
  capitalSeconds1: t.numeric({ mode: "bigint" }).notNull(),
});

/** What of a position changes, by its own events alone. */
const positionState = (t: Columns) => ({
  /** The last holder, where the NFT has been burnt. */
  owner: t.hex().notNull(),
  /** The known staking contract that holds the NFT for its owner; null where the owner has it. */
  custodian: t.hex(),
  /** How often it went from owner to owner: the number of the present ownership. */
  transfers: t.integer().notNull(),
  /** Null while liquidity is held. */
  closedBlock: t.integer(),
  closedTimestamp: t.integer(),
  ...ledgerState(t),
  ...growthInsideLast(t),
  /** v2 alone: principal liquidity times 2^64, of which `liquidity` is the LP tokens. Null elsewhere. */
  basisX64: t.bigint(),
  /** As the contract keeps it at its last touch, modulo 2^128: fees and withdrawn principal, not yet collected. */
  tokensOwed0: t.bigint().notNull(),
  tokensOwed1: t.bigint().notNull(),
  /** Fees credited by growth so far, counted apart from all flows. */
  feesAccrued0: t.bigint().notNull(),
  feesAccrued1: t.bigint().notNull(),
  /**
   * Paid out by the pool, principal and fees together. A v2 pair pays 2^246 and more of a token that answers any
   * balance, as often as its maker likes: no bound on these.
   */
  collected0: t.numeric({ mode: "bigint" }).notNull(),
  collected1: t.numeric({ mode: "bigint" }).notNull(),
  /** Taken off `tokensOwed` for it: an NFT's may be some units more than was paid. */
  debited0: t.numeric({ mode: "bigint" }).notNull(),
  debited1: t.numeric({ mode: "bigint" }).notNull(),
  /** Fees taken off `tokensOwed` before the last withdrawal of principal: no later principal was paid by them. */
  feesTaken0: t.numeric({ mode: "bigint" }).notNull(),
  feesTaken1: t.numeric({ mode: "bigint" }).notNull(),
  /**
   * The fee part of `collected`, withdrawn principal counting as collected first, at the prices of its collections: the
   * token0 of it in token1 units, and the token1 of it in token0 units.
   */
  feesCollected0Value1: t.numeric({ mode: "bigint" }).notNull(),
  feesCollected1Value0: t.numeric({ mode: "bigint" }).notNull(),
  /** Up to the last change of liquidity: seconds of `secondsOpen` in range, and loss versus rebalancing, token1 units times 2^128. */
  secondsInRange: t.integer().notNull(),
  lvrX128: t.numeric({ mode: "bigint" }).notNull(),
});

/** Square roots of the raw price at a range's bounds. */
const rangeDoubles = (t: Columns) => ({
  sqrtPriceLowerDouble: t.doublePrecision().notNull(),
  sqrtPriceUpperDouble: t.doublePrecision().notNull(),
});

/**
 * What lists are ranked by. With the growth inside the range (signed, over 2^128), in raw units: fees earned =
 * liquidity x inside + feesOffset, owed = ... + owedOffset, uncollected fees = ... + uncollectedOffset; profit, in
 * token1 units = inventory + uncollected fees + flows1.
 */
const ranking = (t: Columns) => ({
  /** On v2 the principal liquidity: what the inventory follows from. */
  liquidityDouble: t.doublePrecision().notNull(),
  /** v2 alone: LP tokens, whose worth less the principal is fees. Null elsewhere. */
  sharesDouble: t.doublePrecision(),
  hold0Double: t.doublePrecision().notNull(),
  hold1Double: t.doublePrecision().notNull(),
  realizedIl1Double: t.doublePrecision().notNull(),
  feesOffset0Double: t.doublePrecision().notNull(),
  feesOffset1Double: t.doublePrecision().notNull(),
  owedOffset0Double: t.doublePrecision().notNull(),
  owedOffset1Double: t.doublePrecision().notNull(),
  uncollectedOffset0Double: t.doublePrecision().notNull(),
  uncollectedOffset1Double: t.doublePrecision().notNull(),
  flows1Double: t.doublePrecision().notNull(),
});

/** Of {@link ranking}, what does not vanish with the liquidity. */
const closedColumns = <T extends Record<ClosedColumn, unknown>>(table: T): T[ClosedColumn][] => [
  table.realizedIl1Double,
  ...[table.feesOffset0Double, table.feesOffset1Double],
  ...[table.owedOffset0Double, table.owedOffset1Double],
  ...[table.uncollectedOffset0Double, table.uncollectedOffset1Double],
  table.flows1Double,
];
type ClosedColumn =
  | "realizedIl1Double"
  | `${"fees" | "owed" | "uncollected"}Offset${0 | 1}Double`
  | "flows1Double";

const openColumns = <T extends Record<OpenColumn, unknown>>(table: T): T[OpenColumn][] => [
  ...[table.tickLower, table.tickUpper],
  ...[table.sqrtPriceLowerDouble, table.sqrtPriceUpperDouble],
  ...[table.liquidityDouble, table.sharesDouble, table.hold0Double, table.hold1Double],
  ...closedColumns(table),
];
type OpenColumn =
  | ClosedColumn
  | "tickLower"
  | "tickUpper"
  | "sqrtPriceLowerDouble"
  | "sqrtPriceUpperDouble"
  | "liquidityDouble"
  | "sharesDouble"
  | "hold0Double"
  | "hold1Double";

/**
 * An LP's position. `positionId` is `manager:tokenId` for an NFT, `pool:owner:tickLower:tickUpper` (v4: with `:salt`)
 * for one held in the pool itself and `pair:owner` for v2's LP tokens, all lower case. Written by its own liquidity events only, never by a swap.
 */
export const position = onchainTable(
  "position",
  (t) => ({
    chainId: t.integer().notNull(),
    positionId: t.text().notNull(),
    protocol: t.text().notNull(),
    poolId: t.hex().notNull(),
    /** Null, with `tokenId`, where the position is held in the pool itself. */
    manager: t.hex(),
    tokenId: t.bigint(),
    tickLower: t.integer().notNull(),
    tickUpper: t.integer().notNull(),
    openedBlock: t.integer().notNull(),
    openedTimestamp: t.integer().notNull(),
    ...positionState(t),
    ...rangeDoubles(t),
    ...ranking(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.positionId] }),
    pool: index().on(table.chainId, table.poolId),
    owner: index().on(table.owner),
    opened: index().on(table.openedTimestamp, table.chainId, table.positionId),
    // All that a pool's positions are ranked by, in the index itself: a fifth of the rows' bytes.
    open: index("position_open")
      .on(table.chainId, table.poolId, table.positionId, ...openColumns(table))
      .where(sql`liquidity_double > 0`),
    closed: index("position_closed")
      .on(table.chainId, table.poolId, table.positionId, table.closedTimestamp, ...closedColumns(table))
      .where(sql`liquidity_double = 0`),
  }),
);

/** The position after the last of its events in the block; what never changes stands in `position` alone. */
export const positionSnapshot = onchainTable(
  "position_snapshot",
  (t) => ({
    chainId: t.integer().notNull(),
    positionId: t.text().notNull(),
    blockNumber: keyInteger(t),
    ...positionState(t),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.positionId, table.blockNumber] }) }),
);

/** What of an owner's time with a position changes; see src/state/ownership.ts. */
const ownershipState = (t: Columns) => ({
  /** Null while it lasts. */
  toBlock: t.integer(),
  toTimestamp: t.integer(),
  ...ledgerState(t),
  /** Fees that the position had earned when it ended; null while it lasts, and where the pool was in quarantine. */
  feesAfter0: t.bigint(),
  feesAfter1: t.bigint(),
  /** What is left of the uncollected fees that came with the position. */
  receivable0: t.bigint().notNull(),
  receivable1: t.bigint().notNull(),
  /** What was collected of them, at the prices of its collections, in token0 and in token1 units. */
  recoveredValue0: t.numeric({ mode: "bigint" }).notNull(),
  recoveredValue1: t.numeric({ mode: "bigint" }).notNull(),
  /** Own fees collected, at the prices of their collections, in token0 and in token1 units. */
  feesCollectedValue0: t.numeric({ mode: "bigint" }).notNull(),
  feesCollectedValue1: t.numeric({ mode: "bigint" }).notNull(),
});

/**
 * One owner's time with a position, as a book of its own: a transfer ends it at market, as a withdrawal of
 * everything, and begins the next with a deposit of the same. `number` counts from 0; every position has one at least.
 */
export const ownership = onchainTable(
  "ownership",
  (t) => ({
    chainId: t.integer().notNull(),
    positionId: t.text().notNull(),
    number: keyInteger(t),
    owner: t.hex().notNull(),
    poolId: t.hex().notNull(),
    tickLower: t.integer().notNull(),
    tickUpper: t.integer().notNull(),
    fromBlock: t.integer().notNull(),
    fromTimestamp: t.integer().notNull(),
    /** Fees that the position had earned when it began; null where the pool was in quarantine. */
    feesBefore0: t.bigint(),
    feesBefore1: t.bigint(),
    /** Uncollected fees that came with the position, at the price of that moment, in token0 and in token1 units. */
    receivedValue0: t.numeric({ mode: "bigint" }).notNull(),
    receivedValue1: t.numeric({ mode: "bigint" }).notNull(),
    ...ownershipState(t),
    ...rangeDoubles(t),
    ...ranking(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.positionId, table.number] }),
    owner: index().on(table.owner, table.chainId),
    pool: index().on(table.chainId, table.poolId),
    open: index("ownership_open")
      .on(table.chainId, table.poolId, table.owner, ...openColumns(table))
      .where(sql`liquidity_double > 0`),
    closed: index("ownership_closed")
      .on(table.chainId, table.poolId, table.owner, ...closedColumns(table))
      .where(sql`liquidity_double = 0`),
  }),
);

/** The ownership after the last event of its position in the block. */
export const ownershipSnapshot = onchainTable(
  "ownership_snapshot",
  (t) => ({
    chainId: t.integer().notNull(),
    positionId: t.text().notNull(),
    number: keyInteger(t),
    blockNumber: keyInteger(t),
    ...ownershipState(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.positionId, table.number, table.blockNumber] }),
  }),
);

/**
 * What the pool itself keeps for a position manager: all NFTs of one range together. Bookkeeping for them,
 * never served. `corePositionId` is `pool:manager:tickLower:tickUpper`.
 */
const corePositionState = (t: Columns) => ({
  liquidity: t.bigint().notNull(),
  ...growthInsideLast(t),
  tokensOwed0: t.bigint().notNull(),
  tokensOwed1: t.bigint().notNull(),
});

export const corePosition = onchainTable(
  "core_position",
  (t) => ({
    chainId: t.integer().notNull(),
    corePositionId: t.text().notNull(),
    /** Where the pool last settled its fees. */
    settledBlock: t.integer().notNull(),
    ...corePositionState(t),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.corePositionId] }) }),
);

export const corePositionSnapshot = onchainTable(
  "core_position_snapshot",
  (t) => ({
    chainId: t.integer().notNull(),
    corePositionId: t.text().notNull(),
    blockNumber: keyInteger(t),
    ...corePositionState(t),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.corePositionId, table.blockNumber] }) }),
);

/** A pool whose logs did not fit, since when, and why. */
export const quarantine = onchainTable(
  "quarantine",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    blockNumber: t.integer().notNull(),
    timestamp: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    reason: t.text().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId] }) }),
);

/** A pool Mint by the position manager, waiting for the IncreaseLiquidity that names its token id. */
export const pendingMint = onchainTable(
  "pending_mint",
  (t) => ({
    chainId: t.integer().notNull(),
    transactionHash: t.hex().notNull(),
    logIndex: keyInteger(t),
    manager: t.hex().notNull(),
    poolId: t.hex().notNull(),
    tickLower: t.integer().notNull(),
    tickUpper: t.integer().notNull(),
    liquidity: t.bigint().notNull(),
    amount0: t.bigint().notNull(),
    amount1: t.bigint().notNull(),
    /** Set by the NFT's first Transfer; null where liquidity is added to an NFT that exists. */
    tokenId: t.bigint(),
    owner: t.hex(),
    /** Its IncreaseLiquidity came. The row stays: Ponder's delete is a statement on the database each time. */
    claimed: t.boolean().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.transactionHash, table.logIndex] }) }),
);

/**
 * Uniswap v2: what is between a pair's logs. Bookkeeping, never served.
 */
export const pairCall = onchainTable(
  "pair_call",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    /** LP tokens that lie in the pair itself, for its next burn, and their principal liquidity times 2^64. */
    parkedShares: t.bigint().notNull(),
    parkedBasisX64: t.bigint().notNull(),
    /** Of the last call's transaction, as JSON: see src/state/pairCall.ts. */
    steps: t.text().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId] }) }),
);

/** Algebra: what a pool's logs said for its next ones. Bookkeeping, never served. */
export const pluginPool = onchainTable(
  "plugin_pool",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    /** Pips that a swap pays where no other fee is named for it; null before the first Fee. */
    fee: t.integer(),
    /** Of the last SwapFee, pips; 0 = none. */
    overrideFee: t.integer().notNull(),
    pluginFee: t.integer().notNull(),
    /** Of the last BurnFee: the plugin's part of principal, pips. */
    burnFee: t.integer().notNull(),
    /** Of the last ExcessTokens. Its transaction is null once another log of the pool came. */
    excess0: t.numeric({ mode: "bigint" }).notNull(),
    excess1: t.numeric({ mode: "bigint" }).notNull(),
    excessTransaction: t.hex(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId] }) }),
);

/** Algebra: a pool's tick spacing from after this block on, where the block changed it. */
export const spacingSnapshot = onchainTable(
  "spacing_snapshot",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    blockNumber: keyInteger(t),
    tickSpacing: t.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId, table.blockNumber] }) }),
);

/** The holder of a v4 position manager's NFT that has no position yet: its first Transfer comes before its liquidity. */
export const nft = onchainTable(
  "nft",
  (t) => ({
    chainId: t.integer().notNull(),
    manager: t.hex().notNull(),
    tokenId: t.bigint().notNull(),
    owner: t.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.manager, table.tokenId] }) }),
);

/** Amounts are changes of the pool's balance: positive = paid in. Price, tick and liquidity are those after it. */
export const swap = onchainTable(
  "swap",
  (t) => ({
    chainId: t.integer().notNull(),
    blockNumber: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    poolId: t.hex().notNull(),
    transactionHash: t.hex().notNull(),
    timestamp: t.integer().notNull(),
    sender: t.hex().notNull(),
    /** Null on v4, whose log names none. */
    recipient: t.hex(),
    amount0: t.bigint().notNull(),
    amount1: t.bigint().notNull(),
    sqrtPriceX96: t.bigint().notNull(),
    tick: t.integer().notNull(),
    liquidity: t.bigint().notNull(),
    /** What it paid in all, pips; null only in quarantine, where no log told. */
    fee: t.integer(),
    /** The plugin's part of `fee`, pips: Algebra, 0 elsewhere. */
    pluginFee: t.integer().notNull(),
    /** The protocol's part on the token paid in as it then was, in the unit of the pool's `feeProtocol0`. */
    protocolFeeSetting: t.integer().notNull(),
    /** Parts of its fee, in units of the token paid in; null in quarantine. */
    feeLp: t.bigint(),
    feeProtocol: t.bigint(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.blockNumber, table.logIndex] }),
    pool: index().on(table.chainId, table.poolId, table.blockNumber, table.logIndex),
  }),
);

/**
 * A pool's price over five minutes, from `start` (unix seconds, a multiple of 300) to before the next: what its last
 * event left, and the extremes of what its events left. None where nothing moved it: the last one's close stands.
 */
export const poolBucket = onchainTable(
  "pool_bucket",
  (t) => ({
    chainId: t.integer().notNull(),
    poolId: t.hex().notNull(),
    start: keyInteger(t),
    closeSqrtPriceX96: t.bigint().notNull(),
    highSqrtPriceX96: t.bigint().notNull(),
    lowSqrtPriceX96: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.poolId, table.start] }) }),
);

/** DEPOSIT, WITHDRAW, COLLECT or TRANSFER. A poke (a Burn of no liquidity) is none of them. */
export const liquidityEvent = onchainTable(
  "liquidity_event",
  (t) => ({
    chainId: t.integer().notNull(),
    blockNumber: keyInteger(t),
    logIndex: keyInteger(t),
    kind: t.text().notNull(),
    poolId: t.hex().notNull(),
    /** Null only between the pool's Burn or Collect and the position manager's log, which names the NFT. */
    positionId: t.text(),
    transactionHash: t.hex().notNull(),
    timestamp: t.integer().notNull(),
    liquidityDelta: t.bigint().notNull(),
    /** Principal, unsigned: paid in by a DEPOSIT, released by a WITHDRAW, 0 otherwise. */
    amount0: t.bigint().notNull(),
    amount1: t.bigint().notNull(),
    /** What left the pool in this log, principal and fees together: v3 and its forks at a COLLECT, v2 and v4 at any. */
    paidOut0: t.bigint().notNull(),
    paidOut1: t.bigint().notNull(),
    /** Of the pool at this event. */
    sqrtPriceX96: t.bigint().notNull(),
    /** TRANSFER only. */
    from: t.hex(),
    to: t.hex(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.chainId, table.blockNumber, table.logIndex] }),
    position: index().on(table.chainId, table.positionId, table.blockNumber, table.logIndex),
    /** The kind before the place: a page of a rare kind is read without passing over all others. */
    pool: index().on(table.chainId, table.poolId, table.kind, table.blockNumber, table.logIndex),
  }),
);
