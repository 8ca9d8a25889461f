import type { ApiContext } from "../context.ts";
import { inventorySkew } from "../metrics/inventorySkew.ts";
import { type PositionStatus, positionStatus } from "../metrics/positionStatus.ts";
import { price } from "../metrics/price.ts";
import { value } from "../metrics/value.ts";
import { blocksBefore, blocksOfPosition } from "../queries/historyBlocks.ts";
import { findPositionHistory } from "../queries/positionHistory.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Tip } from "../queries/tips.ts";
import type { Amounts } from "./amounts.ts";
import { feesResolvers } from "./fees.ts";
import { impermanentLossResolvers } from "./impermanentLoss.ts";
import { intervalsOf, type SpanArgs, tooManyPoints } from "./intervals.ts";
import { type Standing, standingOf } from "./standing.ts";

/** A book of one range after a block: a position's, or one that only might have been. */
export type PositionPoint = {
  block: { number: number; timestamp: number };
  standing: Standing;
  status: PositionStatus;
};

const USUAL = 90;
const MOST = 500;

export async function positionHistory(
  position: PositionAt,
  args: SpanArgs,
  { ask }: ApiContext,
): Promise<PositionPoint[]> {
  const { row, pool } = position;
  const { tip } = pool;
  const { from, to, ends } = intervalsOf(args, { tip, since: row.openedTimestamp, usual: USUAL, most: MOST });
  if (ends.length === 0) return [];
  const tips = await ask(async (snapshot) => {
    const span = { from, to, limit: MOST + 1 };
    const changed = await blocksOfPosition(snapshot, tip, row.positionId, span);
    return inOrder([...(await blocksBefore(snapshot, tip, ends)), ...changed]);
  });
  if (tips.length > MOST) throw tooManyPoints(`${tips.length} points or more`, MOST);
  const positions = await ask((snapshot) => findPositionHistory(snapshot, position, tips));
  return positions.map((then) => {
    const standing = standingOf(then);
    const status = positionStatus({ ...then.row, tick: standing.tick });
    const pair = { ...standing.pair, alone: true as const };
    return { block: then.pool.tip, standing: { ...standing, pair }, status };
  });
}

/** Each block once, the oldest first. */
function inOrder(tips: readonly Tip[]): Tip[] {
  return [...new Map(tips.map((tip) => [tip.number, tip])).values()].sort((a, b) => a.number - b.number);
}

const IN_TOKEN1 = { in: "TOKEN1" } as const;

export const positionPointResolvers = {
  price: ({ standing: { sqrtPriceX96, pair } }: PositionPoint) => price(sqrtPriceX96, pair),
  amounts: ({ standing: { held, pair } }: PositionPoint): Amounts => ({ ...held, pair }),
  value: ({ standing: { held, sqrtPriceX96, pair } }: PositionPoint) =>
    value({ ...held, sqrtPriceX96 }, pair, "TOKEN1"),
  hold: ({ standing: { sums, sqrtPriceX96, pair } }: PositionPoint) =>
    value({ amount0: sums.hold0, amount1: sums.hold1, sqrtPriceX96 }, pair, "TOKEN1"),
  skew: ({ standing: { held, sqrtPriceX96 } }: PositionPoint) => inventorySkew({ ...held, sqrtPriceX96 }),
  impermanentLoss: ({ standing }: PositionPoint, _: unknown, context: ApiContext) =>
    impermanentLossResolvers.total(standing, IN_TOKEN1, context),
  feesEarned: ({ standing }: PositionPoint, _: unknown, context: ApiContext): Promise<Amounts | null> =>
    feesResolvers.earned(standing, {}, context),
};
