/** What a v2 pair logs. Addresses are lower case, amounts raw and unsigned. */

/** LP tokens that go from one holder to another; from 0 they are minted, from the pair to 0 burnt. */
export type PairTransfer = {
  poolId: `0x${string}`;
  from: `0x${string}`;
  to: `0x${string}`;
  shares: bigint;
};

/** Tokens that a Mint took in or a Burn paid out, unsigned; whose LP tokens they were for is in Transfers before. */
export type PairChange = { poolId: `0x${string}`; amount0: bigint; amount1: bigint };

/** The reserves that a call leaves: logged right before what the call was, or alone. */
export type PairSync = { poolId: `0x${string}`; reserve0: bigint; reserve1: bigint };

/** A pair's Swap: unsigned legs, of which a flash swap may have three or four. */
export type PairSwap = {
  poolId: `0x${string}`;
  sender: `0x${string}`;
  recipient: `0x${string}`;
  amount0In: bigint;
  amount1In: bigint;
  amount0Out: bigint;
  amount1Out: bigint;
};
