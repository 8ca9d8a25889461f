import { type AsOf, resolveAsOf, resolvePoint } from "../asOf.ts";
import type { ApiContext } from "../context.ts";
import { parsePositionId } from "../positionId.ts";
import { findPastPool } from "../queries/pastPools.ts";
import { findPastPosition } from "../queries/pastPositions.ts";
import { findPool } from "../queries/pools.ts";
import { findPosition } from "../queries/positions.ts";
import { findToken } from "../queries/tokens.ts";
import { account, accountOnAllChains } from "./account.ts";
import { backtest } from "./backtest.ts";
import { leaderboard } from "./leaderboard.ts";
import { pools } from "./lists.ts";
import { metrics } from "./metrics.ts";
import { positions } from "./positionLists.ts";
import { requireChain } from "./requireChain.ts";
import { status } from "./status.ts";

type Hex = `0x${string}`;

export const queryResolvers = {
  status,
  metrics,
  pools,
  positions,
  account,
  accountOnAllChains,
  leaderboard,
  backtest,
  token: async (_: unknown, args: { chainId: number; address: Hex }, context: ApiContext) => {
    requireChain(args.chainId, context);
    return context.ask((snapshot) => findToken(snapshot, args.chainId, args.address));
  },
  pool: async (_: unknown, args: PoolArgs, context: ApiContext) => {
    requireChain(args.chainId, context);
    if (args.asOf == null) {
      const newest = await context.tips();
      return context.ask((snapshot) => findPool(snapshot, newest, args));
    }
    const tip = await resolveAsOf(args.asOf, args.chainId, context);
    return tip && context.ask((snapshot) => findPastPool(snapshot, tip, args));
  },
  position: async (_: unknown, args: { id: string; asOf?: AsOf | null }, context: ApiContext) => {
    const { block, ...key } = parsePositionId(args.id);
    requireChain(key.chainId, context);
    const tip = await resolvePoint(block, args.asOf, key.chainId, context);
    if (tip === undefined) {
      const newest = await context.tips();
      return context.ask((snapshot) => findPosition(snapshot, newest, key));
    }
    return tip && context.ask((snapshot) => findPastPosition(snapshot, tip, key));
  },
};

type PoolArgs = { chainId: number; poolId: Hex; asOf?: AsOf | null };
