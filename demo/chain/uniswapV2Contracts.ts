import { type Address, encodeFunctionData } from "viem";
import { tokenAbi } from "./abis.ts";
import { ownArtifact, publishedArtifact } from "./artifacts.ts";
import type { ChainClient } from "./client.ts";
import { deployContract, NoAccountsError } from "./deploy.ts";
import { type Call, sendInOneBlock } from "./sendInOneBlock.ts";
import { v2FactoryAbi, v2PairAbi } from "./uniswapV2Abis.ts";

export interface V2Deployment {
  /** May set the factory's feeTo. */
  deployer: Address;
  factory: Address;
  /** V2Caller.sol: deposits, withdraws and trades as a router does. */
  caller: Address;
  /** Unlocked accounts with ether, the deployer left out. */
  accounts: Address[];
}

/** Deploys the published v2 factory, which holds the pair's bytecode, and our V2Caller. The protocol fee is off. */
export async function deployUniswapV2(client: ChainClient): Promise<V2Deployment> {
  const [deployer, ...accounts] = await client.getAddresses();
  if (deployer === undefined) throw new NoAccountsError();
  const factory = await deployContract(client, deployer, publishedArtifact("uniswapV2Factory"), [deployer]);
  const caller = await deployContract(client, deployer, ownArtifact("V2Caller"), []);
  return { deployer, factory, caller, accounts };
}

/** Gives each account so much of each token, and lets V2Caller spend it. One block. */
export async function fundV2(
  client: ChainClient,
  { deployer, caller }: V2Deployment,
  tokens: readonly Address[],
  accounts: readonly Address[],
  amount = 2n ** 100n,
): Promise<void> {
  const calls: Call[] = [];
  for (const token of tokens) {
    for (const account of accounts) {
      const mint = { abi: tokenAbi, functionName: "mint", args: [account, amount] } as const;
      calls.push({ from: deployer, to: token, data: encodeFunctionData(mint), gas: 100_000n });
      calls.push(approval(token, account, caller));
    }
  }
  await sendInOneBlock(client, calls);
}

/** Creates an empty pair of the tokens, and lets V2Caller spend the accounts' shares. */
export async function createV2Pair(
  client: ChainClient,
  { deployer, factory, caller, accounts }: V2Deployment,
  tokens: readonly [Address, Address],
): Promise<Address> {
  const create = encodeFunctionData({ abi: v2FactoryAbi, functionName: "createPair", args: tokens });
  await sendInOneBlock(client, [{ from: deployer, to: factory, data: create }]);
  const read = { address: factory, abi: v2FactoryAbi, functionName: "getPair" } as const;
  const pair = await client.readContract({ ...read, args: tokens });
  const holders = [deployer, ...accounts];
  await sendInOneBlock(
    client,
    holders.map((account) => approval(pair, account, caller)),
  );
  return pair;
}

function approval(token: Address, from: Address, spender: Address): Call {
  const args = [spender, 2n ** 256n - 1n] as const;
  const data = encodeFunctionData({ abi: v2PairAbi, functionName: "approve", args });
  return { from, to: token, data, gas: 100_000n };
}
