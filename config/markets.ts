import type { Address, Hex } from "viem";
import { knownTokens } from "./knownTokens.ts";
import type { MarketsFile } from "./marketsFile.ts";
import { type NativeCurrency, nativeCurrency } from "./nativeCurrency.ts";
import { PROTOCOLS, type ProtocolName, protocolTerms } from "./protocols.ts";
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
  /** What Uniswap v4 calls address 0. */
  nativeCurrency: NativeCurrency;
  /** By protocol; those without a market are not in it. */
  markets: ReadonlyMap<ProtocolName, ProtocolMarkets>;
};

/** A chain's markets of one protocol, merged. Exactly one of `factories` and `pools` is empty. */
export type ProtocolMarkets = {
  /** Factories, on Uniswap v4 PoolManagers, whose every pool is indexed. */
  factories: ReadonlyMap<Address, { startBlock: number }>;
  /** Pools that are listed one by one, by address or on Uniswap v4 by id, each with the factory that it must come from. */
  pools: ReadonlyMap<Hex, { factory: Address; startBlock: number }>;
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
 * @example marketsOf({ chains: [{ id: 1, name: "mainnet", markets: [...] }] }, process.env).chains[0]?.markets.get("uniswap-v3")
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
    nativeCurrency: nativeCurrency(chain.id),
    markets: marketsByProtocol(chain),
  };
}

type FileChain = MarketsFile["chains"][number];
type FileMarket = FileChain["markets"][number];

function marketsByProtocol({ id, markets }: FileChain): Map<ProtocolName, ProtocolMarkets> {
  const entries = PROTOCOLS.map(
    (name) => [name, markets.filter(({ protocol }) => protocol === name)] as const,
  );
  const named = entries.filter(([, ofProtocol]) => ofProtocol.length > 0);
  return new Map(named.map(([name, ofProtocol]) => [name, merged(name, ofProtocol, id)]));
}

function merged(protocol: ProtocolName, markets: readonly FileMarket[], chainId: number): ProtocolMarkets {
  const { factoryKey, canonical } = protocolTerms[protocol];
  const known = canonical[chainId];
  const factories = new Map<Address, { startBlock: number }>();
  const pools = new Map<Hex, { factory: Address; startBlock: number }>();
  const positionManagers = new Set<Address>();
  const stakers = new Set<Address>();
  for (const { startBlock, ...market } of markets) {
    const factory = lowerCaseOrNull(market[factoryKey] ?? known?.factory);
    if (factory === null) throw new UnknownFactoryError(protocol, chainId);
    const manager = market.positionManager === undefined ? known?.positionManager : market.positionManager;
    if (manager != null) positionManagers.add(lowerCase(manager));
    for (const staker of market.stakers ?? known?.stakers ?? []) stakers.add(lowerCase(staker));
    if (market.pools === undefined) factories.set(factory, { startBlock });
    for (const pool of market.pools ?? []) pools.set(lowerCase(pool), { factory, startBlock });
  }
  const startBlock = Math.min(...markets.map((market) => market.startBlock));
  return { factories, pools, positionManagers, stakers, startBlock };
}

function lowerCase(address: string): Address {
  return `0x${address.slice(2).toLowerCase()}`;
}

function lowerCaseOrNull(address: string | undefined): Address | null {
  return address === undefined ? null : lowerCase(address);
}

/** A market names no factory although its protocol has no canonical one on the chain: `contradictions` must be asked first. */
export class UnknownFactoryError extends Error {
  override name = "UnknownFactoryError";
  readonly protocol: ProtocolName;
  readonly chainId: number;
  constructor(protocol: ProtocolName, chainId: number) {
    super(
      `no ${protocol} factory is known on chain id ${chainId}: check the markets file for contradictions first`,
    );
    this.protocol = protocol;
    this.chainId = chainId;
  }
}
