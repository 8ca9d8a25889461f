import { collectNft, decreaseNft, increaseNft } from "../../demo/chain/managerCalls.ts";
import { burnDirect, collectDirect, flash, mintDirect, swap } from "../../demo/chain/poolCalls.ts";
import type { Randomness } from "../../demo/chain/randomness.ts";
import type { Call } from "../../demo/chain/sendInOneBlock.ts";
import type { Market, MarketPosition } from "./market.ts";

/** One block in so many has an operation that is no swap: on mainnet's busy pools it is a few events in a hundred. */
const BLOCKS_A_LIQUIDITY_OPERATION = 12;

/** From a tenth of a tick to some hundred ticks, small ones as common as large ones. */
const SMALLEST = 10n ** 17n;
const LARGEST = 5n * 10n ** 20n;

/** The transactions of one block: two to five swaps over the pools, and now and then a change of liquidity. */
export function nextBlock(market: Market, ticks: ReadonlyMap<string, number>, random: Randomness): Call[] {
  const calls = Array.from({ length: random.whole(2, 5) }, () => nextSwap(market, ticks, random));
  if (random.whole(1, BLOCKS_A_LIQUIDITY_OPERATION) > 1) return calls;
  const position = random.pick(market.positions);
  return position === undefined ? calls : [...calls, ...liquidityOperation(market, position, random)];
}

function nextSwap(
  { deployment, pools }: Market,
  ticks: ReadonlyMap<string, number>,
  random: Randomness,
): Call {
  const pool = random.pick(pools)?.pool ?? deployment.caller;
  const tick = ticks.get(pool.toLowerCase()) ?? 0;
  // The farther the price is from where it began, the likelier it turns back.
  const zeroForOne = random.chance(Math.min(Math.max(0.5 + tick / 2_000, 0.1), 0.9));
  const size = random.size(SMALLEST, LARGEST);
  const from = deployment.accounts[0] ?? deployment.deployer;
  const amount = random.chance(0.8) ? size : -size;
  return swap({ caller: deployment.caller, from, pool, zeroForOne, amount });
}

function liquidityOperation(market: Market, position: MarketPosition, random: Randomness): Call[] {
  const { deployment } = market;
  const { nft, liquidity, ...range } = position;
  const part = liquidity / 8n;
  if (random.chance(0.05)) {
    const { caller } = deployment;
    const from = deployment.accounts[0] ?? deployment.deployer;
    const amounts = { amount0: 10n ** 18n, amount1: 0n, extra0: 2n * 10n ** 16n, extra1: 0n };
    return [flash({ caller, from, pool: position.pool, ...amounts })];
  }
  if (nft === null) {
    const { caller } = deployment;
    const at = { caller, from: deployment.accounts[1] ?? deployment.deployer, ...range };
    return random.chance(0.5)
      ? [mintDirect({ ...at, owner: caller, liquidity: part })]
      : [burnDirect({ ...at, liquidity: random.chance(0.3) ? 0n : part }), collectDirect(at)];
  }
  const at = { manager: deployment.positionManager, from: nft.owner, tokenId: nft.tokenId };
  const most = 10n ** 20n;
  return random.chance(0.5)
    ? [increaseNft({ ...at, amount0Desired: most, amount1Desired: most })]
    : [decreaseNft({ ...at, liquidity: part }), collectNft(at)];
}
