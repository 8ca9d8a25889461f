import type { CashTokens } from "../state/riskToken.ts";

/** What the markets file says of a chain, as far as handlers need it. Addresses are lower case. */
export type ChainSettings = {
  positionManagers: ReadonlySet<string>;
  /** Staking contracts that hold NFTs for their owners. */
  stakers: ReadonlySet<string>;
  /** Listed pools, each with the factory that it must come from. Empty where whole factories are indexed. */
  listedPools: ReadonlyMap<string, { factory: string; startBlock: number }>;
  cash: CashTokens;
};
