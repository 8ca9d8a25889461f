import type { Fault } from "./faults.ts";
import { type LenientChain, type LenientMarket, MALFORMED } from "./lenientMarkets.ts";
import { type ProtocolName, protocolTerms } from "./protocols.ts";

/** Contracts that a chain's markets leave out although nothing is known to fall back on, and factories of two protocols. */
export function deploymentFaults({ id, markets }: LenientChain, path: string): Fault[] {
  if (id === undefined) return [];
  const missing = markets.flatMap((market, m) =>
    market.protocol === undefined
      ? []
      : missingContracts(market, market.protocol, id, `${path}.markets[${m}]`),
  );
  return [...missing, ...sharedFactories({ id, markets }, path)];
}

/**
 * The contract that a market's pools come from, written or canonical; undefined if neither or malformed.
 *
 * @example factoryOf({ protocol: "uniswap-v3" }, 1) // "0x1f98431c8ad98523631ae4a59f267346ea31f984"
 */
export function factoryOf(market: LenientMarket, id: number | undefined): string | undefined {
  if (market.protocol === undefined) return undefined;
  const { factoryKey, canonical } = protocolTerms[market.protocol];
  const canonicalFactory = id === undefined ? undefined : canonical[id]?.factory.toLowerCase();
  const factory = market[factoryKey] ?? canonicalFactory;
  return factory === MALFORMED ? undefined : factory;
}

function missingContracts(market: LenientMarket, protocol: ProtocolName, id: number, at: string): Fault[] {
  const { factoryKey, factoryTitle, hasNfts, canonical } = protocolTerms[protocol];
  const faults: Fault[] = [];
  if (market[factoryKey] === undefined && canonical[id] === undefined) {
    const whose = Object.keys(canonical).length === 0 ? "there is " : `chain id ${id} has `;
    faults.push({
      path: `${at}.${factoryKey}`,
      message: `is missing: ${whose}no canonical ${protocol} deployment, write the ${factoryTitle}'s address`,
    });
  }
  const isCanonical =
    canonical[id] !== undefined && factoryOf(market, id) === canonical[id].factory.toLowerCase();
  if (hasNfts && market.positionManager === undefined && market[factoryKey] !== MALFORMED && !isCanonical) {
    faults.push({
      path: `${at}.positionManager`,
      message: `is missing: this ${factoryTitle} is not a canonical one, write its position manager's address or null for none`,
    });
  }
  return faults;
}

function sharedFactories({ id, markets }: Pick<LenientChain, "id" | "markets">, path: string): Fault[] {
  const firsts = new Map<string, { protocol: ProtocolName; at: string }>();
  return markets.flatMap((market, m) => {
    const { protocol } = market;
    const factory = factoryOf(market, id);
    if (protocol === undefined || factory === undefined) return [];
    const at = `${path}.markets[${m}]`;
    const first = firsts.get(factory) ?? { protocol, at };
    firsts.set(factory, first);
    if (first.protocol === protocol) return [];
    const message = `is ${factory}, of which ${first.at} says "${first.protocol}": it has one protocol, correct one of them`;
    return [{ path: `${at}.${protocolTerms[protocol].factoryKey}`, message }];
  });
}
