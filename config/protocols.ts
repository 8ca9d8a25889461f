import { canonicalPancakeV3 } from "./canonicalPancakeV3.ts";
import { canonicalUniswapV2 } from "./canonicalUniswapV2.ts";
import { canonicalUniswapV3 } from "./canonicalUniswapV3.ts";
import { canonicalUniswapV4 } from "./canonicalUniswapV4.ts";

/** The protocols that a market of the file may name. */
export const PROTOCOLS = [
  "uniswap-v2",
  "uniswap-v3",
  "uniswap-v4",
  "pancakeswap-v3",
  "algebra-integral",
] as const;

/** A protocol as the markets file names it. */
export type ProtocolName = (typeof PROTOCOLS)[number];

/** A protocol's own contracts on one chain. */
export type Deployment = {
  /** Where all pools come from; on Uniswap v4 the PoolManager that holds them. */
  factory: `0x${string}`;
  positionManager?: `0x${string}`;
  /** Staking contracts that hold position NFTs for their owners, where the protocol's own lists name one. */
  stakers?: readonly `0x${string}`[];
};

/** What a market of one protocol is made of. */
export type ProtocolTerms = {
  /** The protocol's name in messages. */
  title: string;
  /** The key of the markets file that names the contract that all pools come from, and that contract's name. */
  factoryKey: "factory" | "poolManager";
  factoryTitle: string;
  /** Whether positions are NFTs, which a position manager issues and a staking contract may hold. */
  hasNfts: boolean;
  /** Whether a pool is named by a 32-byte id, not by the address of a contract of its own. */
  hasPoolIds: boolean;
  /** By chain id. */
  canonical: Readonly<Record<number, Deployment>>;
};

const oneContractPerPool = {
  factoryKey: "factory",
  factoryTitle: "factory",
  hasNfts: true,
  hasPoolIds: false,
} as const;

/**
 * The terms of each protocol.
 *
 * @example protocolTerms["uniswap-v4"].factoryKey // "poolManager"
 */
export const protocolTerms: Readonly<Record<ProtocolName, ProtocolTerms>> = {
  "uniswap-v2": {
    ...oneContractPerPool,
    title: "Uniswap v2",
    hasNfts: false,
    canonical: canonicalUniswapV2,
  },
  "uniswap-v3": { ...oneContractPerPool, title: "Uniswap v3", canonical: canonicalUniswapV3 },
  "uniswap-v4": {
    title: "Uniswap v4",
    factoryKey: "poolManager",
    factoryTitle: "PoolManager",
    hasNfts: true,
    hasPoolIds: true,
    canonical: canonicalUniswapV4,
  },
  "pancakeswap-v3": { ...oneContractPerPool, title: "PancakeSwap v3", canonical: canonicalPancakeV3 },
  // Algebra licenses its contracts to exchanges, each with a factory of its own.
  "algebra-integral": { ...oneContractPerPool, title: "Algebra Integral", canonical: {} },
};
