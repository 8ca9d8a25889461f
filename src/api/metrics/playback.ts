import { lossVersusRebalancing } from "../../math/lossVersusRebalancing.ts";
import { getTickAtSqrtPrice } from "../../math/tickMath.ts";
import { pairAmounts } from "../../state/pairPool.ts";
import { type Markouts, openMarkouts, settleMarkouts } from "./playedMarkouts.ts";
import {
  endPairBlock,
  meetSwap,
  type PairAfter,
  type PairChange,
  type PlayedPair,
  takePairChange,
} from "./playedPair.ts";
import { type PlayedPool, playChange, playSwap, type RecordedSwap } from "./playedPool.ts";
import { earnStep, type ShadowPosition, shadowAmounts } from "./shadowPosition.ts";
import type { RangeChange } from "./tickBook.ts";

/** Liquidity that came into a range or left it, at the pool's price then. */
type PlayedChange = RangeChange & { positionId: string | null; sqrtPriceX96: bigint };

/** What moves a pool, in the order of the chain. */
export type PlayedEvent = { blockNumber: number; timestamp: number } & (
  | { kind: "SWAP"; swap: RecordedSwap }
  | { kind: "CHANGE"; change: PlayedChange }
  /** Of a v2 pair: LP tokens, and what the block left. */
  | { kind: "PAIR_CHANGE"; change: PairChange }
  | { kind: "PAIR_AFTER"; after: PairAfter }
);

/** A pool's history under way, and what a position makes of it. */
export type Playback = {
  readonly pool: PlayedPool;
  readonly shadow: ShadowPosition;
  /** Of the recorded position that the shadow is; null for one that never was. */
  readonly positionId: string | null;
  readonly markouts: Markouts;
  /** Of the last event, or of the block that it began after. */
  blockNumber: number;
  timestamp: number;
  /** Loss versus rebalancing of one unit of liquidity up to the last sample, and the price of that sample. */
  lvrX128: bigint;
  sampleX96: bigint;
  secondsInRange: number;
  /** What the shadow held after the last swap, which it mostly holds before the next. */
  held: Held;
};

type Held = { sqrtPriceX96: bigint; liquidity: bigint; amount0: bigint; amount1: bigint };

/** `from`: the block that the pool is as of. `horizon`: of markouts, seconds. */
export function openPlayback(
  start: Pick<Playback, "pool" | "shadow" | "positionId">,
  from: { number: number; timestamp: number },
  horizon: number,
): Playback {
  return {
    ...start,
    markouts: openMarkouts(horizon),
    ...{ blockNumber: from.number, timestamp: from.timestamp },
    ...{ lvrX128: 0n, sampleX96: start.pool.sqrtPriceX96, secondsInRange: 0 },
    held: heldAt(start.shadow, start.pool.sqrtPriceX96),
  };
}

/**
 * Plays one event. Loss versus rebalancing is sampled at the ends of blocks and before each change of liquidity, as the
 * pool's own is (metrics.md 7.1), time in range by the tick after each block.
 */
export function playEvent(playback: Playback, event: PlayedEvent): void {
  const { pool, markouts } = playback;
  if (event.blockNumber !== playback.blockNumber) takeSample(playback);
  playback.blockNumber = event.blockNumber;
  if (event.timestamp !== playback.timestamp) {
    settleMarkouts(markouts, event.timestamp, pool.sqrtPriceX96);
    playback.secondsInRange = secondsInRangeAt(playback, event.timestamp);
    playback.timestamp = event.timestamp;
  }
  if (pool.sqrtPriceX96 === 0n && startPool(playback, event) === "MOVED") return;
  if (event.kind === "SWAP") trade(playback, event.swap);
  else if (event.kind === "CHANGE") changeLiquidity(playback, event.change);
  else if (pool.pair !== null) playPairEvent(playback, pool.pair, event);
}

/** Up to `timestamp`, the tick having stayed where it is since the last event. */
export function secondsInRangeAt({ pool, shadow, ...playback }: Playback, timestamp: number): number {
  const inRange = shadow.tickLower <= pool.tick && pool.tick < shadow.tickUpper;
  return playback.secondsInRange + (inRange ? timestamp - playback.timestamp : 0);
}

/** Token1 raw units times 2^128, up to now: of the shadow's present liquidity. */
export function lvrX128At({ pool, shadow, lvrX128, sampleX96 }: Playback): bigint {
  const { lowerX96, upperX96, liquidity } = shadow;
  return (lvrX128 + lossVersusRebalancing(lowerX96, upperX96, sampleX96, pool.sqrtPriceX96)) * liquidity;
}

