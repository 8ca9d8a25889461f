import { and, eq, gte, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import { position } from "../../../ponder.schema.ts";
import type { PositionStatus } from "../metrics/positionStatus.ts";
import { skewRisk } from "./positionRank.ts";
import { priced } from "./pricedPools.ts";

type Hex = `0x${string}`;

/** Left out and null alike: no condition. */
export type PositionFilter = {
  chainId?: number | null;
  pool?: Hex | null;
  owner?: Hex[] | null;
  manager?: Hex | null;
  tokenId?: bigint | null;
  protocol?: string[] | null;
  status?: PositionStatus[] | null;
  justInTime?: boolean | null;
  minSkew?: number | null;
  maxSkew?: number | null;
};

/** Whether a filter looks at prices. */
export function filtersByPrice({ status, minSkew, maxSkew }: PositionFilter): boolean {
  return status != null || minSkew != null || maxSkew != null;
}

export function positionCondition(where: PositionFilter): SQL | undefined {
  const conditions: (SQL | undefined)[] = [];
  const add = <T>(value: T | null | undefined, condition: (value: T) => SQL | undefined): void => {
    if (value != null) conditions.push(condition(value));
  };
  add(where.chainId, (chainId) => eq(position.chainId, chainId));
  add(where.pool, (poolId) => eq(position.poolId, poolId));
  add(where.owner, (owners) => inArray(position.owner, owners));
  add(where.manager, (manager) => eq(position.manager, manager));
  add(where.tokenId, (tokenId) => eq(position.tokenId, tokenId));
  add(where.protocol, (protocols) => inArray(position.protocol, protocols));
  add(where.status, (statuses) => (statuses.length === 0 ? sql`false` : or(...statuses.map(hasStatus))));
  add(
    where.justInTime,
    (wanted) => sql`(${position.closedBlock} is not distinct from ${position.openedBlock}) = ${wanted}`,
  );
  add(where.minSkew, (least) => gte(skewRisk, sql`${least}::double precision`));
  add(where.maxSkew, (most) => lte(skewRisk, sql`${most}::double precision`));
  return and(...conditions);
}

/** As positionStatus decides it: by the pool's tick. */
function hasStatus(status: PositionStatus): SQL {
  const held = sql`${position.liquidityDouble} > 0`;
  const { tick } = priced;
  const { tickLower, tickUpper } = position;
  const conditions: Record<PositionStatus, SQL> = {
    CLOSED: sql`(${position.liquidityDouble} = 0)`,
    BELOW: sql`(${held} and ${tick} < ${tickLower})`,
    IN_RANGE: sql`(${held} and ${tick} >= ${tickLower} and ${tick} < ${tickUpper})`,
    ABOVE: sql`(${held} and ${tick} >= ${tickUpper})`,
  };
  return conditions[status];
}
