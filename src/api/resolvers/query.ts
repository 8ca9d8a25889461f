import type { ApiContext } from "../context.ts";
import { parsePositionId } from "../positionId.ts";
import { findPool } from "../queries/pools.ts";
import { findPosition } from "../queries/positions.ts";
import { findToken } from "../queries/tokens.ts";
import { pools, positions } from "./lists.ts";
import { status } from "./status.ts";

type Hex = `0x${string}`;

export const queryResolvers = {
  status,
  pools,
  positions,
  token: (_: unknown, args: { chainId: number; address: Hex }, { ask }: ApiContext) =>
    ask((snapshot) => findToken(snapshot, args.chainId, args.address)),
  pool: async (_: unknown, args: { chainId: number; poolId: Hex }, { ask, tips }: ApiContext) => {
    const newest = await tips();
    return ask((snapshot) => findPool(snapshot, newest, args));
  },
  position: async (_: unknown, args: { id: string }, { ask, tips }: ApiContext) => {
    const key = parsePositionId(args.id);
    const newest = await tips();
    return ask((snapshot) => findPosition(snapshot, newest, key));
  },
};
