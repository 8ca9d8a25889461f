import { type Address, encodePacked, keccak256 } from "viem";
import { poolAbi } from "./abis.ts";
import type { ChainClient } from "./client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "./deploy.ts";
import { mintNft } from "./managerCalls.ts";
import { burnDirect } from "./poolCalls.ts";
import type { ProtocolRig } from "./protocolRig.ts";
import { rangeOperations } from "./rangeRig.ts";
import { sendInOneBlock } from "./sendInOneBlock.ts";

export interface V3Rig extends ProtocolRig {
  at: Deployment;
  key: PoolKey;
}

/** Terms of a rig's pool. Default: fee 3000, spacing 60, price 1. */
export interface V3PoolTerms {
  fee?: number;
  tickSpacing?: number;
  sqrtPriceX96?: bigint;
}

/** Deploys v3, two tokens and a pool. @example const rig = await startUniswapV3Rig(client, { fee: 500 }); */
export async function startUniswapV3Rig(client: ChainClient, terms: V3PoolTerms = {}): Promise<V3Rig> {
  const at = await deployUniswapV3(client);
  const one = await deployToken(client, at.deployer, { name: "Ether", symbol: "ETH", decimals: 18 });
  const other = await deployToken(client, at.deployer, { name: "Dollar", symbol: "USD", decimals: 6 });
  const tokens = sortTokens(one, other);
  await fund(client, at, tokens, [at.deployer, ...at.accounts]);
  return addV3Pool(client, at, tokens, terms);
}

/** Another pool of the same contracts; tokens sorted, and funded. */
export async function addV3Pool(
  client: ChainClient,
  at: Deployment,
  [token0, token1]: readonly [Address, Address],
  { fee = 3000, tickSpacing = 60, sqrtPriceX96 = 2n ** 96n }: V3PoolTerms = {},
): Promise<V3Rig> {
  const key = await createPool(client, at, { token0, token1, fee, tickSpacing, sqrtPriceX96 });
  const { pool } = key;
  return {
    protocol: "UNISWAP_V3",
    client,
    deployer: at.deployer,
    accounts: at.accounts,
    factory: at.factory,
    positionManager: at.positionManager,
    pool,
    token0,
    token1,
    tickSpacing,
    at,
    key,
    send: (...calls) => sendInOneBlock(client, calls),
    ...rangeOperations({
      protocol: "UNISWAP_V3",
      client,
      pool,
      positionManager: at.positionManager,
      caller: at.caller,
      mintNft: (order) => mintNft({ ...order, key }),
      burn: (order) => burnDirect({ ...order, pool }),
      ...v3Reads(client, pool),
    }),
  };
}

/** Core positions and price of a v3 pool, by its own getters; those of PancakeSwap's are the same. */
export function v3Reads(client: ChainClient, pool: Address) {
  const read = { address: pool, abi: poolAbi } as const;
  return {
    async liquidityOfCore(owner: Address, tickLower: number, tickUpper: number) {
      const key = keccak256(encodePacked(["address", "int24", "int24"], [owner, tickLower, tickUpper]));
      return (await client.readContract({ ...read, functionName: "positions", args: [key] }))[0];
    },
    async readPrice() {
      const [sqrtPriceX96, tick] = await client.readContract({ ...read, functionName: "slot0" });
      return {
        sqrtPriceX96,
        tick,
        liquidity: await client.readContract({ ...read, functionName: "liquidity" }),
      };
    },
  };
}
