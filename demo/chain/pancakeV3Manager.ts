import type { Address, Hex } from "viem";
import { ownArtifact, publishedArtifact } from "./artifacts.ts";
import type { ChainClient } from "./client.ts";
import { deployContract } from "./deploy.ts";

/**
 * PancakeSwap publishes no bytecode of its position manager, which is Uniswap's but for names and one width. So this is
 * Uniswap's published one, with the pools' init code hash and the width of slot0's feeProtocol replaced in its code.
 */
const replacements: { what: string; from: string; to: string }[] = [
  {
    what: "POOL_INIT_CODE_HASH of PoolAddress.sol, by that of PancakeV3Pool",
    from: "e34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54",
    to: "6ce8eb472fa82df5469c6ab6d485f17c3ad13c8cd7af59b3d4a8026c5ce0f7e2",
  },
  {
    what: "the check that a uint8 fits in 8 bits, by one that it fits in 32, at its end the same jump",
    from: "60ff8116811461506357",
    to: "5b8060201c1561506357",
  },
];

/**
 * Deploys it, and puts PancakeManagerFront before it, which knows the callback by PancakeSwap's name. It computes pools
 * from the pool deployer, which it takes for the factory: `createAndInitializePoolIfNecessary` does not work.
 */
export async function deployPancakeManager(
  client: ChainClient,
  {
    deployer,
    factory,
    poolDeployer,
    weth,
  }: Record<"deployer" | "factory" | "poolDeployer" | "weth", Address>,
): Promise<Address> {
  const { abi, bytecode } = publishedArtifact("positionManager");
  const fitted = { abi, bytecode: replacements.reduce(replaceOnce, bytecode) };
  // The third argument describes NFTs as pictures.
  const args = [poolDeployer, weth, deployer];
  const code = await deployContract(client, deployer, fitted, args);
  const front = await deployContract(client, deployer, ownArtifact("PancakeManagerFront"), [code, factory]);
  // Deployed a second time for what its constructor stores; only then does the front take its place.
  const manager = await deployContract(client, deployer, fitted, args);
  const frontCode = await client.getCode({ address: front });
  if (frontCode === undefined) throw new Error("PancakeManagerFront has no code once it is deployed.");
  await client.setCode({ address: manager, bytecode: frontCode });
  return manager;
}

function replaceOnce(code: Hex, { what, from, to }: { what: string; from: string; to: string }): Hex {
  const [before, after, more] = code.split(from);
  if (before === undefined || after === undefined || more !== undefined) throw new NotOnceError(what);
  return `${before}${to}${after}` as Hex;
}

export class NotOnceError extends Error {
  override name = "NotOnceError";

  constructor(what: string) {
    super(
      `The published position manager has other bytecode than expected: not exactly once there is ${what}.`,
    );
  }
}
