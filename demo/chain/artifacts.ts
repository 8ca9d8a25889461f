import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Abi, Hex } from "viem";

const require = createRequire(import.meta.url);

export interface Artifact {
  abi: Abi;
  bytecode: Hex;
}

/**
 * Published by Uniswap Labs in npm packages that are development dependencies; read where npm put them, never copied.
 */
export const publishedArtifacts = {
  factory: "@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json",
  pool: "@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json",
  positionManager:
    "@uniswap/v3-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json",
} as const;

/** A published contract. @example publishedArtifact("pool").bytecode */
export function publishedArtifact(name: keyof typeof publishedArtifacts): Artifact {
  try {
    return require(publishedArtifacts[name]) as Artifact;
  } catch {
    throw new ContractsMissingError(publishedArtifacts[name]);
  }
}

/** One of our own contracts, as compiled by `npm run compile:contracts`. @example ownArtifact("TestToken") */
export function ownArtifact(name: string): Artifact {
  const file = new URL(`../contracts/artifacts/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Artifact;
}

export class ContractsMissingError extends Error {
  override name = "ContractsMissingError";

  constructor(file: string) {
    super(`${file} is not installed: run \`npm ci\`, development dependencies included.`);
  }
}
