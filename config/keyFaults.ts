import type { Fault } from "./faults.ts";
import { type LenientMarket, MALFORMED } from "./lenientMarkets.ts";
import { isPoolIdLike } from "./poolInFile.ts";
import { type ProtocolName, protocolTerms } from "./protocols.ts";

/**
 * Keys and pools of a market that belong to another protocol than its own.
 *
 * @example keyFaults({ protocol: "uniswap-v4", factory: "0x..." }, "chains[0].markets[0]")[0]?.path // "chains[0].markets[0].factory"
 */
export function keyFaults(market: LenientMarket, at: string): Fault[] {
  const { protocol } = market;
  if (protocol === undefined) return [];
  const keys = foreignKeys(market, protocol).map(({ key, advice }) => ({
    path: `${at}.${key}`,
    message: `is no key of a ${protocol} market: ${advice}`,
  }));
  const pools = (market.pools ?? []).flatMap((pool, p) => {
    const message = pool === MALFORMED ? undefined : foreignPool(pool, protocol);
    return message === undefined ? [] : [{ path: `${at}.pools[${p}]`, message }];
  });
  return [...keys, ...pools];
}

function foreignKeys(market: LenientMarket, protocol: ProtocolName): { key: string; advice: string }[] {
  const { factoryKey, factoryTitle, hasNfts } = protocolTerms[protocol];
  const foreign = factoryKey === "factory" ? "poolManager" : "factory";
  const known = [{ key: foreign, advice: `write "${factoryKey}", the address of its ${factoryTitle}` }];
  if (!hasNfts) {
    const advice = "remove it, its positions are no NFTs and belong to whoever holds the shares";
    known.push({ key: "positionManager", advice }, { key: "stakers", advice });
  }
  return known.filter(({ key }) => market[key as keyof LenientMarket] !== undefined);
}

function foreignPool(pool: string, protocol: ProtocolName): string | undefined {
  if (isPoolIdLike(pool) === protocolTerms[protocol].hasPoolIds) return undefined;
  return protocolTerms[protocol].hasPoolIds
    ? `is an address, and pools of ${protocol} have none: write the pool's id, 0x and 64 hex digits`
    : `is a 32-byte id, and pools of ${protocol} have none: write the pool's address, 0x and 40 hex digits`;
}
