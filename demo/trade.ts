import { getAmount0Delta, getAmount1Delta } from "../src/math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick, getTickAtSqrtPrice } from "../src/math/tickMath.ts";
import { homeTick } from "./book.ts";
import type { Randomness } from "./chain/randomness.ts";
import type { Call } from "./chain/sendInOneBlock.ts";
import type { Market } from "./scenario.ts";

/** More than any swap takes: the price limit ends it. */
const plenty = 2n ** 100n;

/**
 * One round of the market's life: a block with one to three swaps that walk the price at random around its home, and in
 * some rounds an LP that withdraws a third or collects, in blocks of their own. Never nothing.
 */
export async function playRound(market: Market, random: Randomness): Promise<void> {
  const { rig, traders } = market;
  const price = await rig.price();
  let { sqrtPriceX96 } = price;
  let tick = getTickAtSqrtPrice(sqrtPriceX96);
  const calls: Call[] = [];
  for (let swaps = random.whole(1, 3); swaps > 0; swaps--) {
    const move = Math.round((homeTick - tick) / 200) + random.whole(-180, 180);
    if (move === 0) continue;
    tick += move;
    const account = random.pick(traders) ?? rig.deployer;
    const limit = getSqrtPriceAtTick(tick);
    const amount = rig.protocol === "UNISWAP_V2" ? amountTo(limit, sqrtPriceX96, price.liquidity) : plenty;
    // The price of a tick is its lower end, so the next move down still starts above it.
    calls.push(rig.swapCall({ account, zeroForOne: move < 0, amount, limit }));
    sqrtPriceX96 = limit;
  }
  if (calls.length > 0) await rig.send(...calls);
  if (calls.length === 0 || random.chance(0.08)) await changeLiquidity(market, random);
}

/** What moves the price of a v2 pair, which knows no limit, nearly to another one. */
function amountTo(limit: bigint, sqrtPriceX96: bigint, liquidity: bigint): bigint {
  const delta = limit < sqrtPriceX96 ? getAmount0Delta : getAmount1Delta;
  return delta(limit, sqrtPriceX96, liquidity, true);
}

async function changeLiquidity({ rig, positions }: Market, random: Randomness): Promise<void> {
  const position = random.pick(positions);
  if (position === undefined) return;
  const third = (await rig.liquidityOf(position)) / 3n;
  if (random.chance(0.5) && third > 0n) await rig.remove(position, third);
  if (rig.protocol !== "UNISWAP_V2") await rig.collect(position);
}
