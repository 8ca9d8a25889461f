import { getSqrtPriceAtTick, getTickAtSqrtPrice, MAX_TICK, MIN_TICK } from "../math/tickMath.ts";
import type { InitializedTick } from "./tick.ts";

/** Compressed ticks in a word of the pool's bitmap, in which the contract looks for the next initialised tick. */
const WORD = 256;

/** From a pool's price to the one that a swap's log ends with, along the stops that are still ahead. */
export type SwapPath<Tick extends Stopping = InitializedTick> = {
  readonly zeroForOne: boolean;
  /** Whether the edges of words are stops too. */
  readonly wordEdges: boolean;
  readonly tickSpacing: number;
  readonly endX96: bigint;
  /** The greatest tick whose price is at most the end's. */
  readonly endFloor: number;
  /** Initialised ticks that are still to be crossed, the next one last. */
  readonly ahead: Tick[];
};

type Course = Omit<SwapPath, "ahead">;

/** Where a step of the contract ends: at an initialised tick, or at the edge of a word. */
export type SwapStop<Tick extends Stopping = InitializedTick> = {
  tick: number;
  sqrtPriceX96: bigint;
  initialized: Tick | undefined;
};

/** What of an initialised tick says where it is. */
type Stopping = { tick: number };

/** `endX96`: from MIN_SQRT_PRICE to below MAX_SQRT_PRICE. `ticks`: those to be crossed, in any order. */
export function startPath<Tick extends Stopping>(
  course: Pick<SwapPath, "zeroForOne" | "wordEdges" | "tickSpacing" | "endX96">,
  ticks: readonly Tick[],
): SwapPath<Tick> {
  const { zeroForOne, endX96 } = course;
  const ahead = [...ticks].sort((a, b) => (zeroForOne ? a.tick - b.tick : b.tick - a.tick));
  return { ...course, endFloor: getTickAtSqrtPrice(endX96), ahead };
}

/**
 * Takes the next stop from `tick` off the path; undefined if the price ends before it. Mirrors
 * TickBitmap.nextInitializedTickWithinOneWord and UniswapV3Pool.swap: a stop whose price is the end's was reached,
 * whatever made the swap end there. Without liquidity the edges of words round nothing, and are not stopped at. The
 * lowest and the highest tick are none: no swap ends at their price.
 * Example: spacing 60, no initialised ticks, down from tick -1 with liquidity: the edge at -15360.
 */
export function takeStop<Tick extends Stopping>(
  path: SwapPath<Tick>,
  tick: number,
  hasLiquidity: boolean,
): SwapStop<Tick> | undefined {
  const edge = path.wordEdges && hasLiquidity ? wordEdge(path, tick) : undefined;
  const next = path.ahead.at(-1);
  const isNext = next !== undefined && isAhead(path, tick, next.tick, edge);
  const stop = isNext ? next.tick : edge;
  if (stop === undefined) return undefined;
  // Most swaps end well before the stop, and need not know its price.
  if (path.zeroForOne ? path.endFloor > stop : path.endFloor < stop) return undefined;
  const sqrtPriceX96 = getSqrtPriceAtTick(stop);
  if (path.zeroForOne && sqrtPriceX96 < path.endX96) return undefined;
  if (isNext) path.ahead.pop();
  return { tick: stop, sqrtPriceX96, initialized: isNext ? next : undefined };
}

/**
 * The pool's tick where the price came to rest after a move that reached no stop. Going down without liquidity, the
 * edge of a word may be the very end: it was reached, and the tick is the one below.
 */
export function restingTick({ zeroForOne, wordEdges, tickSpacing, endX96, endFloor }: Course): number {
  const mayBeEdge = zeroForOne && wordEdges;
  const onEdge =
    mayBeEdge && endFloor % (WORD * tickSpacing) === 0 && getSqrtPriceAtTick(endFloor) === endX96;
  return onEdge ? endFloor - 1 : endFloor;
}

function wordEdge({ zeroForOne, tickSpacing }: Course, tick: number): number {
  if (zeroForOne) return Math.max(MIN_TICK, Math.floor(tick / (WORD * tickSpacing)) * WORD * tickSpacing);
  // Going up, the search starts at the compressed tick above the current one.
  const word = Math.floor((Math.floor(tick / tickSpacing) + 1) / WORD);
  return Math.min(MAX_TICK, (word * WORD + WORD - 1) * tickSpacing);
}

function isAhead({ zeroForOne }: Course, tick: number, next: number, edge: number | undefined): boolean {
  if (zeroForOne) return next <= tick && (edge === undefined || next >= edge);
  return next > tick && (edge === undefined || next <= edge);
}
