import type { Address } from "viem";
import type { ChainClient } from "./client.ts";
import { deployToken, fund, type PoolKey, sortTokens } from "./deploy.ts";
import { mintNft } from "./managerCalls.ts";
import { createPancakePool, deployPancakeV3, type PancakeDeployment } from "./pancakeV3Contracts.ts";
import { burnDirect } from "./poolCalls.ts";
import type { ProtocolRig } from "./protocolRig.ts";
import { rangeOperations } from "./rangeRig.ts";
import { sendInOneBlock } from "./sendInOneBlock.ts";
import { v3Reads } from "./uniswapV3Rig.ts";

export interface PancakeRig extends ProtocolRig {
  at: PancakeDeployment;
  key: PoolKey;
}

/** Terms of a rig's pool. Default: fee 2500 (spacing 50), price 1. */
export interface PancakePoolTerms {
  fee?: number;
  /** The factory's own for its fees: 1 of 100, 10 of 500, 50 of 2500, 200 of 10000. */
  tickSpacing?: number;
  sqrtPriceX96?: bigint;
}

/** Deploys PancakeSwap v3, two tokens and a pool. @example const rig = await startPancakeV3Rig(client, { fee: 500 }); */
export async function startPancakeV3Rig(
  client: ChainClient,
  terms: PancakePoolTerms = {},
): Promise<PancakeRig> {
  const at = await deployPancakeV3(client);
  const one = await deployToken(client, at.deployer, { name: "Ether", symbol: "ETH", decimals: 18 });
  const other = await deployToken(client, at.deployer, { name: "Dollar", symbol: "USD", decimals: 6 });
  const tokens = sortTokens(one, other);
  await fund(client, at, tokens, [at.deployer, ...at.accounts]);
  return addPancakePool(client, at, tokens, terms);
}

/** Another pool of the same contracts; tokens sorted, and funded. */
export async function addPancakePool(
  client: ChainClient,
  at: PancakeDeployment,
  [token0, token1]: readonly [Address, Address],
  { fee = 2500, tickSpacing: asked = 50, sqrtPriceX96 = 2n ** 96n }: PancakePoolTerms = {},
): Promise<PancakeRig> {
  const key = await createPancakePool(client, at, { token0, token1, fee, tickSpacing: asked, sqrtPriceX96 });
  const { pool, tickSpacing } = key;
  return {
    protocol: "PANCAKESWAP_V3",
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
      protocol: "PANCAKESWAP_V3",
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
