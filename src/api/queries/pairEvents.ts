import { and, asc, eq, gt, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { block, liquidityEvent, poolSnapshot } from "../../../ponder.schema.ts";
import type { PlayedEvent } from "../metrics/playback.ts";
import type { PairAfter, PairChange } from "../metrics/playedPair.ts";
import type { Snapshot } from "../snapshot.ts";
import { isAfter, isUpTo, LAST_LOG, type Place } from "./place.ts";
import type { PoolKey } from "./poolKey.ts";

type PlacedEvent = Place & { event: PlayedEvent };

const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

/** LP tokens of a v2 pair that came, went and were sent after a place and up to another, and what the blocks between left. */
export async function pairEventsBetween(
  snapshot: Snapshot,
  pool: PoolKey,
  after: Place,
  upTo: Place,
): Promise<PlacedEvent[]> {
  const changes = await changesBetween(snapshot, pool, after, upTo);
  const blocks = await blocksBetween(snapshot, pool, after, upTo);
  return [...changes, ...blocks].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}

async function changesBetween(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  after: Place,
  upTo: Place,
): Promise<PlacedEvent[]> {
  const rows = await snapshot
    .select()
    .from(liquidityEvent)
    .where(
      and(
        ...[eq(liquidityEvent.chainId, chainId), eq(liquidityEvent.poolId, poolId)],
        inArray(liquidityEvent.kind, ["DEPOSIT", "WITHDRAW", "TRANSFER"]),
        ...[isAfter(liquidityEvent, after), isUpTo(liquidityEvent, upTo)],
      ),
    )
    .orderBy(asc(liquidityEvent.blockNumber), asc(liquidityEvent.logIndex));
  return rows.map((row) => {
    const { blockNumber, logIndex, timestamp } = row;
    const event = { kind: "PAIR_CHANGE", blockNumber, timestamp, change: changeOf(row) } as const;
    return { blockNumber, logIndex, event };
  });
}

function changeOf(row: typeof liquidityEvent.$inferSelect): PairChange {
  const { kind, poolId, positionId, liquidityDelta: shares, sqrtPriceX96, from, to } = row;
  const moved = { positionId, receiverId: null, shares, sqrtPriceX96 };
  const nothing = { amount0: 0n, amount1: 0n };
  if (kind === "DEPOSIT") return { ...moved, kind: "MINT", amount0: row.amount0, amount1: row.amount1 };
  if (kind === "WITHDRAW") return { ...moved, kind: "BURN", amount0: -row.paidOut0, amount1: -row.paidOut1 };
  if (from === ZERO_ADDRESS) return { ...moved, ...nothing, kind: "MINT_TO_PROTOCOL" };
  return { ...moved, ...nothing, kind: "SEND", receiverId: `${poolId}:${to}` };
}

/** Of the block of `upTo` only where that is after all of its logs. */
async function blocksBetween(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  after: Place,
  upTo: Place,
): Promise<PlacedEvent[]> {
  const { blockNumber, sqrtPriceX96 } = poolSnapshot;
  const page = snapshot
    .select({ number: blockNumber, line: sql`concat_ws(' ', ${LINE})`.as("line") })
    .from(poolSnapshot)
    .innerJoin(block, and(eq(block.chainId, chainId), eq(block.number, blockNumber)))
    .where(
      and(
        ...[eq(poolSnapshot.chainId, chainId), eq(poolSnapshot.poolId, poolId), isNotNull(sqrtPriceX96)],
        gt(blockNumber, after.logIndex === LAST_LOG ? after.blockNumber : after.blockNumber - 1),
        lt(blockNumber, upTo.logIndex === LAST_LOG ? upTo.blockNumber + 1 : upTo.blockNumber),
      ),
    )
    .as("page");
  const [row] = await snapshot
    .select({ lines: sql<string | null>`string_agg(${page.line}, ${"\n"} order by ${page.number})` })
    .from(page);
  return row?.lines == null ? [] : row.lines.split("\n").map(readBlock);
}

/** As of a swap, as one text: what may be null comes last, each as an empty word. */
const LINE = sql.join(
  [
    ...[poolSnapshot.blockNumber, block.timestamp, poolSnapshot.sqrtPriceX96, poolSnapshot.tick],
    ...[poolSnapshot.liquidity, poolSnapshot.balance0, poolSnapshot.balance1],
    ...[poolSnapshot.shares, poolSnapshot.kLast, poolSnapshot.feeOn].map(
      (column) => sql`coalesce(${column}::text, '')`,
    ),
  ],
  sql`, `,
);

function readBlock(line: string): PlacedEvent {
  const [number, time, price = "", tick, root = "", balance0 = "", balance1 = "", shares, kLast, feeOn] =
    line.split(" ");
  const after: PairAfter = {
    ...{ sqrtPriceX96: BigInt(price), tick: Number(tick), liquidity: BigInt(root) },
    ...{ balance0: BigInt(balance0), balance1: BigInt(balance1) },
    shares: shares ? BigInt(shares) : null,
    kLast: kLast ? BigInt(kLast) : null,
    feeOn: feeOn ? feeOn === "true" : null,
  };
  const blockNumber = Number(number);
  const event = { kind: "PAIR_AFTER", blockNumber, timestamp: Number(time), after } as const;
  return { blockNumber, logIndex: LAST_LOG, event };
}
