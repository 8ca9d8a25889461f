import type { ApiContext } from "../context.ts";
import type { PairDecimals } from "../metrics/value.ts";
import { blockAtNumber } from "../queries/blocks.ts";
import { EventWithoutBlockError, type Place } from "../queries/eventList.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { Tip } from "../queries/tips.ts";

/** What turns a pool's raw amounts into human ones. The pool's price is null before its first. */
export type Pair = PairDecimals & {
  sqrtPriceX96: bigint | null;
  token1: `0x${string}`;
  /** After this block token1's quote price is taken. */
  moment(context: ApiContext): Promise<Tip>;
  /** One of many points: at its block no other price is asked for, and all of them are not searched for. */
  alone?: true;
};

/** As the pool stands. */
export function pairOf({ row, token0, token1, tip }: PoolAt): Pair {
  return {
    token0Decimals: token0.decimals,
    token1Decimals: token1.decimals,
    sqrtPriceX96: row.sqrtPriceX96,
    token1: token1.address,
    moment: () => Promise.resolve(tip),
  };
}

/** As it stood at one of its events. */
export function pairThen(pool: PoolAt, event: Place & { sqrtPriceX96: bigint }): Pair {
  const { chainId } = pool.row;
  return {
    ...pairOf(pool),
    sqrtPriceX96: event.sqrtPriceX96,
    moment: async ({ ask }) => {
      const block = await ask((snapshot) => blockAtNumber(snapshot, chainId, event.blockNumber));
      if (block === null) throw new EventWithoutBlockError(chainId, event);
      return block;
    },
  };
}
