import { factoryOf } from "./deploymentFaults.ts";
import { duplicates } from "./duplicates.ts";
import type { Fault } from "./faults.ts";
import { type LenientChain, type LenientMarket, MALFORMED } from "./lenientMarkets.ts";
import { PROTOCOLS, type ProtocolName, protocolTerms } from "./protocols.ts";

type Place = LenientMarket & { path: string };

/** Pools that a chain lists twice, factories that it names twice, and all pools of a protocol next to listed ones. */
export function poolFaults({ id, markets }: LenientChain, path: string): Fault[] {
  const places = markets.map((market, m) => ({ ...market, path: `${path}.markets[${m}]` }));
  const listed = places.flatMap(({ pools, path }) =>
    (pools ?? []).map((value, p) => ({ path: `${path}.pools[${p}]`, value })),
  );
  const ofProtocols = PROTOCOLS.flatMap((protocol) =>
    mixingFaults(
      places.filter((place) => place.protocol === protocol),
      protocol,
      id,
    ),
  );
  return [...duplicates(listed), ...ofProtocols];
}

// Ponder finds a contract's addresses in one way a chain: by listing or by a factory's event.
function mixingFaults(all: readonly Place[], protocol: ProtocolName, id: number | undefined): Fault[] {
  const { factoryKey } = protocolTerms[protocol];
  const places = all.filter((place) => place[factoryKey] !== MALFORMED);
  const whole = places.filter(({ pools }) => pools === undefined);
  const [firstWhole] = whole;
  const [firstListing] = places.filter(({ pools }) => pools !== undefined);
  const faults = duplicates(whole.map((place) => ({ path: place.path, value: factoryOf(place, id) })));
  if (firstWhole === undefined || firstListing === undefined) return faults;
  const message = `is missing while ${firstListing.path} lists its pools: on one chain, either every ${protocol} market lists its pools or none does`;
  return [...faults, { path: `${firstWhole.path}.pools`, message }];
}
