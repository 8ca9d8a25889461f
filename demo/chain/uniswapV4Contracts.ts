import {
  type Address,
  concat,
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  keccak256,
  numberToHex,
} from "viem";
import { tokenAbi } from "./abis.ts";
import { ownArtifact, permit2Code, publishedArtifact } from "./artifacts.ts";
import type { ChainClient } from "./client.ts";
import { deployContract, NoAccountsError } from "./deploy.ts";
import { type Call, sendInOneBlock } from "./sendInOneBlock.ts";
import { permit2Abi, v4PoolManagerAbi } from "./uniswapV4Abis.ts";

export interface V4Deployment {
  /** Owner of the pool manager, and its protocol fee controller. */
  deployer: Address;
  poolManager: Address;
  positionManager: Address;
  stateView: Address;
  /** V4Caller.sol: for swaps, donations, and positions without the position manager. */
  caller: Address;
  /** Unlocked accounts with ether, the deployer left out. */
  accounts: Address[];
}

export interface V4PoolKey {
  currency0: Address;
  currency1: Address;
  /** 0x800000 for a dynamic fee. */
  fee: number;
  tickSpacing: number;
  hooks: Address;
}

/** Fee of a pool whose hook sets it. */
export const dynamicFee = 0x800000;

/** What a hook's address says that it may do: the lowest bits, as Hooks.sol of v4-core has them. */
export const hookPermissions = {
  beforeSwap: 1 << 7,
  afterSwap: 1 << 6,
  afterRemoveLiquidity: 1 << 8,
  beforeSwapReturnsDelta: 1 << 3,
  afterSwapReturnsDelta: 1 << 2,
  afterRemoveLiquidityReturnsDelta: 1 << 0,
} as const;

/** Our hooks (V4Hooks.sol), with the permissions each one wants. */
const hookFlags = {
  V4FeeHook: hookPermissions.beforeSwap,
  V4TakingHook:
    hookPermissions.afterRemoveLiquidity |
    hookPermissions.afterRemoveLiquidityReturnsDelta |
    hookPermissions.afterSwap |
    hookPermissions.afterSwapReturnsDelta,
  V4CurveHook: hookPermissions.beforeSwap | hookPermissions.beforeSwapReturnsDelta,
} as const;

const permit2: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
/** Deploys by CREATE2 whatever it is sent; every Anvil has it. */
const create2Deployer: Address = "0x4e59b44847b379578588920cA78FbF26c0B4956C";

/** Deploys the published v4 pool manager, position manager and StateView, and our V4Caller; Permit2 is put in place. */
export async function deployUniswapV4(client: ChainClient): Promise<V4Deployment> {
  const [deployer, ...accounts] = await client.getAddresses();
  if (deployer === undefined) throw new NoAccountsError();
  const deploy = (name: Parameters<typeof publishedArtifact>[0], args: unknown[]) =>
    deployContract(client, deployer, publishedArtifact(name), args);
  await client.setCode({ address: permit2, bytecode: permit2Code() });
  const poolManager = await deploy("uniswapV4PoolManager", [deployer]);
  const weth = await deployContract(client, deployer, ownArtifact("WrappedEther"), []);
  // Gas that a subscriber may use, as on mainnet; the address after it describes NFTs as pictures.
  const args = [poolManager, permit2, 300_000n, deployer, weth];
  const positionManager = await deploy("uniswapV4PositionManager", args);
  const stateView = await deploy("uniswapV4StateView", [poolManager]);
  const caller = await deployContract(client, deployer, ownArtifact("V4Caller"), []);
  const controller = encodeFunctionData({
    abi: v4PoolManagerAbi,
    functionName: "setProtocolFeeController",
    args: [deployer],
  });
  await sendInOneBlock(client, [{ from: deployer, to: poolManager, data: controller }]);
  return { deployer, poolManager, positionManager, stateView, caller, accounts };
}

/** Gives each account so much of each token, and lets the position manager and V4Caller spend it. One block. */
export async function fundV4(
  client: ChainClient,
  { deployer, positionManager, caller }: V4Deployment,
  tokens: Address[],
  accounts: Address[],
  amount = 2n ** 112n,
): Promise<void> {
  const calls: Call[] = [];
  for (const token of tokens) {
    for (const account of accounts) {
      const mint = { abi: tokenAbi, functionName: "mint", args: [account, amount] } as const;
      calls.push({ from: deployer, to: token, data: encodeFunctionData(mint), gas: 100_000n });
      for (const spender of [permit2, caller]) {
        const approve = { abi: tokenAbi, functionName: "approve", args: [spender, 2n ** 256n - 1n] } as const;
        calls.push({ from: account, to: token, data: encodeFunctionData(approve), gas: 100_000n });
      }
      const args = [token, positionManager, 2n ** 160n - 1n, 2 ** 48 - 1] as const;
      const allow = encodeFunctionData({ abi: permit2Abi, functionName: "approve", args });
      calls.push({ from: account, to: permit2, data: allow, gas: 100_000n });
    }
  }
  await sendInOneBlock(client, calls);
}

/** Initialises a pool and says its id. The currencies must be sorted; 0x00…00 is ether. */
export async function createV4Pool(
  client: ChainClient,
  { deployer, poolManager }: V4Deployment,
  key: V4PoolKey,
  sqrtPriceX96: bigint,
): Promise<Hex> {
  const args = [key, sqrtPriceX96] as const;
  const data = encodeFunctionData({ abi: v4PoolManagerAbi, functionName: "initialize", args });
  await sendInOneBlock(client, [{ from: deployer, to: poolManager, data }]);
  return v4PoolId(key);
}

/** Id of a pool, as PoolId.toId of v4-core: the hash of its key. */
export function v4PoolId({ currency0, currency1, fee, tickSpacing, hooks }: V4PoolKey): Hex {
  const types = ["address", "address", "uint24", "int24", "address"].map((type) => ({ type }));
  return keccak256(encodeAbiParameters(types, [currency0, currency1, fee, tickSpacing, hooks]));
}

/** Deploys one of our hooks at an address that says what it may do. Once a chain: a second deployment reverts. */
export async function deployHook(
  client: ChainClient,
  { deployer }: Pick<V4Deployment, "deployer">,
  name: keyof typeof hookFlags,
): Promise<Address> {
  const { abi, bytecode } = ownArtifact(name);
  const code = encodeDeployData({ abi, bytecode, args: [] });
  const { salt, address } = mineSalt(code, hookFlags[name]);
  await sendInOneBlock(client, [{ from: deployer, to: create2Deployer, data: concat([salt, code]) }]);
  return address;
}

/** The first salt with which the code's address has these permissions and no others. 16,384 tries on average. */
function mineSalt(code: Hex, flags: number): { salt: Hex; address: Address } {
  const bytecodeHash = keccak256(code);
  for (let nonce = 0; ; nonce++) {
    const salt = numberToHex(nonce, { size: 32 });
    const hash = keccak256(concat(["0xff", create2Deployer, salt, bytecodeHash]));
    if ((Number.parseInt(hash.slice(-4), 16) & 0x3fff) !== flags) continue;
    return {
      salt,
      address: getContractAddress({ opcode: "CREATE2", from: create2Deployer, salt, bytecodeHash }),
    };
  }
}
