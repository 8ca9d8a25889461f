import { clearedTick, type InitializedTick, NegativeLiquidityError } from "../../state/tick.ts";

/** A tick as far as a replay of past swaps needs it: growth outside it changes no step. */
export type BookedTick = { tick: number; liquidityGross: bigint; liquidityNet: bigint };

export type RangeChange = { tickLower: number; tickUpper: number; liquidityDelta: bigint };

/** The initialised ticks of a pool while its history is played. `sorted`: their indices, lowest first. */
export type TickBook = { readonly states: Map<number, InitializedTick>; readonly sorted: number[] };

/** `ticks`: all initialised ones, in any order. */
export function openTickBook(ticks: readonly BookedTick[]): TickBook {
  const states = new Map(ticks.map((state) => [state.tick, { ...clearedTick, ...state }]));
  return { states, sorted: [...states.keys()].sort((a, b) => a - b) };
}

/**
 * Liquidity that came into a range (`liquidityDelta` > 0) or left it. Mirrors Tick.update: a tick is initialised while
 * a position has it as a bound. Throws NegativeLiquidityError where more leaves than came.
 */
export function changeTicks(book: TickBook, change: RangeChange): void {
  const { tickLower, tickUpper, liquidityDelta } = change;
  changeTick(book, tickLower, liquidityDelta, liquidityDelta);
  changeTick(book, tickUpper, liquidityDelta, -liquidityDelta);
}

/** The ticks that lie between two, without the lower one, lowest first. */
export function ticksBetween({ states, sorted }: TickBook, one: number, other: number): InitializedTick[] {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  const found: InitializedTick[] = [];
  for (let i = placeAfter(sorted, from); i < sorted.length; i++) {
    const state = states.get(sorted[i] ?? 0);
    if (state === undefined || state.tick > to) break;
    found.push(state);
  }
  return found;
}

function changeTick({ states, sorted }: TickBook, tick: number, gross: bigint, net: bigint): void {
  const before = states.get(tick);
  const liquidityGross = (before?.liquidityGross ?? 0n) + gross;
  if (liquidityGross < 0n) throw new NegativeLiquidityError(before?.liquidityGross ?? 0n, gross);
  const place = placeAfter(sorted, tick);
  if (liquidityGross === 0n) {
    if (states.delete(tick)) sorted.splice(place - 1, 1);
    return;
  }
  if (before === undefined) sorted.splice(place, 0, tick);
  states.set(tick, {
    ...(before ?? clearedTick),
    tick,
    liquidityGross,
    liquidityNet: (before?.liquidityNet ?? 0n) + net,
  });
}

/** Of the first that is greater. */
function placeAfter(sorted: readonly number[], tick: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
