import { createRequire } from "node:module";
import {
  type Abi,
  type Address,
  concat,
  encodeAbiParameters,
  getContractAddress,
  type Hex,
  numberToHex,
  parseAbiParameters,
  parseEventLogs,
  slice,
  zeroAddress,
} from "viem";
import { uniswapV4PoolManagerAbi } from "../../abis/uniswapV4PoolManager.ts";
import type { ChainClient } from "../../demo/chain/client.ts";

const require = createRequire(import.meta.url);
const ALGEBRA = "@cryptoalgebra/integral-core/artifacts/contracts";
const PANCAKE = "@pancakeswap/v3-core/artifacts/contracts";
const PUBLISHED = {
  uniswapV2Factory: "@uniswap/v2-core/build/UniswapV2Factory.json",
  uniswapV4PoolManager: "@uniswap/v4-core/out/PoolManager.sol/PoolManager.json",
  uniswapV4PositionManager: "@uniswap/v4-periphery/foundry-out/PositionManager.sol/PositionManager.json",
  pancakeFactory: `${PANCAKE}/PancakeV3Factory.sol/PancakeV3Factory.json`,
  pancakePool: `${PANCAKE}/PancakeV3Pool.sol/PancakeV3Pool.json`,
  algebraPoolDeployer: `${ALGEBRA}/AlgebraPoolDeployer.sol/AlgebraPoolDeployer.json`,
  algebraFactory: `${ALGEBRA}/AlgebraFactory.sol/AlgebraFactory.json`,
  algebraPool: `${ALGEBRA}/AlgebraPool.sol/AlgebraPool.json`,
} as const;

type Json = { abi: Abi; bytecode: string | { object: string } };
type Name = keyof typeof PUBLISHED;

/** A published contract's ABI and creation code, whichever tool wrote the file. */
export function published(name: Name): { abi: Abi; bytecode: Hex } {
  const { abi, bytecode } = require(PUBLISHED[name]) as Json;
  const code = typeof bytecode === "string" ? bytecode : bytecode.object;
  return { abi, bytecode: `0x${code.replace(/^0x/, "")}` };
}

/** What each protocol's published contracts are found at, each with one pool of the two tokens, at price 1. */
export type Protocols = {
  v2: { factory: Address; pool: Address };
  v4: { poolManager: Address; positionManager: Address; pool: Hex };
  pancake: { factory: Address; pool: Address };
  algebra: { factory: Address; pool: Address };
};

const PRICE = 2n ** 96n;

// PancakeSwap publishes no pool deployer: this address answers a new pool as one.
const POOL_DEPLOYER = "0x00000000000000000000000000000000000de910";
const PARAMETERS = parseAbiParameters("address factory, address token0, address token1, uint24, int24");

/** Code that answers every call with these words. */
function answering(words: Hex): Hex {
  const size = (words.length - 2) / 2;
  const stores = Array.from({ length: size / 32 }, (_, i) =>
    concat(["0x7f", slice(words, i * 32, i * 32 + 32), "0x60", numberToHex(i * 32, { size: 1 }), "0x52"]),
  );
  return concat([...stores, "0x60", numberToHex(size, { size: 1 }), "0x6000f3"]);
}

/** Deploys the published contracts of all protocols but Uniswap v3 on a chain that mines each transaction. */
export async function deployProtocols(
  client: ChainClient,
  [token0, token1]: [Address, Address],
): Promise<Protocols> {
  const [account = zeroAddress] = await client.getAddresses();
  const gas = 30_000_000n;
  const mined = async (hash: Hex) => {
    const receipt = await client.waitForTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error(`transaction ${hash} reverted`);
    return receipt;
  };
  const deploy = async (name: Name, args: unknown[], from = account): Promise<Address> => {
    const hash = await client.deployContract({ account: from, ...published(name), args, gas, gasPrice: 0n });
    const { contractAddress } = await mined(hash);
    return contractAddress ?? zeroAddress;
  };
  const send = async (address: Address, name: Name, functionName: string, args: unknown[]) =>
    mined(
      await client.writeContract({ account, address, abi: published(name).abi, functionName, args, gas }),
    );
  const read = (address: Address, name: Name, functionName: string, args: unknown[]) =>
    client.readContract({ address, abi: published(name).abi, functionName, args }) as Promise<Address>;

  const v2 = await deploy("uniswapV2Factory", [account]);
  await send(v2, "uniswapV2Factory", "createPair", [token0, token1]);

  const poolManager = await deploy("uniswapV4PoolManager", [account]);
  const managerArgs = [poolManager, zeroAddress, 100_000n, zeroAddress, zeroAddress];
  const positionManager = await deploy("uniswapV4PositionManager", managerArgs);
  const v4Pool = await initializeV4(client, poolManager, [token0, token1], 3000);

  const pancake = await deploy("pancakeFactory", [zeroAddress]);
  const terms = encodeAbiParameters(PARAMETERS, [pancake, token0, token1, 500, 10]);
  await client.setCode({ address: POOL_DEPLOYER, bytecode: answering(terms) });
  await client.impersonateAccount({ address: POOL_DEPLOYER });
  const pancakePool = await deploy("pancakePool", [], POOL_DEPLOYER);
  await send(pancakePool, "pancakePool", "initialize", [PRICE]);

  const nonce = BigInt(await client.getTransactionCount({ address: account }));
  const algebra = await deploy("algebraFactory", [getContractAddress({ from: account, nonce: nonce + 1n })]);
  await deploy("algebraPoolDeployer", [algebra]);
  await send(algebra, "algebraFactory", "createPool", [token0, token1, "0x"]);
  const algebraPool = await read(algebra, "algebraFactory", "poolByPair", [token0, token1]);
  await send(algebraPool, "algebraPool", "initialize", [PRICE]);

  return {
    v2: { factory: v2, pool: await read(v2, "uniswapV2Factory", "getPair", [token0, token1]) },
    v4: { poolManager, positionManager, pool: v4Pool },
    pancake: { factory: pancake, pool: pancakePool },
    algebra: { factory: algebra, pool: algebraPool },
  };
}

/** Makes a Uniswap v4 pool of the two tokens without hooks, at price 1. */
export async function initializeV4(
  client: ChainClient,
  poolManager: Address,
  [currency0, currency1]: readonly [Address, Address],
  fee: number,
): Promise<Hex> {
  const [account = zeroAddress] = await client.getAddresses();
  const { abi } = published("uniswapV4PoolManager");
  const key = { currency0, currency1, fee, tickSpacing: 60, hooks: zeroAddress };
  const hash = await client.writeContract({
    account,
    address: poolManager,
    abi,
    functionName: "initialize",
    args: [key, PRICE],
  });
  const { logs } = await client.waitForTransactionReceipt({ hash });
  const [initialized] = parseEventLogs({ abi: uniswapV4PoolManagerAbi, eventName: "Initialize", logs });
  if (initialized === undefined) throw new Error(`transaction ${hash} initialized no pool`);
  return initialized.args.id;
}
