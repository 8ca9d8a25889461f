import { type Factory, factory } from "ponder";
import type { Address, Hex } from "viem";
import { algebraFactoryAbi } from "../abis/algebraFactory.ts";
import { algebraPoolAbi } from "../abis/algebraPool.ts";
import { algebraPositionManagerAbi } from "../abis/algebraPositionManager.ts";
import { nonfungiblePositionManagerAbi } from "../abis/nonfungiblePositionManager.ts";
import { pancakeV3PoolAbi } from "../abis/pancakeV3Pool.ts";
import { uniswapV2FactoryAbi } from "../abis/uniswapV2Factory.ts";
import { uniswapV2PairAbi } from "../abis/uniswapV2Pair.ts";
import { uniswapV3FactoryAbi } from "../abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../abis/uniswapV3Pool.ts";
import { uniswapV4PoolManagerAbi } from "../abis/uniswapV4PoolManager.ts";
import { uniswapV4PositionManagerAbi } from "../abis/uniswapV4PositionManager.ts";
import type { Markets, ProtocolMarkets } from "./markets.ts";
import type { ProtocolName } from "./protocols.ts";

/** Where a contract is on one chain. */
export type Source = { address: readonly Address[] | Factory; startBlock: number };

/** As {@link Source}, with the pools whose logs of the one contract count. Left out: all. */
export type PoolManagerSource = Source & { filter?: { event: PoolManagerEvent; args: { id: Hex[] } }[] };

type PoolManagerEvent = (typeof uniswapV4PoolManagerAbi)[number]["name"];

type On<abi, source = Source> = { abi: abi; chain: Record<string, source> };

/** Ponder's `contracts`, each with its chains by name. */
export type PonderContracts = {
  UniswapV2Factory: On<typeof uniswapV2FactoryAbi>;
  UniswapV2Pair: On<typeof uniswapV2PairAbi>;
  UniswapV3Factory: On<typeof uniswapV3FactoryAbi>;
  UniswapV3Pool: On<typeof uniswapV3PoolAbi>;
  UniswapV3PositionManager: On<typeof nonfungiblePositionManagerAbi>;
  UniswapV4PoolManager: On<typeof uniswapV4PoolManagerAbi, PoolManagerSource>;
  UniswapV4PositionManager: On<typeof uniswapV4PositionManagerAbi>;
  PancakeV3Factory: On<typeof uniswapV3FactoryAbi>;
  PancakeV3Pool: On<typeof pancakeV3PoolAbi>;
  PancakeV3PositionManager: On<typeof nonfungiblePositionManagerAbi>;
  AlgebraFactory: On<typeof algebraFactoryAbi>;
  AlgebraPool: On<typeof algebraPoolAbi>;
  AlgebraPositionManager: On<typeof algebraPositionManagerAbi>;
};

const pairSource = poolSource((address, startBlock) =>
  factory({ address, event: uniswapV2FactoryAbi[0], parameter: "pair", startBlock }),
);

const v3PoolSource = poolSource((address, startBlock) =>
  factory({ address, event: uniswapV3FactoryAbi[0], parameter: "pool", startBlock }),
);

// Algebra's factory logs `Pool` for custom pools too.
const algebraPoolSource = poolSource((address, startBlock) =>
  factory({ address, event: algebraFactoryAbi[0], parameter: "pool", startBlock }),
);

/**
 * Ponder's `contracts` for the markets. A contract that no chain has is left out, since Ponder refuses an empty
 * address: register its handlers only if `name in contracts`. Where v4 pools are listed, Ponder asks for a handler of
 * every event of UniswapV4PoolManager.
 *
 * @example "UniswapV3PositionManager" in ponderContracts(marketsWithoutManagers) // false
 */
export function ponderContracts(markets: Markets): PonderContracts {
  const on = <const abi, source extends Source>(
    protocol: ProtocolName,
    abi: abi,
    find: (markets: ProtocolMarkets) => source | undefined,
  ) => ({ abi, chain: sources(markets, protocol, find) });
  const [v2, v3, v4] = ["uniswap-v2", "uniswap-v3", "uniswap-v4"] as const;
  const [pancake, algebra] = ["pancakeswap-v3", "algebra-integral"] as const;
  const contracts: PonderContracts = {
    UniswapV2Factory: on(v2, uniswapV2FactoryAbi, factorySource),
    UniswapV2Pair: on(v2, uniswapV2PairAbi, pairSource),
    UniswapV3Factory: on(v3, uniswapV3FactoryAbi, factorySource),
    UniswapV3Pool: on(v3, uniswapV3PoolAbi, v3PoolSource),
    UniswapV3PositionManager: on(v3, nonfungiblePositionManagerAbi, managerSource),
    UniswapV4PoolManager: on(v4, uniswapV4PoolManagerAbi, poolManagerSource),
    UniswapV4PositionManager: on(v4, uniswapV4PositionManagerAbi, managerSource),
    PancakeV3Factory: on(pancake, uniswapV3FactoryAbi, factorySource),
    PancakeV3Pool: on(pancake, pancakeV3PoolAbi, v3PoolSource),
    PancakeV3PositionManager: on(pancake, nonfungiblePositionManagerAbi, managerSource),
    AlgebraFactory: on(algebra, algebraFactoryAbi, factorySource),
    AlgebraPool: on(algebra, algebraPoolAbi, algebraPoolSource),
    AlgebraPositionManager: on(algebra, algebraPositionManagerAbi, managerSource),
  };
  const present = Object.entries(contracts).filter(([, { chain }]) => Object.keys(chain).length > 0);
  // The type keeps the ones left out, so that `ponder.on` knows every event whatever the markets are.
  return Object.fromEntries(present) as PonderContracts;
}

function sources<source extends Source>(
  { chains }: Markets,
  protocol: ProtocolName,
  find: (markets: ProtocolMarkets) => source | undefined,
): Record<string, source> {
  return Object.fromEntries(
    chains.flatMap(({ name, markets }) => {
      const ofProtocol = markets.get(protocol);
      const found = ofProtocol === undefined ? undefined : find(ofProtocol);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

function factorySource({ factories, startBlock }: ProtocolMarkets): Source | undefined {
  return factories.size === 0 ? undefined : { address: [...factories.keys()], startBlock };
}

function poolSource(madeBy: (factories: Address[], startBlock: number) => Factory) {
  return ({ factories, pools, startBlock }: ProtocolMarkets): Source => {
    const address = pools.size > 0 ? [...pools.keys()] : madeBy([...factories.keys()], startBlock);
    return { address, startBlock };
  };
}

// One contract holds every pool, so that listed ones are told by the id that each log is indexed by.
function poolManagerSource({ factories, pools, startBlock }: ProtocolMarkets): PoolManagerSource {
  if (pools.size === 0) return { address: [...factories.keys()], startBlock };
  const managers = new Set([...pools.values()].map(({ factory }) => factory));
  const args = { id: [...pools.keys()] };
  const filter = uniswapV4PoolManagerAbi.map(({ name }) => ({ event: name, args }));
  return { address: [...managers], startBlock, filter };
}

function managerSource({ positionManagers, startBlock }: ProtocolMarkets): Source | undefined {
  return positionManagers.size === 0 ? undefined : { address: [...positionManagers], startBlock };
}
