import { type Factory, factory } from "ponder";
import type { Address } from "viem";
import { nonfungiblePositionManagerAbi } from "../abis/nonfungiblePositionManager.ts";
import { uniswapV3FactoryAbi } from "../abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../abis/uniswapV3Pool.ts";
import type { Markets, UniswapV3Markets } from "./markets.ts";

/** Where a contract is on one chain. */
export type Source = { address: readonly Address[] | Factory; startBlock: number };

/** Ponder's `contracts`, each with its chains by name. */
export type PonderContracts = {
  UniswapV3Factory: { abi: typeof uniswapV3FactoryAbi; chain: Record<string, Source> };
  UniswapV3Pool: { abi: typeof uniswapV3PoolAbi; chain: Record<string, Source> };
  UniswapV3PositionManager: { abi: typeof nonfungiblePositionManagerAbi; chain: Record<string, Source> };
};

const POOL_CREATED = uniswapV3FactoryAbi[0];

/**
 * Ponder's `contracts` for the markets. A contract that no chain has is left out, since Ponder refuses an empty
 * address: register its handlers only if `name in contracts`.
 *
 * @example "UniswapV3PositionManager" in ponderContracts(marketsWithoutManagers) // false
 */
export function ponderContracts(markets: Markets): PonderContracts {
  const contracts: PonderContracts = {
    UniswapV3Factory: { abi: uniswapV3FactoryAbi, chain: sources(markets, factorySource) },
    UniswapV3Pool: { abi: uniswapV3PoolAbi, chain: sources(markets, poolSource) },
    UniswapV3PositionManager: { abi: nonfungiblePositionManagerAbi, chain: sources(markets, managerSource) },
  };
  const present = Object.entries(contracts).filter(([, { chain }]) => Object.keys(chain).length > 0);
  // The type keeps the ones left out, so that `ponder.on` knows every event whatever the markets are.
  return Object.fromEntries(present) as PonderContracts;
}

function sources(
  markets: Markets,
  source: (uniswapV3: UniswapV3Markets) => Source | undefined,
): Record<string, Source> {
  return Object.fromEntries(
    markets.chains.flatMap(({ name, uniswapV3 }) => {
      const found = source(uniswapV3);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

function factorySource({ factories, startBlock }: UniswapV3Markets): Source | undefined {
  return factories.size === 0 ? undefined : { address: [...factories.keys()], startBlock };
}

function poolSource({ factories, pools, startBlock }: UniswapV3Markets): Source {
  if (pools.size > 0) return { address: [...pools.keys()], startBlock };
  const address = factory({
    address: [...factories.keys()],
    event: POOL_CREATED,
    parameter: "pool",
    startBlock,
  });
  return { address, startBlock };
}

function managerSource({ positionManagers, startBlock }: UniswapV3Markets): Source | undefined {
  return positionManagers.size === 0 ? undefined : { address: [...positionManagers], startBlock };
}
