/** The economic events that every protocol's logs are turned into. Addresses and pool ids are lower case. */

/** Amounts are changes of the pool's balance: positive = paid in. */
export type SwapEvent = {
  poolId: `0x${string}`;
  sender: `0x${string}`;
  recipient: `0x${string}` | null;
  /** Pips, all that the trader paid; null where it is the pool's. */
  fee: number | null;
  /** The part of `fee` that goes to the pool's plugin, pips. Algebra alone. */
  pluginFee?: number;
  /** What the protocol took of the input, raw, where the log says it. */
  feeProtocol?: bigint;
  amount0: bigint;
  amount1: bigint;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
};

/** Liquidity that came into a range (`liquidityDelta` > 0) or left it; amounts are its principal, unsigned. */
export type LiquidityChange = {
  poolId: `0x${string}`;
  owner: `0x${string}`;
  tickLower: number;
  tickUpper: number;
  liquidityDelta: bigint;
  amount0: bigint;
  amount1: bigint;
};

/** The same as v4 logs it: without amounts, one position of the owner for each salt, and 0 as a collect of its fees. */
export type LiquidityModification = Omit<LiquidityChange, "amount0" | "amount1"> & { salt: `0x${string}` };

/** What left the pool for an owner, principal and fees together. */
export type CollectEvent = {
  poolId: `0x${string}`;
  owner: `0x${string}`;
  tickLower: number;
  tickUpper: number;
  amount0: bigint;
  amount1: bigint;
};

/** A position manager's word on one of its NFTs; it names neither pool nor range. */
export type NftChange = {
  manager: `0x${string}`;
  tokenId: bigint;
  liquidity: bigint;
  amount0: bigint;
  amount1: bigint;
};

/** What a position manager took off the owed amounts of one of its NFTs: at least what the pool paid. */
export type NftCollect = { manager: `0x${string}`; tokenId: bigint; amount0: bigint; amount1: bigint };

export type NftTransfer = {
  manager: `0x${string}`;
  tokenId: bigint;
  from: `0x${string}`;
  to: `0x${string}`;
};

/** What a pool is created with. `fee` in pips, null where it is dynamic; addresses are lower case. */
export type PoolTerms = {
  poolId: `0x${string}`;
  factory: `0x${string}`;
  token0: `0x${string}`;
  token1: `0x${string}`;
  fee: number | null;
  dynamicFee: boolean;
  /** Null on v2. */
  tickSpacing: number | null;
  /** v4 alone. */
  hooks: `0x${string}` | null;
};

/** What a flash paid back on top of what it borrowed. */
export type FlashEvent = { paid0: bigint; paid1: bigint };

/** The protocol's share of the fee on each token's input, in its own unit (v3: a denominator); 0 = none. */
export type ProtocolFeeChange = {
  feeProtocol0Old: number;
  feeProtocol1Old: number;
  feeProtocol0New: number;
  feeProtocol1New: number;
};
