import { deploymentFaults } from "./deploymentFaults.ts";
import { duplicates } from "./duplicates.ts";
import type { Fault } from "./faults.ts";
import { keyFaults } from "./keyFaults.ts";
import { type LenientChain, lenientMarkets } from "./lenientMarkets.ts";
import { poolFaults } from "./poolFaults.ts";
import { isRpcUrl, rpcUrls, rpcVariable } from "./rpcUrls.ts";

/**
 * What fields of the markets file say together and may not: duplicates, keys of another protocol, all pools next to
 * listed ones, nothing to fall back on.
 *
 * @param file any parsed JSON, faulty or not
 * @param env the environment, for PONDER_RPC_URL_<id>
 */
export function contradictions(file: unknown, env: NodeJS.ProcessEnv): Fault[] {
  const { chains } = lenientMarkets.parse(file);
  return [
    ...duplicates(chains.map(({ id }, c) => ({ path: `chains[${c}].id`, value: id }))),
    ...duplicates(chains.map(({ name }, c) => ({ path: `chains[${c}].name`, value: name }))),
    ...chains.flatMap((chain, c) => [
      ...rpcFaults(chain, `chains[${c}]`, env),
      ...chain.markets.flatMap((market, m) => keyFaults(market, `chains[${c}].markets[${m}]`)),
      ...deploymentFaults(chain, `chains[${c}]`),
      ...poolFaults(chain, `chains[${c}]`),
    ]),
  ];
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
