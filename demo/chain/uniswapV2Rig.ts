import type { Address } from "viem";
import type { ChainClient } from "./client.ts";
import { deployToken, sortTokens } from "./deploy.ts";
import { NotOfThisProtocolError, type ProtocolRig, type RigPosition } from "./protocolRig.ts";
import { sendAlone, sendInOneBlock } from "./sendInOneBlock.ts";
import { v2PairAbi } from "./uniswapV2Abis.ts";
import { burnShares, mintShares, swapV2, transferShares } from "./uniswapV2Calls.ts";
import { createV2Pair, deployUniswapV2, fundV2, type V2Deployment } from "./uniswapV2Contracts.ts";

export interface V2Rig extends ProtocolRig {
  at: V2Deployment;
}

/** Shares that the first deposit leaves with the zero address. */
const minimumLiquidity = 1000n;

/**
 * Deploys v2, two tokens and an empty pair.
 *
 * @param sqrtPriceX96 at which the first deposit is made. Default: price 1.
 * @example const rig = await startUniswapV2Rig(client);
 */
export async function startUniswapV2Rig(
  client: ChainClient,
  { sqrtPriceX96 = 2n ** 96n }: { sqrtPriceX96?: bigint } = {},
): Promise<V2Rig> {
  const at = await deployUniswapV2(client);
  const one = await deployToken(client, at.deployer, { name: "Ether", symbol: "ETH", decimals: 18 });
  const other = await deployToken(client, at.deployer, { name: "Dollar", symbol: "USD", decimals: 6 });
  const tokens = sortTokens(one, other);
  await fundV2(client, at, tokens, [at.deployer, ...at.accounts]);
  return addV2Pair(client, at, tokens, sqrtPriceX96);
}

/** Another pair of the same factory; tokens sorted, and funded. */
export async function addV2Pair(
  client: ChainClient,
  at: V2Deployment,
  tokens: readonly [Address, Address],
  sqrtPriceX96 = 2n ** 96n,
): Promise<V2Rig> {
  const pair = await createV2Pair(client, at, tokens);
  return {
    protocol: "UNISWAP_V2",
    client,
    deployer: at.deployer,
    accounts: at.accounts,
    factory: at.factory,
    positionManager: null,
    pool: pair,
    token0: tokens[0],
    token1: tokens[1],
    tickSpacing: 1,
    at,
    send: (...calls) => sendInOneBlock(client, calls),
    ...operations(client, at.caller, pair, sqrtPriceX96),
  };
}

type Operations = Pick<
  ProtocolRig,
  "open" | "add" | "remove" | "collect" | "transfer" | "close" | "swap" | "liquidityOf" | "price"
>;

function operations(client: ChainClient, caller: Address, pair: Address, sqrtPriceX96: bigint): Operations {
  const through = ({ account }: { account: Address }) => ({ caller, from: account, pair });
  const liquidityOf = ({ account }: Pick<RigPosition, "account">) =>
    client.readContract({ address: pair, abi: v2PairAbi, functionName: "balanceOf", args: [account] });
  const deposit = async ({ account }: { account: Address }, shares: bigint) => {
    const amounts = await amountsForShares(client, pair, shares, sqrtPriceX96);
    return sendAlone(client, mintShares({ ...through({ account }), ...amounts }));
  };
  const remove = async (position: RigPosition, shares: bigint) =>
    sendAlone(client, burnShares({ ...through(position), shares }));
  return {
    liquidityOf,
    async open({ account, liquidity }) {
      const receipt = await deposit({ account }, liquidity);
      const everywhere = { tickLower: -887272, tickUpper: 887272 };
      return { position: { tokenId: null, account, owner: account, ...everywhere, salt: null }, receipt };
    },
    add: deposit,
    remove,
    async collect() {
      throw new NotOfThisProtocolError("UNISWAP_V2", "collect");
    },
    async transfer(position, to) {
      const shares = await liquidityOf(position);
      const receipt = await sendAlone(client, transferShares({ from: position.account, pair, to, shares }));
      return { position: { ...position, account: to, owner: to }, receipt };
    },
    close: async (position) => remove(position, await liquidityOf(position)),
    swap: ({ account, zeroForOne, amount }) =>
      sendAlone(client, swapV2({ ...through({ account }), zeroForOne, amount })),
    async price() {
      const [r0, r1] = await readReserves(client, pair);
      return {
        sqrtPriceX96: r0 === 0n ? sqrtPriceX96 : floorSqrt((r1 << 192n) / r0),
        liquidity: floorSqrt(r0 * r1),
      };
    },
  };
}

/** What to deposit for so many shares, rounded up; of an empty pair, at its first price and with those that stay. */
async function amountsForShares(client: ChainClient, pair: Address, shares: bigint, sqrtPriceX96: bigint) {
  const supply = await client.readContract({ address: pair, abi: v2PairAbi, functionName: "totalSupply" });
  if (supply === 0n) {
    const liquidity = shares + minimumLiquidity;
    const amount0 = divideUp(liquidity << 96n, sqrtPriceX96);
    return { amount0, amount1: divideUp(liquidity * sqrtPriceX96, 2n ** 96n) };
  }
  const [r0, r1] = await readReserves(client, pair);
  return { amount0: divideUp(shares * r0, supply), amount1: divideUp(shares * r1, supply) };
}

function readReserves(client: ChainClient, pair: Address) {
  return client.readContract({ address: pair, abi: v2PairAbi, functionName: "getReserves" });
}

function divideUp(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}

function floorSqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
