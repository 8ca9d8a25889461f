import {
  type Address,
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  keccak256,
} from "viem";
import { factoryAbi, poolAbi, tokenAbi } from "./abis.ts";
import { type Artifact, ownArtifact, publishedArtifact } from "./artifacts.ts";
import type { ChainClient } from "./client.ts";
import { type Call, sendInOneBlock } from "./sendInOneBlock.ts";

export interface Deployment {
  deployer: Address;
  factory: Address;
  positionManager: Address;
  weth: Address;
  /** PoolCaller.sol: for swaps, flashes, and positions without the manager. */
  caller: Address;
  /** Unlocked accounts with ether, the deployer left out. */
  accounts: Address[];
}

export interface PoolKey {
  pool: Address;
  token0: Address;
  token1: Address;
  fee: number;
  tickSpacing: number;
}

/**
 * Deploys the published v3 factory and position manager, our WETH and our PoolCaller, from Anvil's first account. The
 * manager knows pools by the canonical init code hash, which the published pool bytecode has.
 */
export async function deployUniswapV3(client: ChainClient): Promise<Deployment> {
  const [deployer, ...accounts] = await client.getAddresses();
  if (deployer === undefined) throw new NoAccountsError();
  const factory = await deployContract(client, deployer, publishedArtifact("factory"), []);
  const weth = await deployContract(client, deployer, ownArtifact("WrappedEther"), []);
  const caller = await deployContract(client, deployer, ownArtifact("PoolCaller"), []);
  // The third argument describes NFTs as pictures, which nobody asks for here.
  const manager = publishedArtifact("positionManager");
  const positionManager = await deployContract(client, deployer, manager, [factory, weth, deployer]);
  return { deployer, factory, positionManager, weth, caller, accounts };
}

/** Deploys one contract in a block of its own. @example await deployContract(client, from, ownArtifact("BareToken"), []) */
export async function deployContract(
  client: ChainClient,
  from: Address,
  { abi, bytecode }: Artifact,
  args: unknown[],
): Promise<Address> {
  const [receipt] = await sendInOneBlock(client, [{ from, data: encodeDeployData({ abi, bytecode, args }) }]);
  if (!receipt?.contractAddress) throw new Error("The receipt of a deployment names no contract.");
  return receipt.contractAddress;
}

/** Deploys TestToken.sol. @example await deployToken(client, deployer, { name: "Ether", symbol: "ETH", decimals: 18 }) */
export function deployToken(
  client: ChainClient,
  from: Address,
  { name, symbol, decimals }: { name: string; symbol: string; decimals: number },
): Promise<Address> {
  return deployContract(client, from, ownArtifact("TestToken"), [name, symbol, decimals]);
}

/** Gives each account so much of each token, and lets the position manager and PoolCaller spend it. One block. */
export async function fund(
  client: ChainClient,
  at: Deployment,
  tokens: Address[],
  accounts: Address[],
  amount = 2n ** 112n,
): Promise<void> {
  const calls: Call[] = [];
  for (const token of tokens) {
    for (const account of accounts) {
      const mint = { abi: tokenAbi, functionName: "mint", args: [account, amount] } as const;
      calls.push({ from: at.deployer, to: token, data: encodeFunctionData(mint), gas: 100_000n });
      for (const spender of [at.positionManager, at.caller]) {
        const approve = { abi: tokenAbi, functionName: "approve", args: [spender, 2n ** 256n - 1n] } as const;
        calls.push({ from: account, to: token, data: encodeFunctionData(approve), gas: 100_000n });
      }
    }
  }
  await sendInOneBlock(client, calls);
}

/**
 * Creates and initialises a pool in one block, first enabling the fee if the factory does not know it.
 *
 * @param sqrtPriceX96 for the tokens in the order given; they must be sorted (see `sortTokens`).
 */
export async function createPool(
  client: ChainClient,
  { deployer, factory }: Deployment,
  { token0, token1, fee, tickSpacing, sqrtPriceX96 }: Omit<PoolKey, "pool"> & { sqrtPriceX96: bigint },
): Promise<PoolKey> {
  const read = { address: factory, abi: factoryAbi } as const;
  const known = await client.readContract({ ...read, functionName: "feeAmountTickSpacing", args: [fee] });
  const enable = encodeFunctionData({
    abi: factoryAbi,
    functionName: "enableFeeAmount",
    args: [fee, tickSpacing],
  });
  const create = encodeFunctionData({
    abi: factoryAbi,
    functionName: "createPool",
    args: [token0, token1, fee],
  });
  const initialize = encodeFunctionData({ abi: poolAbi, functionName: "initialize", args: [sqrtPriceX96] });
  const pool = poolAddress(factory, token0, token1, fee);
  await sendInOneBlock(client, [
    ...(known === 0 ? [{ from: deployer, to: factory, data: enable }] : []),
    { from: deployer, to: factory, data: create },
    { from: deployer, to: pool, data: initialize },
  ]);
  return { pool, token0, token1, fee, tickSpacing };
}

/** Address of a pool, as PoolAddress.computeAddress of v3-periphery, from the published pool bytecode. */
export function poolAddress(factory: Address, token0: Address, token1: Address, fee: number): Address {
  const types = [{ type: "address" }, { type: "address" }, { type: "uint24" }] as const;
  const salt = keccak256(encodeAbiParameters(types, [token0, token1, fee]));
  const bytecodeHash = keccak256(publishedArtifact("pool").bytecode);
  return getContractAddress({ opcode: "CREATE2", from: factory, salt, bytecodeHash });
}

/** Both tokens in the order of a pool: by address. */
export function sortTokens(a: Address, b: Address): [Address, Address] {
  return a.toLowerCase() < b.toLowerCase() ? [a, b] : [b, a];
}

export class NoAccountsError extends Error {
  override name = "NoAccountsError";

  constructor() {
    super("The chain has no unlocked accounts: is it an Anvil?");
  }
}
