import { markets } from "../../../ponder.config.ts";
import type { ChainSettings, Protocol } from "../chainSettings.ts";
import { type EventScope, saveBlock, scopeOf } from "../eventScope.ts";

type Handler = Parameters<typeof scopeOf>[0];

/** The markets file's name for each protocol. */
const NAMES = {
  UNISWAP_V2: "uniswap-v2",
  UNISWAP_V3: "uniswap-v3",
  UNISWAP_V4: "uniswap-v4",
  PANCAKESWAP_V3: "pancakeswap-v3",
  ALGEBRA_INTEGRAL: "algebra-integral",
} as const satisfies Record<Protocol, string>;

/** How a protocol's handlers begin: `enter` where the event writes, `pass` where it may write nothing, no block either. */
export function entryOf(protocol: Protocol) {
  const settings = new Map(markets.chains.map((chain) => [chain.id, settingsOf(chain, protocol)]));
  const pass = (handler: Handler): EventScope =>
    scopeOf(handler, protocol, (chainId) => {
      const found = settings.get(chainId);
      if (found == null) throw new UnknownMarketError(protocol, chainId);
      return found;
    });
  const enter = async (handler: Handler): Promise<EventScope> => {
    const scope = pass(handler);
    await saveBlock(scope);
    return scope;
  };
  return { enter, pass };
}

function settingsOf(chain: (typeof markets.chains)[number], protocol: Protocol): ChainSettings | null {
  const { quoteToken, stablecoins, wrappedNative, nativeCurrency } = chain;
  const market = chain.markets.get(NAMES[protocol]);
  if (market === undefined) return null;
  const cash = quoteToken === null ? stablecoins : new Set([...stablecoins, quoteToken]);
  return {
    positionManagers: market.positionManagers,
    stakers: market.stakers,
    listedPools: market.pools,
    cash: { stablecoins: cash, wrappedNative },
    nativeCurrency,
  };
}

export class UnknownMarketError extends Error {
  override readonly name = "UnknownMarketError";
  readonly chainId: number;

  constructor(protocol: Protocol, chainId: number) {
    super(`the markets file has no ${NAMES[protocol]} market on chain id ${chainId}`);
    this.chainId = chainId;
  }
}
