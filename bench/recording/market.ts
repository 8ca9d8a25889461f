import { type Address, parseEventLogs } from "viem";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import type { ChainClient } from "../../demo/chain/client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "../../demo/chain/deploy.ts";
import { mintNft } from "../../demo/chain/managerCalls.ts";
import { mintDirect } from "../../demo/chain/poolCalls.ts";
import type { Randomness } from "../../demo/chain/randomness.ts";
import { type Call, sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";

/** Five pools of the four usual fees, the tokens of all with 18 decimals and a price near 1. */
export const POOLS = [
  { fee: 100, tickSpacing: 1 },
  { fee: 500, tickSpacing: 10 },
  { fee: 500, tickSpacing: 10 },
  { fee: 3000, tickSpacing: 60 },
  { fee: 10000, tickSpacing: 200 },
] as const;

const NFTS_A_POOL = 8;
const DIRECT_A_POOL = 4;

/** Liquidity that each position gets: 1,000 whole tokens of a full range at price 1. */
const LIQUIDITY = 10n ** 21n;

export interface MarketPosition {
  pool: Address;
  tickLower: number;
  tickUpper: number;
  /** As it was opened; null where it is held in the pool itself, by PoolCaller. */
  nft: { tokenId: bigint; owner: Address } | null;
  liquidity: bigint;
}

export interface Market {
  deployment: Deployment;
  pools: PoolKey[];
  positions: MarketPosition[];
}

/** Deploys Uniswap v3, five pools at price 1 and twelve positions in each, full range first. */
export async function openMarket(client: ChainClient, random: Randomness): Promise<Market> {
  const deployment = await deployUniswapV3(client);
  const pools: PoolKey[] = [];
  for (const [index, { fee, tickSpacing }] of POOLS.entries()) {
    const deploy = (side: string) =>
      deployToken(client, deployment.deployer, { name: side, symbol: `${side}${index}`, decimals: 18 });
    const [token0, token1] = sortTokens(await deploy("A"), await deploy("B"));
    await fund(client, deployment, [token0, token1], deployment.accounts.slice(0, 4));
    // In the middle of a tick: beside the bound of a range, an amount would be more liquidity than fits.
    const sqrtPriceX96 = getSqrtPriceAtTick(0) + 2n ** 96n / 40_000n;
    pools.push(await createPool(client, deployment, { token0, token1, fee, tickSpacing, sqrtPriceX96 }));
  }
  const market: Market = { deployment, pools, positions: [] };
  for (const pool of pools) await openPositions(client, random, market, pool);
  return market;
}

async function openPositions(
  client: ChainClient,
  random: Randomness,
  market: Market,
  key: PoolKey,
): Promise<void> {
  const { deployment, positions } = market;
  const ranges = Array.from({ length: NFTS_A_POOL + DIRECT_A_POOL }, (_, i) =>
    i === 0 ? fullRange(key) : randomRange(random, key),
  );
  const calls = ranges.map((range, i): Call => {
    const from = deployment.accounts[i % 4] ?? deployment.deployer;
    if (i >= NFTS_A_POOL) {
      const owner = deployment.caller;
      return mintDirect({ caller: owner, from, pool: key.pool, owner, ...range, liquidity: LIQUIDITY });
    }
    // Desired so that a narrow range does not get a thousand times the liquidity of a wide one.
    const most = (LIQUIDITY * BigInt(Math.min(range.tickUpper - range.tickLower, 20_000))) / 20_000n;
    const amounts = { amount0Desired: most, amount1Desired: most };
    return mintNft({ manager: deployment.positionManager, from, key, ...range, ...amounts });
  });
  const receipts = await sendInOneBlock(client, calls);
  for (const [i, receipt] of receipts.entries()) {
    const [mint] = parseEventLogs({ abi: uniswapV3PoolAbi, eventName: "Mint", logs: receipt.logs });
    if (mint === undefined) throw new NoMintError(i, receipt.status);
    const { tickLower, tickUpper, amount: liquidity } = mint.args;
    const nft = i < NFTS_A_POOL ? { tokenId: nextTokenId(positions), owner: receipt.from } : null;
    positions.push({ pool: key.pool, tickLower, tickUpper, liquidity, nft });
  }
}

function nextTokenId(positions: readonly MarketPosition[]): bigint {
  return BigInt(positions.filter(({ nft }) => nft !== null).length + 1);
}

function fullRange({ tickSpacing }: PoolKey) {
  const most = Math.floor(887_272 / tickSpacing) * tickSpacing;
  return { tickLower: -most, tickUpper: most };
}

/** Some 3,000 ticks wide, its middle within 1,000 ticks of the price: most hold the price most of the time. */
function randomRange(random: Randomness, { tickSpacing }: PoolKey) {
  const middle = random.whole(-1_000, 1_000);
  const half = random.whole(150, 3_000);
  const onSpacing = (tick: number) => Math.round(tick / tickSpacing) * tickSpacing;
  const tickLower = onSpacing(middle - half);
  return { tickLower, tickUpper: Math.max(onSpacing(middle + half), tickLower + tickSpacing) };
}

export class NoMintError extends Error {
  override readonly name = "NoMintError";

  constructor(index: number, status: string) {
    super(
      `position ${index} of a pool was not opened (${status}): do the test tokens and PoolCaller still fit?`,
    );
  }
}
