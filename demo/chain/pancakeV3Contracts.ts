import { type Address, encodeFunctionData, parseAbi } from "viem";
import { factoryAbi, poolAbi } from "./abis.ts";
import { ownArtifact, publishedArtifact } from "./artifacts.ts";
import type { ChainClient } from "./client.ts";
import { type Deployment, deployContract, NoAccountsError, type PoolKey } from "./deploy.ts";
import { deployPancakeManager } from "./pancakeV3Manager.ts";
import { type Call, sendInOneBlock } from "./sendInOneBlock.ts";

/** As of v3, so that `fund` and the calls of position managers and PoolCaller serve it too. */
export interface PancakeDeployment extends Deployment {
  poolDeployer: Address;
}

/** Holds the pool's creation code for our pool deployer; any address that nothing else uses. */
const poolCode: Address = "0x0000000000000000000000000000000000ca4e01";

const deployerAbi = parseAbi(["function setFactoryAddress(address factory)"]);
const protocolAbi = parseAbi([
  "function setFeeProtocol(address pool, uint32 feeProtocol0, uint32 feeProtocol1)",
  "function collectProtocol(address pool, address recipient, uint128 amount0Requested, uint128 amount1Requested)",
]);

/**
 * Deploys the published PancakeSwap v3 factory, a pool deployer of ours with the published pool's bytecode, Uniswap's
 * published position manager fitted to them (`deployPancakeManager`), and our PancakeCaller.
 */
export async function deployPancakeV3(client: ChainClient): Promise<PancakeDeployment> {
  const [deployer, ...accounts] = await client.getAddresses();
  if (deployer === undefined) throw new NoAccountsError();
  const own = (name: string, args: unknown[]) => deployContract(client, deployer, ownArtifact(name), args);
  await client.setCode({ address: poolCode, bytecode: publishedArtifact("pancakeV3Pool").bytecode });
  const poolDeployer = await own("PancakePoolDeployer", [poolCode]);
  const factory = await deployContract(client, deployer, publishedArtifact("pancakeV3Factory"), [
    poolDeployer,
  ]);
  const data = encodeFunctionData({ abi: deployerAbi, functionName: "setFactoryAddress", args: [factory] });
  await sendInOneBlock(client, [{ from: deployer, to: poolDeployer, data }]);
  const weth = await own("WrappedEther", []);
  const caller = await own("PancakeCaller", []);
  const positionManager = await deployPancakeManager(client, { deployer, factory, poolDeployer, weth });
  return { deployer, factory, positionManager, weth, caller, accounts, poolDeployer };
}

/** Creates and initialises a pool, first enabling the fee if the factory does not know it. As `createPool` of v3. */
export async function createPancakePool(
  client: ChainClient,
  { deployer: from, factory }: Deployment,
  { token0, token1, fee, tickSpacing, sqrtPriceX96 }: Omit<PoolKey, "pool"> & { sqrtPriceX96: bigint },
): Promise<PoolKey> {
  const read = { address: factory, abi: factoryAbi } as const;
  const known = await client.readContract({ ...read, functionName: "feeAmountTickSpacing", args: [fee] });
  const enable = encodeFunctionData({
    abi: factoryAbi,
    functionName: "enableFeeAmount",
    args: [fee, tickSpacing],
  });
  const args = [token0, token1, fee] as const;
  const create = encodeFunctionData({ abi: factoryAbi, functionName: "createPool", args });
  await sendInOneBlock(client, [
    ...(known === 0 ? [{ from, to: factory, data: enable }] : []),
    { from, to: factory, data: create },
  ]);
  const pool = await client.readContract({ ...read, functionName: "getPool", args });
  const initialize = encodeFunctionData({ abi: poolAbi, functionName: "initialize", args: [sqrtPriceX96] });
  await sendInOneBlock(client, [{ from, to: pool, data: initialize }]);
  return { pool, token0, token1, fee, tickSpacing: known || tickSpacing };
}

interface OfProtocol {
  from: Address;
  factory: Address;
  pool: Address;
}

/** The protocol's part of the fees on each token, of 10,000: 0, or 1000 to 4000. The factory's owner may. */
export function setPancakeFeeProtocol({
  from,
  factory,
  pool,
  part0,
  part1,
}: OfProtocol & { part0: number; part1: number }): Call {
  const args = [pool, part0, part1] as const;
  return {
    from,
    to: factory,
    data: encodeFunctionData({ abi: protocolAbi, functionName: "setFeeProtocol", args }),
  };
}

/** Pays the protocol all it is owed, but for one unit that stays. The factory's owner may. */
export function collectPancakeProtocol({ from, factory, pool }: OfProtocol): Call {
  const args = [pool, from, 2n ** 128n - 1n, 2n ** 128n - 1n] as const;
  return {
    from,
    to: factory,
    data: encodeFunctionData({ abi: protocolAbi, functionName: "collectProtocol", args }),
  };
}
