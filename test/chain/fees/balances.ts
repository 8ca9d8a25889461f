import type { Address } from "viem";
import { tokenAbi } from "../../../demo/chain/abis.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import type { HistoryPool } from "../../../demo/chain/historyWorld.ts";
import type { Holdings, PositionAnswer } from "./askApp.ts";
import type { Roundings } from "./countRoundings.ts";
import type { Amounts } from "./staticCollects.ts";

export type Pair = readonly [bigint, bigint];

/** What the pool has of its two tokens, as the tokens say. */
export async function balancesOf(client: ChainClient, { pool, token0, token1 }: HistoryPool): Promise<Pair> {
  const read = (address: Address) =>
    client.readContract({ address, abi: tokenAbi, functionName: "balanceOf", args: [pool] });
  return Promise.all([read(token0), read(token1)]);
}

/** What is left of the balances once the protocol and every position are paid: what rounding left in the pool. */
export function surplus(
  balances: Pair,
  { protocolFees }: Holdings,
  positions: readonly PositionAnswer[],
): Pair {
  const parts = positions.flatMap(({ inventory, owed }) => [inventory.amounts, owed]);
  return left(balances, [protocolFees, ...parts]);
}

/** The same from the pool's own figures: uncollected fees are all that is left, so here it is 0 but for NFTs' units. */
export function surplusOfPool(
  balances: Pair,
  { principal, uncollectedFees, protocolFees }: Holdings,
  positions: readonly PositionAnswer[],
): Pair {
  return left(balances, [
    principal,
    uncollectedFees,
    protocolFees,
    ...positions.map(({ principalOwed }) => principalOwed),
  ]);
}

/**
 * The tokens whose surplus is no rounding: under 0, more was promised than is there; over the most that rounding
 * can have left, something was not credited (metrics.md 4.7).
 */
export function wrongTokens([surplus0, surplus1]: Pair, { most0, most1 }: Roundings): string[] {
  const wrong = (name: string, value: bigint, most: bigint) =>
    value < 0n || value >= most ? [`${name}: ${value} is not in [0, ${most})`] : [];
  return [...wrong("token0", surplus0, most0), ...wrong("token1", surplus1, most1)];
}

function left([balance0, balance1]: Pair, parts: readonly Amounts[]): Pair {
  return [
    parts.reduce((rest, { amount0 }) => rest - BigInt(amount0), balance0),
    parts.reduce((rest, { amount1 }) => rest - BigInt(amount1), balance1),
  ];
}