function trade(playback: Playback, swap: RecordedSwap): void {
  const { pool, shadow } = playback;
  if (pool.pair !== null) meetSwap(pool, pool.pair, swap);
  if (pool.pair === null || shadow.beside) tradePrincipal(playback, swap);
  else tradeShares(playback, pool.pair, swap);
}

/** What a burn of its LP tokens pays, before and after: fees are in it, and in its notional as in the pair's own. */
function tradeShares(
  { pool, shadow, markouts, timestamp }: Playback,
  pair: PlayedPair,
  swap: RecordedSwap,
): void {
  const was = pairAmounts(pair, shadow.liquidity);
  playSwap(pool, swap, () => undefined);
  const is = pairAmounts(pair, shadow.liquidity);
  const [change0, change1] = [is.amount0 - was.amount0, is.amount1 - was.amount1];
  if (change0 === 0n && change1 === 0n) return;
  markouts.trades.push({
    timestamp,
    ...{ change0X128: change0 << 128n, change1X128: change1 << 128n },
    notional1: change1 < 0n ? -change1 : change1,
  });
}

/** Its notional is the token1 of the principal that changed hands; fees come on top of what it gained. */
function tradePrincipal(playback: Playback, swap: RecordedSwap): void {
  const { pool, shadow, markouts, timestamp, held } = playback;
  const { growth0X128, growth1X128 } = shadow;
  const isHeld = held.sqrtPriceX96 === pool.sqrtPriceX96 && held.liquidity === shadow.liquidity;
  const was = isHeld ? held : heldAt(shadow, pool.sqrtPriceX96);
  playSwap(pool, swap, (step) => earnStep(shadow, step));
  const earned0X128 = (shadow.growth0X128 - growth0X128) * shadow.liquidity;
  const earned1X128 = (shadow.growth1X128 - growth1X128) * shadow.liquidity;
  const is = heldAt(shadow, pool.sqrtPriceX96);
  playback.held = is;
  const [change0, change1] = [is.amount0 - was.amount0, is.amount1 - was.amount1];
  if (change0 === 0n && change1 === 0n && earned0X128 === 0n && earned1X128 === 0n) return;
  markouts.trades.push({
    timestamp,
    change0X128: (change0 << 128n) + earned0X128,
    change1X128: (change1 << 128n) + earned1X128,
    notional1: change1 < 0n ? -change1 : change1,
  });
}

function heldAt(shadow: ShadowPosition, sqrtPriceX96: bigint): Held {
  return { sqrtPriceX96, liquidity: shadow.liquidity, ...shadowAmounts(shadow, sqrtPriceX96) };
}

function changeLiquidity(playback: Playback, change: PlayedChange): void {
  if (change.liquidityDelta === 0n) return;
  const { pool, positionId, shadow } = playback;
  takeSample(playback);
  playChange(pool, change);
  if (positionId !== null && change.positionId === positionId) shadow.liquidity += change.liquidityDelta;
}

/** Each change of LP tokens is a sample, as the pair's own, at the price that it tells: a Sync alone may have led to that. */
function playPairEvent(
  playback: Playback,
  pair: PlayedPair,
  event: Extract<PlayedEvent, { kind: "PAIR_CHANGE" | "PAIR_AFTER" }>,
): void {
  const { pool, shadow, positionId } = playback;
  if (event.kind === "PAIR_AFTER") {
    endPairBlock(pool, pair, event.after, !shadow.beside);
    return;
  }
  const { change } = event;
  takePairChange(pool, pair, change);
  takeSample(playback, change.sqrtPriceX96);
  if (positionId === null) return;
  if (change.positionId === positionId) shadow.liquidity += change.shares;
  if (change.receiverId === positionId) shadow.liquidity -= change.shares;
}

/** Of a pool that is played from before its first price the first event tells it; a swap of that alone moved it. */
function startPool(playback: Playback, event: PlayedEvent): "MOVED" | "STARTED" {
  const { pool } = playback;
  const { sqrtPriceX96 } =
    event.kind === "SWAP" ? event.swap : event.kind === "PAIR_AFTER" ? event.after : event.change;
  pool.sqrtPriceX96 = sqrtPriceX96;
  pool.tick = event.kind === "SWAP" ? event.swap.tick : getTickAtSqrtPrice(sqrtPriceX96);
  playback.sampleX96 = sqrtPriceX96;
  return event.kind === "SWAP" ? "MOVED" : "STARTED";
}

function takeSample(playback: Playback, now = playback.pool.sqrtPriceX96): void {
  const { lowerX96, upperX96 } = playback.shadow;
  if (now === playback.sampleX96) return;
  playback.lvrX128 += lossVersusRebalancing(lowerX96, upperX96, playback.sampleX96, now);
  playback.sampleX96 = now;
}
