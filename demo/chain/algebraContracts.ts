import { type Address, encodeFunctionData, getContractAddress, zeroAddress } from "viem";
import { algebraCustomDeployerAbi, algebraFactoryAbi, algebraPoolAbi } from "./algebraAbis.ts";
import { ownArtifact, publishedArtifact } from "./artifacts.ts";
import type { ChainClient } from "./client.ts";
import { type Deployment, deployContract, NoAccountsError } from "./deploy.ts";
import { type Call, sendInOneBlock } from "./sendInOneBlock.ts";

/** As of v3, so that `fund` and the calls of position managers and PoolCaller serve it too. */
export interface AlgebraDeployment extends Deployment {
  poolDeployer: Address;
  /** Where community fees go, of all pools. */
  vault: Address;
  /** AlgebraFeePlugin.sol, which any pool may be given. */
  plugin: Address;
  /** AlgebraCustomDeployer.sol: creates second pools of a pair. */
  customDeployer: Address;
}

/** Flags of a pool's plugin config, as Plugins.sol has them. */
export const pluginFlags = { beforeSwap: 1, beforePosition: 4, dynamicFee: 128 } as const;

/** Deploys the published factory, pool deployer, vault and position manager, our AlgebraCaller and our plugin. */
export async function deployAlgebra(client: ChainClient): Promise<AlgebraDeployment> {
  const [deployer, ...accounts] = await client.getAddresses();
  if (deployer === undefined) throw new NoAccountsError();
  const published = (name: Parameters<typeof publishedArtifact>[0], args: unknown[]) =>
    deployContract(client, deployer, publishedArtifact(name), args);
  const own = (name: string) => deployContract(client, deployer, ownArtifact(name), []);
  // Each of the two is told the other's address.
  const nonce = BigInt(await client.getTransactionCount({ address: deployer }));
  const poolDeployer = getContractAddress({ from: deployer, nonce: nonce + 1n });
  const factory = await published("algebraFactory", [poolDeployer]);
  await published("algebraPoolDeployer", [factory]);
  const vault = await published("algebraVault", [factory, deployer]);
  const vaultFactory = await published("algebraVaultFactory", [vault]);
  const weth = await own("WrappedEther");
  // The third argument describes NFTs as pictures.
  const positionManager = await published("algebraPositionManager", [factory, weth, deployer, poolDeployer]);
  const [caller, plugin] = [await own("AlgebraCaller"), await own("AlgebraFeePlugin")];
  const customDeployer = await own("AlgebraCustomDeployer");
  await configure(client, { deployer, factory, vaultFactory, customDeployer });
  return {
    deployer,
    factory,
    positionManager,
    weth,
    caller,
    accounts,
    poolDeployer,
    vault,
    plugin,
    customDeployer,
  };
}

async function configure(
  client: ChainClient,
  at: { deployer: Address; factory: Address; vaultFactory: Address; customDeployer: Address },
): Promise<void> {
  const { deployer: from, factory: to } = at;
  const abi = algebraFactoryAbi;
  const role = await client.readContract({ address: to, abi, functionName: "CUSTOM_POOL_DEPLOYER" });
  const grant = { abi, functionName: "grantRole", args: [role, at.customDeployer] } as const;
  const vault = { abi, functionName: "setVaultFactory", args: [at.vaultFactory] } as const;
  await sendInOneBlock(client, [
    { from, to, data: encodeFunctionData(vault) },
    { from, to, data: encodeFunctionData(grant) },
  ]);
}

/** Creates and initialises the pool of a pair; with `custom`, a second one by our custom deployer. Tokens sorted. */
export async function createAlgebraPool(
  client: ChainClient,
  { deployer: from, factory, customDeployer }: AlgebraDeployment,
  [token0, token1]: readonly [Address, Address],
  { sqrtPriceX96, custom }: { sqrtPriceX96: bigint; custom: boolean },
): Promise<Address> {
  const read = { address: factory, abi: algebraFactoryAbi } as const;
  if (custom) {
    const args = [factory, token0, token1] as const;
    const data = encodeFunctionData({ abi: algebraCustomDeployerAbi, functionName: "create", args });
    await sendInOneBlock(client, [{ from, to: customDeployer, data }]);
  } else {
    const args = [token0, token1, "0x"] as const;
    const data = encodeFunctionData({ abi: algebraFactoryAbi, functionName: "createPool", args });
    await sendInOneBlock(client, [{ from, to: factory, data }]);
  }
  const pool = custom
    ? await client.readContract({
        ...read,
        functionName: "customPoolByPair",
        args: [customDeployer, token0, token1],
      })
    : await client.readContract({ ...read, functionName: "poolByPair", args: [token0, token1] });
  if (pool === zeroAddress)
    throw new Error("The Algebra factory knows no pool of the pair it has just created.");
  await sendInOneBlock(client, [
    setAlgebraPool({ from, pool, functionName: "initialize", value: sqrtPriceX96 }),
  ]);
  return pool;
}

type Setting =
  | { functionName: "initialize"; value: bigint }
  | { functionName: "setCommunityFee" | "setTickSpacing" | "setPluginConfig" | "setFee"; value: number };

/**
 * One of the pool's settings. The community fee is in thousandths of the fees, the fee in pips; it cannot be set while
 * the pool's config has the dynamic-fee flag.
 *
 * @example setAlgebraPool({ from: rig.deployer, pool, functionName: "setCommunityFee", value: 150 })
 */
export function setAlgebraPool({ from, pool, ...setting }: { from: Address; pool: Address } & Setting): Call {
  const data =
    setting.functionName === "initialize"
      ? encodeFunctionData({ abi: algebraPoolAbi, functionName: "initialize", args: [setting.value] })
      : encodeFunctionData({
          abi: algebraPoolAbi,
          functionName: setting.functionName,
          args: [setting.value],
        });
  return { from, to: pool, data };
}

/** Gives a pool its plugin, and says when the plugin is asked (`pluginFlags`, added up). Two calls of one block. */
export function plugIn({
  from,
  pool,
  plugin,
  config,
}: {
  from: Address;
  pool: Address;
  plugin: Address;
  config: number;
}): Call[] {
  const set = encodeFunctionData({ abi: algebraPoolAbi, functionName: "setPlugin", args: [plugin] });
  return [
    { from, to: pool, data: set },
    setAlgebraPool({ from, pool, functionName: "setPluginConfig", value: config }),
  ];
}
