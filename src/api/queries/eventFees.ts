import { asc, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { liquidityEvent, positionSnapshot } from "../../../ponder.schema.ts";
import type { TokenAmounts } from "../../state/feeLedger.ts";
import { principalWaiting } from "../../state/feeParts.ts";
import { collectedFees } from "../metrics/collectedFees.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Place } from "./eventList.ts";
import type { LiquidityEventRow } from "./liquidityEvents.ts";
import { snapshotsAt } from "./snapshotsAt.ts";

const LARGEST_INT = 2 ** 31 - 1;

const flow = alias(liquidityEvent, "flow");

/** What an event pays or releases, as far as fees depend on it. */
type Flow = Place & Pick<LiquidityEventRow, "positionId" | "kind" | keyof Amounts>;
type Amounts = { amount0: bigint; amount1: bigint; paidOut0: bigint; paidOut1: bigint };

/**
 * The fee part of each collect of one chain, by {@link placeKey}. Two queries and a few index look-ups an event,
 * however old its position is: the principal that waited stands in its snapshot before the block, and
 * only events of the block itself are added up.
 */
export async function feesOf(
  snapshot: Snapshot,
  chainId: number,
  collects: readonly LiquidityEventRow[],
): Promise<ReadonlyMap<string, TokenAmounts>> {
  if (collects.length === 0) return new Map();
  const blocks = new Map(
    collects.map(({ positionId, blockNumber }) => [
      `${positionId}:${blockNumber}`,
      { positionId, blockNumber },
    ]),
  );
  const waiting = await principalBefore(snapshot, chainId, [...blocks.values()]);
  const fees = new Map<string, TokenAmounts>();
  for (const event of await flowsIn(snapshot, chainId, [...blocks.values()])) {
    const block = `${event.positionId}:${event.blockNumber}`;
    const principal = waiting.get(block) ?? NOTHING;
    const paid = { amount0: event.paidOut0, amount1: event.paidOut1 };
    if (event.kind === "COLLECT") fees.set(placeKey(event), collectedFees(principal, paid));
    waiting.set(block, after(principal, event));
  }
  return fees;
}

/** An event among those of its chain. */
export function placeKey({ blockNumber, logIndex }: Place): string {
  return `${blockNumber}:${logIndex}`;
}

const NOTHING: TokenAmounts = { amount0: 0n, amount1: 0n };

type PositionBlock = { positionId: string; blockNumber: number };

/** Withdrawn principal of each position that waited when the block began, by `positionId:blockNumber`. */
async function principalBefore(
  snapshot: Snapshot,
  chainId: number,
  blocks: readonly PositionBlock[],
): Promise<Map<string, TokenAmounts>> {
  const rows = await snapshotsAt(
    snapshot,
    positionSnapshot,
    { id: positionSnapshot.positionId },
    blocks.map(({ positionId: id, blockNumber }) => ({ chainId, id, blockNumber: blockNumber - 1 })),
  );
  // A row does not say which block it was asked for: it is the newest before it of all that came.
  const byPosition = new Map<string, typeof rows>();
  for (const row of rows.sort((a, b) => a.blockNumber - b.blockNumber)) {
    const earlier = byPosition.get(row.positionId);
    if (earlier === undefined) byPosition.set(row.positionId, [row]);
    else earlier.push(row);
  }
  return new Map(
    blocks.flatMap(({ positionId, blockNumber }) => {
      const last = byPosition.get(positionId)?.findLast((row) => row.blockNumber < blockNumber);
      return last === undefined ? [] : [[`${positionId}:${blockNumber}`, principalWaiting(last)] as const];
    }),
  );
}

/**
 * All events of the positions in these blocks, in the order of the chain. As snapshotsAt, one index look-up a
 * block: the limit that limits nothing leaves Postgres no other way.
 */
function flowsIn(snapshot: Snapshot, chainId: number, blocks: readonly PositionBlock[]): Promise<Flow[]> {
  const asked = blocks.map(({ positionId, blockNumber }) => ({ i: positionId, b: blockNumber }));
  const { positionId } = liquidityEvent;
  const column = <C extends PgColumn>(of: C) => sql<C["_"]["data"]>`${of}`.mapWith(of);
  return snapshot
    .select({
      positionId: sql<string>`${flow.positionId}`,
      ...{ blockNumber: column(flow.blockNumber), logIndex: column(flow.logIndex), kind: column(flow.kind) },
      ...{ amount0: column(flow.amount0), amount1: column(flow.amount1) },
      ...{ paidOut0: column(flow.paidOut0), paidOut1: column(flow.paidOut1) },
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(i text, b numeric)
        cross join lateral (select * from ${liquidityEvent}
          where ${liquidityEvent.chainId} = ${chainId} and ${positionId} = asked.i
            and ${liquidityEvent.blockNumber} = asked.b limit ${LARGEST_INT}) as flow`,
    )
    .orderBy(asc(flow.blockNumber), asc(flow.logIndex));
}

function after(principal: TokenAmounts, { kind, amount0, amount1, paidOut0, paidOut1 }: Flow): TokenAmounts {
  const added = kind === "WITHDRAW" ? { amount0, amount1 } : NOTHING;
  return {
    amount0: less(principal.amount0 + added.amount0, paidOut0),
    amount1: less(principal.amount1 + added.amount1, paidOut1),
  };
}

function less(amount: bigint, paid: bigint): bigint {
  return amount > paid ? amount - paid : 0n;
}
