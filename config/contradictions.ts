import { z } from "zod";
import { isAddressLike } from "./addressInFile.ts";
import { canonicalUniswapV3 } from "./canonicalUniswapV3.ts";
import type { Fault } from "./faults.ts";
import { isRpcUrl, rpcUrls, rpcVariable } from "./rpcUrls.ts";

const MALFORMED = "malformed";
const address = z.string().refine(isAddressLike).toLowerCase().optional().catch(MALFORMED);

// Reads what it can of any value, so that these faults are found next to those of single fields.
const lenientFile = z
  .object({
    chains: z
      .array(
        z
          .object({
            id: z.number().optional().catch(undefined),
            name: z.string().optional().catch(undefined),
            rpc: z.unknown().optional(),
            markets: z
              .array(
                z
                  .object({
                    factory: address,
                    positionManager: address.nullable(),
                    pools: z.array(address).optional().catch([]),
                  })
                  .catch({ factory: MALFORMED, positionManager: MALFORMED, pools: [] }),
              )
              .catch([]),
          })
          .catch({ id: undefined, name: undefined, rpc: MALFORMED, markets: [] }),
      )
      .catch([]),
  })
  .catch({ chains: [] });

type LenientChain = z.infer<typeof lenientFile>["chains"][number];

/**
 * What fields of the markets file say together and may not: duplicates, all pools next to listed ones, nothing to fall back on.
 *
 * @param file any parsed JSON, faulty or not
 * @param env the environment, for PONDER_RPC_URL_<id>
 */
export function contradictions(file: unknown, env: NodeJS.ProcessEnv): Fault[] {
  const { chains } = lenientFile.parse(file);
  return [
    ...duplicates(chains.map(({ id }, c) => ({ path: `chains[${c}].id`, value: id }))),
    ...duplicates(chains.map(({ name }, c) => ({ path: `chains[${c}].name`, value: name }))),
    ...chains.flatMap((chain, c) => [
      ...rpcFaults(chain, `chains[${c}]`, env),
      ...deploymentFaults(chain, `chains[${c}]`),
      ...poolFaults(chain, `chains[${c}]`),
    ]),
  ];
}

function duplicates(entries: { path: string; value: string | number | undefined }[]): Fault[] {
  const firstPaths = new Map<string | number, string>();
  return entries.flatMap(({ path, value }) => {
    if (value === undefined || value === MALFORMED) return [];
    const first = firstPaths.get(value);
    firstPaths.set(value, first ?? path);
    return first === undefined ? [] : [{ path, message: `${value} stands in ${first} already: remove one` }];
  });
}

function rpcFaults({ id, rpc }: LenientChain, path: string, env: NodeJS.ProcessEnv): Fault[] {
  if (id === undefined) return [];
  const overrides = rpcUrls(id, undefined, env);
  if (overrides.length === 0 && rpc === undefined) {
    return [
      {
        path: `${path}.rpc`,
        message: `is missing: write a list of URLs, ["https://..."], or set ${rpcVariable(id)}`,
      },
    ];
  }
  return overrides.some((url) => !isRpcUrl(url))
    ? [
        {
          path: rpcVariable(id),
          message:
            "in the environment must hold http:// or https:// URLs without user name or password, with commas between them",
        },
      ]
    : [];
}

function deploymentFaults({ id, markets }: LenientChain, path: string): Fault[] {
  if (id === undefined) return [];
  const canonical = canonicalUniswapV3[id];
  return markets.flatMap(({ factory, positionManager }, m) => {
    const faults: Fault[] = [];
    const at = `${path}.markets[${m}]`;
    if (factory === undefined && canonical === undefined) {
      faults.push({
        path: `${at}.factory`,
        message: `is missing: chain id ${id} has no canonical uniswap-v3 deployment, write the factory's address`,
      });
    }
    const isCanonical =
      canonical && (factory ?? canonical.factory.toLowerCase()) === canonical.factory.toLowerCase();
    if (positionManager === undefined && factory !== MALFORMED && !isCanonical) {
      faults.push({
        path: `${at}.positionManager`,
        message:
          "is missing: this factory is not a canonical one, write its position manager's address or null for none",
      });
    }
    return faults;
  });
}

function poolFaults({ id, markets }: LenientChain, path: string): Fault[] {
  const canonicalFactory = id === undefined ? undefined : canonicalUniswapV3[id]?.factory.toLowerCase();
  const places = markets.map((market, m) => ({ ...market, path: `${path}.markets[${m}]` }));
  const whole = places.filter(({ factory, pools }) => pools === undefined && factory !== MALFORMED);
  const listing = places.filter(({ factory, pools }) => pools !== undefined && factory !== MALFORMED);
  const listed = places.flatMap(({ pools, path }) =>
    (pools ?? []).map((value, p) => ({ path: `${path}.pools[${p}]`, value })),
  );
  const faults = [
    ...duplicates(listed),
    ...duplicates(whole.map(({ factory, path }) => ({ path, value: factory ?? canonicalFactory }))),
  ];
  const [firstWhole] = whole;
  const [firstListing] = listing;
  if (firstWhole === undefined || firstListing === undefined) return faults;
  const message = `is missing while ${firstListing.path} lists its pools: on one chain, either every uniswap-v3 market lists its pools or none does`;
  return [...faults, { path: `${firstWhole.path}.pools`, message }];
}
