import { type Address, parseEventLogs } from "viem";
import { getSqrtPriceAtTick } from "../src/math/tickMath.ts";
import { positionManagerAbi } from "./chain/abis.ts";
import type { ChainClient } from "./chain/client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "./chain/deploy.ts";
import { mintNft } from "./chain/managerCalls.ts";
import { mintDirect } from "./chain/poolCalls.ts";
import { type Call, sendInOneBlock } from "./chain/sendInOneBlock.ts";

/** The demo's pool opens at 2,000 dollars an ether. */
const openingPrice = 2000;
const tickSpacing = 60;

export interface Market {
  deployment: Deployment;
  key: PoolKey;
  /** The tick that prices keep returning to. */
  homeTick: number;
  nfts: { tokenId: bigint; owner: Address }[];
  traders: Address[];
}

/**
 * LP (by number), range in dollars an ether, and dollars to put in: half of it, or all, in each token as the range
 * asks. Wide, narrow and one-sided ones; LP 3 and LP 8 each have two NFTs on one range, which LP 11 shares.
 */
const book: readonly (readonly [lp: number, from: number, to: number, dollars: number])[] = [
  [0, 0, Number.POSITIVE_INFINITY, 250_000],
  [0, 1000, 4000, 120_000],
  [1, 1500, 2600, 90_000],
  [1, 1800, 2200, 40_000],
  [1, 1950, 2050, 15_000],
  [2, 1200, 3200, 150_000],
  [2, 2050, 2400, 30_000],
  [3, 1900, 2100, 50_000],
  [3, 1900, 2100, 25_000],
  [3, 1700, 1960, 20_000],
  [4, 1975, 2025, 18_000],
  [4, 2025, 2075, 12_000],
  [4, 1925, 1975, 12_000],
  [5, 1600, 2400, 75_000],
  [5, 2100, 2700, 35_000],
  [6, 1850, 2150, 60_000],
  [6, 1400, 1900, 45_000],
  [6, 2200, 2300, 8_000],
  [7, 500, 8000, 200_000],
  [7, 1980, 2120, 22_000],
  [8, 1750, 2250, 33_000],
  [8, 1750, 2250, 66_000],
  [8, 1880, 1990, 10_000],
  [9, 1990, 2010, 9_000],
  [9, 1940, 2140, 28_000],
  [10, 1650, 2350, 55_000],
  [10, 2000, 3000, 48_000],
  [10, 1000, 2000, 48_000],
  [11, 1900, 2100, 31_000],
];

/** Held in the pool itself, as vaults do, by the LP of this number. */
const directBook = { lp: 11, from: 1820, to: 2180, liquidity: 8n * 10n ** 15n } as const;

/** Puts the published contracts, two test tokens of 18 and 6 decimals and a pool on the chain. */
export async function deployMarket(client: ChainClient): Promise<Market> {
  const deployment = await deployUniswapV3(client);
  const { deployer, accounts } = deployment;
  const ether = { name: "Demo Ether", symbol: "ETH", decimals: 18 };
  const dollar = { name: "Demo Dollar", symbol: "USD", decimals: 6 };
  // Which one is token0 depends on the addresses: deployed again until prices are in dollars an ether.
  const token0 = await deployToken(client, deployer, ether);
  let token1 = await deployToken(client, deployer, dollar);
  while (sortTokens(token0, token1)[0] !== token0) token1 = await deployToken(client, deployer, dollar);
  await fund(client, deployment, [token0, token1], accounts);
  const homeTick = tickOf(openingPrice);
  const sqrtPriceX96 = getSqrtPriceAtTick(homeTick);
  const key = await createPool(client, deployment, { token0, token1, fee: 3000, tickSpacing, sqrtPriceX96 });
  return { deployment, key, homeTick, nfts: [], traders: accounts.slice(12, 16) };
}

/** Opens the positions of the book, ten a block, and the one held directly. */
export async function openPositions(client: ChainClient, market: Market): Promise<void> {
  const { deployment, key } = market;
  const calls = book.map(([lp, from, to, dollars]) => {
    const owner = accountOf(deployment, lp);
    const amount1Desired = BigInt(dollars) * 10n ** 6n;
    const amount0Desired = (BigInt(dollars) * 10n ** 18n) / BigInt(openingPrice);
    const amounts = { amount0Desired: amount0Desired / 2n, amount1Desired: amount1Desired / 2n };
    return mintNft({
      manager: deployment.positionManager,
      from: owner,
      key,
      ...rangeOf(from, to),
      ...amounts,
    });
  });
  const direct = directCall(market);
  for (let start = 0; start < calls.length; start += 10) {
    const block: Call[] = calls.slice(start, start + 10);
    const receipts = await sendInOneBlock(client, start === 0 ? [...block, direct] : block);
    const logs = receipts.flatMap((receipt) => receipt.logs);
    for (const { args } of parseEventLogs({ abi: positionManagerAbi, eventName: "Transfer", logs })) {
      market.nfts.push({ tokenId: args.tokenId, owner: args.to });
    }
  }
}

function directCall({ deployment, key }: Market): Call {
  const owner = accountOf(deployment, directBook.lp);
  const range = rangeOf(directBook.from, directBook.to);
  const { liquidity } = directBook;
  return mintDirect({ caller: deployment.caller, from: owner, pool: key.pool, owner, ...range, liquidity });
}

function accountOf({ accounts, deployer }: Deployment, lp: number): Address {
  return accounts[lp] ?? deployer;
}

function rangeOf(from: number, to: number): { tickLower: number; tickUpper: number } {
  const most = Math.floor(887_272 / tickSpacing) * tickSpacing;
  const snap = (price: number) => Math.round(tickOf(price) / tickSpacing) * tickSpacing;
  return { tickLower: from === 0 ? -most : snap(from), tickUpper: Number.isFinite(to) ? snap(to) : most };
}

/** The tick nearest to a price in whole dollars a whole ether. */
function tickOf(price: number): number {
  return Math.round(Math.log(price * 1e-12) / Math.log(1.0001));
}
