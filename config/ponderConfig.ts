import { type CreateConfigReturnType, createConfig } from "ponder";
import { type PonderChain, ponderChains } from "./chains.ts";
import { type PonderContracts, ponderContracts } from "./contracts.ts";
import { database } from "./database.ts";
import type { Markets } from "./markets.ts";

/** Ponder's configuration for the markets, typed so that `ponder.on` knows every event. */
export type PonderConfig = CreateConfigReturnType<
  Record<string, PonderChain>,
  PonderContracts,
  Record<never, never>,
  Record<never, never>
>;

/**
 * Turns the markets and the environment into Ponder's configuration.
 *
 * @example ponderConfig(readMarkets(), process.env).contracts.UniswapV3Pool.chain["mainnet"]?.startBlock // 12369621
 */
export function ponderConfig(markets: Markets, env: NodeJS.ProcessEnv): PonderConfig {
  return createConfig({
    database: database(env),
    ordering: "multichain",
    chains: ponderChains(markets.chains),
    contracts: ponderContracts(markets),
  });
}
