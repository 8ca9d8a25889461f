import type { Amounts } from "../../math/liquidityAmounts.ts";
import { pairPrincipal } from "../../state/pairPool.ts";
import { ApiError } from "../errors.ts";
import { type Lazy, lazy } from "../lazy.ts";
import { principalAtPrice } from "../metrics/principalAtPrice.ts";
import { isPair } from "../metrics/protocol.ts";
import type { ClosingState } from "../queries/closings.ts";
import { countTicks, stepsAtBlocks } from "../queries/pastTicks.ts";
import type { PoolKey } from "../queries/poolKey.ts";
import type { PoolRow } from "../queries/pools.ts";

/** A pool after a block. */
export type StateAtBlock = { blockNumber: number; state: ClosingState };

/** Looked up, and turned into amounts on the event loop that indexes too. */
const MAX_TICKS = 100_000;

/**
 * The principal of all positions after each block, by block number, worked out when first asked for: what the pool's
 * principal is as of it. Blocks between which no liquidity came or went share one read of the ticks.
 */
export function principalsAt(
  pool: { row: PoolKey & Pick<PoolRow, "protocol"> },
  states: readonly StateAtBlock[],
): Lazy<ReadonlyMap<number, Amounts>> {
  const known = states.filter(({ state }) => state.quarantinedBlock === null);
  if (isPair(pool.row)) return lazy(() => Promise.resolve(ofPair(known)));
  return lazy(async (ask) => {
    const groups = byLiquidity(known);
    const ticks = await ask((snapshot) => countTicks(snapshot, pool.row));
    if (ticks * groups.size > MAX_TICKS) throw tooManyTicks(ticks, groups.size);
    const blocks = [...groups.values()].flatMap(([first]) => first?.blockNumber ?? []);
    const stepsAt = await ask((snapshot) => stepsAtBlocks(snapshot, pool.row, blocks));
    const principals = new Map<number, Amounts>();
    for (const group of groups.values()) {
      await new Promise((resolve) => setImmediate(resolve));
      const principalOf = principalAtPrice(stepsAt.get(group[0]?.blockNumber ?? -1) ?? []);
      for (const { blockNumber, state } of group) {
        const { sqrtPriceX96, tick } = state;
        if (sqrtPriceX96 !== null && tick !== null) {
          principals.set(blockNumber, principalOf({ sqrtPriceX96, tick }));
        }
      }
    }
    return principals;
  });
}

function byLiquidity(states: readonly StateAtBlock[]): ReadonlyMap<string, StateAtBlock[]> {
  const groups = new Map<string, StateAtBlock[]>();
  for (const item of states) {
    const key = `${item.state.mints}:${item.state.burns}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function ofPair(states: readonly StateAtBlock[]): ReadonlyMap<number, Amounts> {
  return new Map(
    states.map(({ blockNumber, state }) => [blockNumber, pairPrincipal(state, state.basisX64 ?? 0n)]),
  );
}

function tooManyTicks(ticks: number, states: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `principal is a walk over the pool's ${ticks} ticks at each of ${states} closings, more than ${MAX_TICKS} in all: ask for less time by from and to, for a longer interval, or leave principal out.`,
  );
}
