import type { Address } from "viem";
import { canonicalUniswapV3 } from "./canonicalUniswapV3.ts";
import { knownTokens } from "./knownTokens.ts";
import type { MarketsFile } from "./marketsFile.ts";
import { rpcUrls } from "./rpcUrls.ts";

/** What to index: the markets file with its defaults filled in. Every address is in lower case. */
export type Markets = { chains: readonly MarketsChain[] };

/** One chain of the markets file. */
export type MarketsChain = {
  id: number;
  name: string;
  rpc: readonly string[];
  /** The token that values are quoted in, null if the file names none. */
  quoteToken: Address | null;
  /** Depth within 2 % that a pool needs before it sets a quote price, in whole quote units. */
  quoteMinDepth: number;
  stablecoins: ReadonlySet<Address>;
  wrappedNative: Address | null;
  uniswapV3: UniswapV3Markets;
};

/** A chain's Uniswap v3 markets, merged. Exactly one of `factories` and `pools` is empty. */
export type UniswapV3Markets = {
  /** Factories whose every pool is indexed. */
  factories: ReadonlyMap<Address, { startBlock: number }>;
  /** Pools that are listed one by one, each with the factory that it must come from. */
  pools: ReadonlyMap<Address, { factory: Address; startBlock: number }>;
  positionManagers: ReadonlySet<Address>;
  /** Staking contracts that hold NFTs for their owners. */
  stakers: ReadonlySet<Address>;
  /** The smallest start block of them all. */
  startBlock: number;
};

/**
 * Fills in what a faultless markets file leaves out: canonical deployments, known tokens, RPC URLs of the environment.
 *
 * @param env the environment, for PONDER_RPC_URL_<id>
 * @example marketsOf({ chains: [{ id: 1, name: "mainnet", markets: [...] }] }, process.env).chains[0]?.uniswapV3.factories
 */
export function marketsOf(file: MarketsFile, env: NodeJS.ProcessEnv): Markets {
  return { chains: file.chains.map((chain) => chainOf(chain, env)) };
}

function chainOf(chain: MarketsFile["chains"][number], env: NodeJS.ProcessEnv): MarketsChain {
  const known = knownTokens[chain.id];
  return {
    id: chain.id,
    name: chain.name,
    rpc: rpcUrls(chain.id, chain.rpc, env),
    quoteToken: lowerCaseOrNull(chain.quoteToken),
    quoteMinDepth: chain.quoteMinDepth,
    stablecoins: new Set((chain.stablecoins ?? known?.stablecoins ?? []).map(lowerCase)),
    wrappedNative: lowerCaseOrNull(chain.wrappedNative ?? known?.wrappedNative),
    uniswapV3: uniswapV3Of(chain),
  };
}

function uniswapV3Of(chain: MarketsFile["chains"][number]): UniswapV3Markets {
  const canonical = canonicalUniswapV3[chain.id];
  const factories = new Map<Address, { startBlock: number }>();
  const pools = new Map<Address, { factory: Address; startBlock: number }>();
  const positionManagers = new Set<Address>();
  const stakers = new Set<Address>();
  for (const { startBlock, ...market } of chain.markets) {
    const factory = lowerCaseOrNull(market.factory ?? canonical?.factory);
    if (factory === null) throw new UnknownFactoryError(chain.id);
    const manager =
      market.positionManager === undefined ? canonical?.positionManager : market.positionManager;
    if (manager != null) positionManagers.add(lowerCase(manager));
    for (const staker of market.stakers ?? canonical?.stakers ?? []) stakers.add(lowerCase(staker));
    if (market.pools === undefined) factories.set(factory, { startBlock });
    for (const pool of market.pools ?? []) pools.set(lowerCase(pool), { factory, startBlock });
  }
  const startBlock = Math.min(...chain.markets.map((market) => market.startBlock));
  return { factories, pools, positionManagers, stakers, startBlock };
}

function lowerCase(address: string): Address {
  return `0x${address.slice(2).toLowerCase()}`;
}

function lowerCaseOrNull(address: string | undefined): Address | null {
  return address === undefined ? null : lowerCase(address);
}

/** A market names no factory on a chain that has no canonical one: `contradictions` must be asked first. */
export class UnknownFactoryError extends Error {
  override name = "UnknownFactoryError";
  readonly chainId: number;
  constructor(chainId: number) {
    super(`no factory is known on chain id ${chainId}: check the markets file for contradictions first`);
    this.chainId = chainId;
  }
}
