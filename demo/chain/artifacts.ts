import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Abi, Hex } from "viem";

const require = createRequire(import.meta.url);

export interface Artifact {
  abi: Abi;
  bytecode: Hex;
}

/**
 * Published by the protocols in npm packages that are development dependencies; read where npm put them, never copied.
 */
export const publishedArtifacts = {
  factory: "@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json",
  pool: "@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json",
  positionManager:
    "@uniswap/v3-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json",
  quoterV2: "@uniswap/v3-periphery/artifacts/contracts/lens/QuoterV2.sol/QuoterV2.json",
  pancakeV3Factory: "@pancakeswap/v3-core/artifacts/contracts/PancakeV3Factory.sol/PancakeV3Factory.json",
  pancakeV3Pool: "@pancakeswap/v3-core/artifacts/contracts/PancakeV3Pool.sol/PancakeV3Pool.json",
  algebraFactory: "@cryptoalgebra/integral-core/artifacts/contracts/AlgebraFactory.sol/AlgebraFactory.json",
  algebraPoolDeployer:
    "@cryptoalgebra/integral-core/artifacts/contracts/AlgebraPoolDeployer.sol/AlgebraPoolDeployer.json",
  algebraPool: "@cryptoalgebra/integral-core/artifacts/contracts/AlgebraPool.sol/AlgebraPool.json",
  algebraVault:
    "@cryptoalgebra/integral-core/artifacts/contracts/AlgebraCommunityVault.sol/AlgebraCommunityVault.json",
  algebraVaultFactory:
    "@cryptoalgebra/integral-core/artifacts/contracts/AlgebraVaultFactoryStub.sol/AlgebraVaultFactoryStub.json",
  algebraPositionManager:
    "@cryptoalgebra/integral-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json",
  uniswapV2Factory: "@uniswap/v2-core/build/UniswapV2Factory.json",
  uniswapV2Pair: "@uniswap/v2-core/build/UniswapV2Pair.json",
  uniswapV4PoolManager: "@uniswap/v4-core/out/PoolManager.sol/PoolManager.json",
  uniswapV4PositionManager: "@uniswap/v4-periphery/foundry-out/PositionManager.sol/PositionManager.json",
  uniswapV4Quoter: "@uniswap/v4-periphery/foundry-out/V4Quoter.sol/V4Quoter.json",
  uniswapV4StateView: "@uniswap/v4-periphery/foundry-out/StateView.sol/StateView.json",
} as const;

/** Permit2 comes as the code that its address has, in a script for tests. */
const permit2Source = "@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol";

/** A published contract. @example publishedArtifact("pool").bytecode */
export function publishedArtifact(name: keyof typeof publishedArtifacts): Artifact {
  const { abi, bytecode } = readPublished(publishedArtifacts[name], (file) => require(file) as PublishedJson);
  const code = typeof bytecode === "string" ? bytecode : bytecode.object;
  return { abi, bytecode: code.startsWith("0x") ? (code as Hex) : `0x${code}` };
}

/** What Permit2's address holds once it is deployed: for `anvil_setCode`. */
export function permit2Code(): Hex {
  const source = readPublished(permit2Source, (file) => readFileSync(require.resolve(file), "utf8"));
  return `0x${/hex"([0-9a-f]+)"/.exec(source)?.[1] ?? ""}`;
}

/** Hardhat, Foundry and Waffle each write a contract down in their own way. */
interface PublishedJson {
  abi: Abi;
  bytecode: string | { object: string };
}

function readPublished<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch {
    throw new ContractsMissingError(file);
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
