import { and, or, type SQL, sql } from "drizzle-orm";
import type { PositionStatus } from "../metrics/positionStatus.ts";
import { held } from "./heldFigures.ts";
import { figureAs, type Held } from "./positionRank.ts";
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
  minValue?: number | null;
  minSkew?: number | null;
  maxSkew?: number | null;
};

/** Whether a filter looks at prices. */
export function filtersByPrice({ status, minSkew, maxSkew, minValue }: PositionFilter): boolean {
  return status != null || minSkew != null || maxSkew != null || minValue != null;
}

/** On what goes by the name of `held`. */
export function positionCondition(where: PositionFilter, rows: Held): SQL {
  const conditions: (SQL | undefined)[] = [sql`true`];
  const add = <T>(value: T | null | undefined, condition: (value: T) => SQL | undefined): void => {
    if (value != null) conditions.push(condition(value));
  };
  const skew = figureAs("skewRisk", rows);
  add(where.chainId, (chainId) => sql`${held("chainId")} = ${chainId}`);
  add(where.pool, (poolId) => sql`${held("poolId")} = ${poolId}`);
  add(where.owner, (owners) => isAnyOf(held("owner"), owners));
  add(where.manager, (manager) => sql`${held("manager")} = ${manager}`);
  add(where.tokenId, (tokenId) => sql`${held("tokenId")} = ${String(tokenId)}::numeric`);
  add(where.protocol, (protocols) => isAnyOf(held("protocol"), protocols));
  add(where.status, (statuses) => (statuses.length === 0 ? sql`false` : or(...statuses.map(hasStatus))));
  add(
    where.justInTime,
    (wanted) => sql`(${held("closedBlock")} is not distinct from ${held("openedBlock")}) = ${wanted}`,
  );
  add(where.minValue, (least) => sql`${figureAs("quotedValue", rows)} >= ${least}::double precision`);
  add(where.minSkew, (least) => sql`${skew} >= ${least}::double precision`);
  add(where.maxSkew, (most) => sql`${skew} <= ${most}::double precision`);
  return and(...conditions) ?? sql`true`;
}

/** A list of values, one or many, that may be empty. */
export function isAnyOf(column: SQL, values: readonly string[]): SQL {
  if (values.length === 0) return sql`false`;
  return sql`${column} in (${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`;
}

/** As positionStatus decides it: by the pool's tick. */
function hasStatus(status: PositionStatus): SQL {
  const [tickLower, tickUpper, liquidity] = [held("tickLower"), held("tickUpper"), held("liquidityDouble")];
  const open = sql`${liquidity} > 0`;
  const { tick } = priced;
  const conditions: Record<PositionStatus, SQL> = {
    CLOSED: sql`(${liquidity} = 0)`,
    BELOW: sql`(${open} and ${tick} < ${tickLower})`,
    IN_RANGE: sql`(${open} and ${tick} >= ${tickLower} and ${tick} < ${tickUpper})`,
    ABOVE: sql`(${open} and ${tick} >= ${tickUpper})`,
  };
  return conditions[status];
}
