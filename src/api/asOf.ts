import type { ApiContext } from "./context.ts";
import { ApiError } from "./errors.ts";
import { blockAtNumber, blockAtTime } from "./queries/blocks.ts";
import { findProgress } from "./queries/progress.ts";
import type { Tip } from "./queries/tips.ts";

/** A past point as it is asked for: exactly one of the two. */
export type AsOf = { block?: number | null; timestamp?: number | null };

/**
 * The block row that a past point stands for: the newest up to the block, or up to the second. Null before the
 * chain's first. Throws BAD_INPUT for what is no point, and for one past what is indexed, saying how far that is.
 */
export async function resolveAsOf(asOf: AsOf, chainId: number, context: ApiContext): Promise<Tip | null> {
  const { block, timestamp } = asOf;
  if (block != null && timestamp == null) {
    requireNotNegative("block", block);
    await requireIndexed(chainId, ({ number }) => block <= number, context);
    return context.ask((snapshot) => blockAtNumber(snapshot, chainId, block));
  }
  if (timestamp != null && block == null) {
    requireNotNegative("timestamp", timestamp);
    await requireIndexed(chainId, (indexed) => timestamp <= indexed.timestamp, context);
    return context.ask((snapshot) => blockAtTime(snapshot, chainId, timestamp));
  }
  throw new ApiError("BAD_INPUT", "asOf takes exactly one of block and timestamp.");
}

/**
 * The point that a position is asked for at: `block` out of its id, `asOf`, or both, which then have to be the same
 * block row. Undefined where neither is given: now.
 */
export async function resolvePoint(
  block: number | null,
  asOf: AsOf | null | undefined,
  chainId: number,
  context: ApiContext,
): Promise<Tip | null | undefined> {
  const named = block === null ? undefined : await resolveAsOf({ block }, chainId, context);
  const given = asOf == null ? undefined : await resolveAsOf(asOf, chainId, context);
  if (named !== undefined && given !== undefined && named?.number !== given?.number) {
    throw new ApiError("BAD_INPUT", `The id says block ${block} and asOf another: leave one of them out.`);
  }
  return named === undefined ? given : named;
}

function requireNotNegative(name: string, value: number): void {
  if (value >= 0) return;
  throw new ApiError("BAD_INPUT", `asOf.${name} is ${value}: it must be 0 or more.`);
}

/**
 * Throws BAD_INPUT, naming the argument, where what is indexed does not reach a point. By Ponder's checkpoint, which also
 * counts blocks without an event; never behind our own newest row.
 */
export async function requireIndexed(
  chainId: number,
  reaches: (indexed: { number: number; timestamp: number }) => boolean,
  { ask, tips }: ApiContext,
  argument = "asOf",
): Promise<void> {
  const newest = (await tips()).get(chainId);
  if (newest !== undefined && reaches(newest)) return;
  const indexed = (await ask(findProgress)).get(chainId)?.indexed ?? newest;
  if (indexed === undefined) {
    throw new ApiError(
      "BAD_INPUT",
      `Nothing of chain ${chainId} is indexed yet: leave ${argument} out, or wait.`,
    );
  }
  if (reaches(indexed)) return;
  throw new ApiError(
    "BAD_INPUT",
    `${argument} is past what is indexed of chain ${chainId}: up to block ${indexed.number}, timestamp ${indexed.timestamp}.`,
  );
}
