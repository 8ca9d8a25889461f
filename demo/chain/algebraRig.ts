import type { Address } from "viem";
import { algebraPoolAbi } from "./algebraAbis.ts";
import { burnAlgebra, mintAlgebraNft } from "./algebraCalls.ts";
import { type AlgebraDeployment, createAlgebraPool, deployAlgebra } from "./algebraContracts.ts";
import type { ChainClient } from "./client.ts";
import { deployToken, fund, sortTokens } from "./deploy.ts";
import type { ProtocolRig } from "./protocolRig.ts";
import { rangeOperations } from "./rangeRig.ts";
import { sendInOneBlock } from "./sendInOneBlock.ts";

export interface AlgebraRig extends ProtocolRig {
  at: AlgebraDeployment;
}

/** Of a rig's pool. Default: the pair's own pool, at price 1. Its fee begins at 500 pips and its spacing at 60. */
export interface AlgebraPoolTerms {
  sqrtPriceX96?: bigint;
  custom?: boolean;
}

/** Deploys Algebra, two tokens and a pool. @example const rig = await startAlgebraRig(client); */
export async function startAlgebraRig(
  client: ChainClient,
  terms: AlgebraPoolTerms = {},
): Promise<AlgebraRig> {
  const at = await deployAlgebra(client);
  return addAlgebraPool(client, at, await addAlgebraTokens(client, at), terms);
}

/** Two more tokens, funded and approved: a pair has one pool, and one of each custom deployer. */
export async function addAlgebraTokens(
  client: ChainClient,
  at: AlgebraDeployment,
): Promise<[Address, Address]> {
  const one = await deployToken(client, at.deployer, { name: "Ether", symbol: "ETH", decimals: 18 });
  const other = await deployToken(client, at.deployer, { name: "Dollar", symbol: "USD", decimals: 6 });
  const tokens = sortTokens(one, other);
  await fund(client, at, tokens, [at.deployer, ...at.accounts]);
  return tokens;
}

/** Another pool of the same contracts; tokens sorted, and funded. */
export async function addAlgebraPool(
  client: ChainClient,
  at: AlgebraDeployment,
  tokens: readonly [Address, Address],
  { sqrtPriceX96 = 2n ** 96n, custom = false }: AlgebraPoolTerms = {},
): Promise<AlgebraRig> {
  const [token0, token1] = tokens;
  const pool = await createAlgebraPool(client, at, tokens, { sqrtPriceX96, custom });
  const pair = { token0, token1, ...(custom ? { deployer: at.customDeployer } : {}) };
  return {
    protocol: "ALGEBRA_INTEGRAL",
    client,
    deployer: at.deployer,
    accounts: at.accounts,
    factory: at.factory,
    positionManager: at.positionManager,
    pool,
    token0,
    token1,
    tickSpacing: 60,
    at,
    send: (...calls) => sendInOneBlock(client, calls),
    ...rangeOperations({
      protocol: "ALGEBRA_INTEGRAL",
      client,
      pool,
      positionManager: at.positionManager,
      caller: at.caller,
      mintNft: (order) => mintAlgebraNft({ ...order, ...pair }),
      burn: (order) => burnAlgebra({ ...order, pool }),
      ...reads(client, pool),
    }),
  };
}

function reads(client: ChainClient, pool: Address) {
  const read = { address: pool, abi: algebraPoolAbi } as const;
  return {
    async liquidityOfCore(owner: Address, tickLower: number, tickUpper: number) {
      const args = [algebraPositionKey(owner, tickLower, tickUpper)] as const;
      return (await client.readContract({ ...read, functionName: "positions", args }))[0];
    },
    async readPrice() {
      const [sqrtPriceX96, tick] = await client.readContract({ ...read, functionName: "globalState" });
      return {
        sqrtPriceX96,
        tick,
        liquidity: await client.readContract({ ...read, functionName: "liquidity" }),
      };
    },
  };
}

/** Key of a core position, as Positions.getOrCreatePosition makes it: owner, bottom and top tick, not hashed. */
export function algebraPositionKey(owner: Address, tickLower: number, tickUpper: number): `0x${string}` {
  const ticks = (BigInt.asUintN(24, BigInt(tickLower)) << 24n) | BigInt.asUintN(24, BigInt(tickUpper));
  return `0x${((BigInt(owner) << 48n) | ticks).toString(16).padStart(64, "0")}`;
}
