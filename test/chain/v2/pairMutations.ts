import type { Mutation } from "../fees/mutatedTree.ts";

const POOL = "src/state/pairPool.ts";
const FEE = "src/state/pairFee.ts";
const LIQUIDITY = "src/state/pairLiquidity.ts";
const SUPPLY = "src/indexing/recordPairSupply.ts";
const TRANSFER = "src/indexing/recordPairTransfer.ts";
const BURN = "src/indexing/recordPairBurn.ts";
const HOLDER = "src/indexing/recordPairHolder.ts";

/** Wrong pairs, each of which the chain must tell from a right one. */
export const pairMutations: [string, Mutation[]][] = [
  [
    "a burn that is not diluted by the protocol's coming LP tokens",
    [{ file: POOL, from: "pool.feeOn === true ? mintIfOn(pool) : 0n", to: "0n" }],
  ],
  [
    "the protocol's fee taken for on at all times",
    [{ file: FEE, from: "mintIfOn(before) > 0n ? false : feeOn", to: "true" }],
  ],
  [
    "the protocol's LP tokens taken for the LP's own",
    [
      {
        file: SUPPLY,
        from: "const call = await settleMinted(scope, poolId);",
        to: "const call = await loadCall(scope, poolId); shares += call.steps.minted?.shares ?? 0n;",
      },
    ],
  ],
  [
    "what a burn pays rounded up",
    [{ file: POOL, from: "const up = roundUp ? supply - 1n : 0n;", to: "const up = supply - 1n;" }],
  ],
  [
    "the product kept before a Mint instead of after",
    [
      {
        file: LIQUIDITY,
        from: "const kAfter = mint.after.reserve0 * mint.after.reserve1;",
        to: "const kAfter = before.balance0 * before.balance1;",
      },
    ],
  ],
  [
    "LP tokens in the pair that stay after a burn",
    [
      {
        file: SUPPLY,
        from: "parkedShares: call.parkedShares - parkedShares",
        to: "parkedShares: call.parkedShares",
      },
    ],
  ],
  [
    "a burn that takes the LP tokens a second time",
    [{ file: BURN, from: "withdrawPair(unsent, pool", to: "withdrawPair(sent ?? unsent, pool" }],
  ],
  [
    "deposits between sending and burning that are forgotten",
    [
      {
        file: HOLDER,
        from: "sender.owner === owner ? { ...sender, unsent: change(sender.unsent) } : sender",
        to: "sender",
      },
    ],
  ],
  [
    "LP tokens that go to the pair and leave their principal behind",
    [
      {
        file: TRANSFER,
        from: "basisX64: (pool.basisX64 ?? 0n) - released",
        to: "basisX64: pool.basisX64 ?? 0n",
      },
    ],
  ],
  [
    "deposits at less than their principal",
    [
      {
        file: LIQUIDITY,
        from: "...pairAmounts(pool, shares, true) };",
        to: "...pairAmounts(pool, shares / 2n, true) };",
      },
    ],
  ],
];
