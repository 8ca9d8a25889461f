import { createHash } from "node:crypto";
import { z } from "zod";
import { ApiError } from "./errors.ts";

const MAX_AGE_SECONDS = 3_600;
const MAX_LENGTH = 4_000;
const LARGEST_INT = 2 ** 31 - 1;

const int = z.number().int().min(0).max(LARGEST_INT);
const cursorJson = z.strictObject({
  /** The rank of the last item shown; null where it had none. */
  rank: z.number().nullable(),
  chainId: int,
  id: z
    .string()
    .max(200)
    .regex(/^[0-9a-fx:-]+$/),
  /** The block of each chain that the list is ranked at. */
  points: z
    .array(z.strictObject({ chainId: int, number: int, hash: z.string().regex(/^0x[0-9a-f]{64}$/) }))
    .min(1)
    .max(100),
  /** Digest of the list that it is a place in. */
  list: z.string().length(22),
  /** Unix seconds of the first page. */
  issued: z.number().int().min(0),
});

/** A place in a ranked list: after which item, of which list, ranked at which blocks. */
export type Cursor = z.infer<typeof cursorJson>;
export type Point = Cursor["points"][number];

/** The cursor as clients see it: base64url, to be handed back as it came. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/**
 * The cursor that a client handed back. Throws CURSOR_INVALID where it is none or of a list with another
 * filter, order or direction, CURSOR_EXPIRED an hour after the first page. `now`: unix seconds.
 */
export function decodeCursor(text: string, list: string, now: number): Cursor {
  const parsed = text.length <= MAX_LENGTH ? cursorJson.safeParse(json(text)) : undefined;
  if (!parsed?.success) {
    throw new ApiError("CURSOR_INVALID", "`after` is no cursor: hand back pageInfo.endCursor as it came.");
  }
  const cursor = parsed.data;
  if (cursor.list !== list) {
    throw new ApiError(
      "CURSOR_INVALID",
      "`after` is a place in another list: keep where, orderBy and direction as they were on the first page.",
    );
  }
  if (now - cursor.issued > MAX_AGE_SECONDS) {
    throw new ApiError(
      "CURSOR_EXPIRED",
      "The list was begun more than an hour ago: begin again without `after`.",
    );
  }
  return cursor;
}

/** The same for the same list, whatever the order of a filter's keys and members. */
export function listDigest(kind: string, order: string, direction: string, where: object): string {
  const filter = Object.entries(where)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => [key, Array.isArray(value) ? value.map(String).sort() : String(value)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const text = JSON.stringify([kind, order, direction, filter]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

function json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
