import { type Address, type Hex, numberToHex, zeroAddress } from "viem";
import type { ChainClient } from "./client.ts";
import { deployToken, sortTokens } from "./deploy.ts";
import { NotOfThisProtocolError, type OpenOrder, type ProtocolRig, type RigPosition } from "./protocolRig.ts";
import { type Call, sendAlone, sendInOneBlock } from "./sendInOneBlock.ts";
import { v4PositionManagerAbi, v4StateViewAbi } from "./uniswapV4Abis.ts";
import {
  burnV4Nft,
  decreaseV4Nft,
  increaseV4Nft,
  mintV4Nft,
  modifyV4Direct,
  swapV4,
  transferV4Nft,
} from "./uniswapV4Calls.ts";
import {
  createV4Pool,
  deployUniswapV4,
  fundV4,
  type V4Deployment,
  type V4PoolKey,
} from "./uniswapV4Contracts.ts";

export interface V4Rig extends ProtocolRig {
  at: V4Deployment;
  key: V4PoolKey;
}

/** Terms of a rig's pool. Default: fee 3000, spacing 60, no hook, price 1. */
export interface V4PoolTerms {
  fee?: number;
  tickSpacing?: number;
  hooks?: Address;
  sqrtPriceX96?: bigint;
}

/** Deploys v4, two tokens and a pool. @example const rig = await startUniswapV4Rig(client, { fee: 500 }); */
export async function startUniswapV4Rig(client: ChainClient, terms: V4PoolTerms = {}): Promise<V4Rig> {
  const at = await deployUniswapV4(client);
  const one = await deployToken(client, at.deployer, { name: "Ether", symbol: "ETH", decimals: 18 });
  const other = await deployToken(client, at.deployer, { name: "Dollar", symbol: "USD", decimals: 6 });
  const tokens = sortTokens(one, other);
  await fundV4(client, at, tokens, [at.deployer, ...at.accounts]);
  return addV4Pool(client, at, tokens, terms);
}

/** Another pool of the same contracts; tokens sorted, and funded. */
export async function addV4Pool(
  client: ChainClient,
  at: V4Deployment,
  [currency0, currency1]: readonly [Address, Address],
  { fee = 3000, tickSpacing = 60, hooks = zeroAddress, sqrtPriceX96 = 2n ** 96n }: V4PoolTerms = {},
): Promise<V4Rig> {
  const key = { currency0, currency1, fee, tickSpacing, hooks };
  const pool = await createV4Pool(client, at, key, sqrtPriceX96);
  return {
    protocol: "UNISWAP_V4",
    client,
    deployer: at.deployer,
    accounts: at.accounts,
    factory: at.poolManager,
    positionManager: at.positionManager,
    pool,
    token0: currency0,
    token1: currency1,
    tickSpacing,
    at,
    key,
    send: (...calls) => sendInOneBlock(client, calls),
    ...operations({ client, at, key, pool, send: (call) => sendAlone(client, call) }),
  };
}

interface Context {
  client: ChainClient;
  at: V4Deployment;
  key: V4PoolKey;
  pool: Hex;
  send(call: Call): ReturnType<ProtocolRig["add"]>;
}

type Operations = Pick<
  ProtocolRig,
  "open" | "add" | "remove" | "collect" | "transfer" | "close" | "swap" | "liquidityOf" | "price"
>;

function operations({ client, at, key, pool, send }: Context): Operations {
  const through = ({ account }: Pick<RigPosition, "account">) => ({ at, key, from: account });
  const liquidityOf = async ({ owner, tickLower, tickUpper, salt }: RigPosition) => {
    const args = [pool, owner, tickLower, tickUpper, salt ?? numberToHex(0, { size: 32 })] as const;
    const read = { address: at.stateView, abi: v4StateViewAbi, functionName: "getPositionInfo" } as const;
    return (await client.readContract({ ...read, args }))[0];
  };
  const change = (position: RigPosition, liquidityDelta: bigint) => {
    const { tokenId, tickLower, tickUpper, salt } = position;
    if (tokenId === null) {
      const range = { tickLower, tickUpper, salt: salt ?? numberToHex(0, { size: 32 }) };
      return send(modifyV4Direct({ ...through(position), ...range, liquidityDelta }));
    }
    if (liquidityDelta > 0n)
      return send(increaseV4Nft({ ...through(position), tokenId, liquidity: liquidityDelta }));
    return send(decreaseV4Nft({ ...through(position), tokenId, liquidity: -liquidityDelta }));
  };
  return {
    liquidityOf,
    open: opener({ client, at, key, pool, send }),
    add: change,
    remove: (position, liquidity) => change(position, -liquidity),
    collect: (position) => change(position, 0n),
    async transfer(position, to) {
      const { tokenId, account } = position;
      if (tokenId === null)
        throw new NotOfThisProtocolError("UNISWAP_V4", "transfer of a position without an NFT");
      const receipt = await send(transferV4Nft({ at, from: account, to, tokenId }));
      return { position: { ...position, account: to }, receipt };
    },
    async close(position) {
      const { tokenId } = position;
      if (tokenId !== null) return send(burnV4Nft({ ...through(position), tokenId }));
      return change(position, -(await liquidityOf(position)));
    },
    swap: ({ account, ...order }) => send(swapV4({ ...through({ account }), ...order })),
    async price() {
      const read = { address: at.stateView, abi: v4StateViewAbi, args: [pool] } as const;
      const [sqrtPriceX96] = await client.readContract({ ...read, functionName: "getSlot0" });
      return {
        sqrtPriceX96,
        liquidity: await client.readContract({ ...read, functionName: "getLiquidity" }),
      };
    },
  };
}

/** NFTs carry their id as salt; positions of V4Caller are told apart by salts counted from 1. */
function opener({ client, at, key, send }: Context): ProtocolRig["open"] {
  let salts = 0;
  return async ({ account, tickLower, tickUpper, liquidity, direct = false }: OpenOrder) => {
    const range = { tickLower, tickUpper };
    if (direct) {
      const salt = numberToHex(++salts, { size: 32 });
      const call = modifyV4Direct({ at, key, from: account, ...range, liquidityDelta: liquidity, salt });
      return {
        position: { tokenId: null, account, owner: at.caller, ...range, salt },
        receipt: await send(call),
      };
    }
    const read = { address: at.positionManager, abi: v4PositionManagerAbi } as const;
    const tokenId = await client.readContract({ ...read, functionName: "nextTokenId" });
    const receipt = await send(mintV4Nft({ at, key, from: account, ...range, liquidity }));
    const salt = numberToHex(tokenId, { size: 32 });
    return { position: { tokenId, account, owner: at.positionManager, ...range, salt }, receipt };
  };
}
