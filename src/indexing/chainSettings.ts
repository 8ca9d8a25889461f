import type { CashTokens } from "../state/riskToken.ts";

/** As rows and the API name it. */
export type Protocol = "UNISWAP_V2" | "UNISWAP_V3" | "UNISWAP_V4" | "PANCAKESWAP_V3" | "ALGEBRA_INTEGRAL";

/** What the markets file says of a protocol on a chain, as far as handlers need it. Addresses are lower case. */
export type ChainSettings = {
  positionManagers: ReadonlySet<string>;
  /** Staking contracts that hold NFTs for their owners. */
  stakers: ReadonlySet<string>;
  /** Listed pools, each with the factory that it must come from. Empty where whole factories are indexed. */
  listedPools: ReadonlyMap<string, { factory: string; startBlock: number }>;
  cash: CashTokens;
  /** What the address 0 stands for on v4. */
  nativeCurrency: { symbol: string | null; name: string | null };
};
