import type { ApiContext } from "../context.ts";
import { parsePositionId } from "../positionId.ts";
import { findPool } from "../queries/pools.ts";
import { findPosition } from "../queries/positions.ts";
import { findToken } from "../queries/tokens.ts";
import { pools, positions } from "./lists.ts";
import { requireChain } from "./requireChain.ts";
import { status } from "./status.ts";

type Hex = `0x${string}`;

export const queryResolvers = {
  status,
  pools,
  positions,
  token: async (_: unknown, args: { chainId: number; address: Hex }, context: ApiContext) => {
    requireChain(args.chainId, context);
    return context.ask((snapshot) => findToken(snapshot, args.chainId, args.address));
  },
  pool: async (_: unknown, args: { chainId: number; poolId: Hex }, context: ApiContext) => {
    requireChain(args.chainId, context);
    const newest = await context.tips();
    return context.ask((snapshot) => findPool(snapshot, newest, args));
  },
  position: async (_: unknown, args: { id: string }, context: ApiContext) => {
    const key = parsePositionId(args.id);
    requireChain(key.chainId, context);
    const newest = await context.tips();
    return context.ask((snapshot) => findPosition(snapshot, newest, key));
  },
};
