import { LostLogError } from "./lostLog.ts";
import { mintIfOn, type PairSupply } from "./pairPool.ts";
import type { PoolState } from "./pool.ts";

/** What is known of the protocol's fee of a pair; `kLast` says something only together with `feeOn`. */
export type FeeKnowledge = Pick<PoolState, "feeOn" | "kLast">;

/**
 * What a Mint or Burn tells of the protocol's fee, which is switched on and off without a log of the pair.
 *
 * The contract keeps kLast, the reserves' product after a Mint or Burn, only while the fee is on, and mints for the
 * growth since then at the next one. So the protocol's mint at one Mint or Burn says that the fee is on and was on at
 * the one before, and its absence, where growth was enough for a share, that it was off at one of the two: while it
 * is off nothing is kept, and the first Mint or Burn after it was switched on keeps the product and mints nothing.
 *
 * | protocol's mint | growth enough | was known | now known |
 * |---|---|---|---|
 * | yes | must be | any | on |
 * | no | yes | any | off: so it is, or it was at the last one and the next may mint |
 * | no | no | any | the same as before |
 *
 * `kLast` always becomes the product after this Mint or Burn: if the next one mints for the protocol, it is for growth
 * since here. What cannot be known: the first Mint or Burn after a switch, and where it was switched on the second,
 * are not foreseen.
 *
 * `before`: the pair before the call; `minted`: whether the call minted for the protocol; `kAfter`: the product after.
 * Example: `feeOn: null`, growth and no mint is `feeOn: false`.
 */
export function learnFee(
  before: PairSupply,
  { minted, kAfter }: { minted: boolean; kAfter: bigint },
): FeeKnowledge {
  if (minted) return { feeOn: true, kLast: kAfter };
  const { feeOn } = before;
  return { feeOn: mintIfOn(before) > 0n ? false : feeOn, kLast: kAfter };
}

/** The protocol mints what follows from growth since the last Mint or Burn, or nothing. */
export function requireFeeMint(before: PairSupply, shares: bigint): void {
  const expected = mintIfOn(before);
  if (shares !== expected) throw new FeeMintError(shares, expected);
}

export class FeeMintError extends LostLogError {
  override readonly name = "FeeMintError";

  constructor(shares: bigint, expected: bigint) {
    super(
      `the pair minted ${shares} LP tokens to the protocol where ${expected} follow from its reserves: the RPC left out a log of this pool`,
    );
  }
}
