export type Limit =
  | "SKEW"
  | "IMPERMANENT_LOSS"
  | "DELTA"
  | "TICKS_TO_BOUND"
  | "TOKEN_SHARE"
  | "EXPECTED_SHORTFALL";

/** Bounds; one that is left out is no limit. A size may not be over its bound, ticks to a bound not under it. */
export type Limits = Readonly<Partial<Record<Limit, number>>>;

type Point = { number: number; timestamp: number };

/** `subject`: the id of the pool, position or token that it is of, "" for the whole book. Null where not known. */
export type Reading = { limit: Limit; subject: string; value: number | null };

/** What a book is at a block. What has no reading is not in it. */
export type BookOfReadings = {
  asOf: Point;
  /** After a reorg, where this is the corrected state: the first block that is another now. */
  replacedFrom?: number;
  readings: readonly Reading[];
};

/** `asOf`: of the book that it was found in; `value`: the last that is known. */
export type Breach = { limit: Limit; subject: string; asOf: Point; value: number; bound: number };

/** Each the worst first. */
export type BreachChanges = { entered: Breach[]; left: Breach[]; standing: Breach[] };

/**
 * Which limits a book breaks, after those that stood before (metrics.md 10). A breach enters when a value is over its
 * bound (ticks: under it), and is left at 90 % of the bound (ticks: at 110 %), when its subject is no longer in the book, or when
 * its limit is no longer given; what is not known changes nothing. In the state that a reorg corrected, one that was found in a
 * block that is no more stands only where the corrected value is over the bound itself, as of the corrected book then: else it
 * is left, as it would never have entered.
 * Example: with a bound of 0.8, values of 0.85, 0.75 and 0.7 enter, stand and are left.
 */
export function nextBreaches(
  previous: readonly Breach[],
  { asOf, replacedFrom, readings }: BookOfReadings,
  limits: Limits,
): BreachChanges {
  const before = new Map(previous.map((breach) => [keyOf(breach), breach]));
  const changes: BreachChanges = { entered: [], left: [], standing: [] };
  for (const { limit, subject, value } of readings) {
    const bound = limits[limit];
    const found = before.get(keyOf({ limit, subject }));
    if (bound === undefined) continue;
    if (found === undefined) {
      if (value === null || !isOver(limit, value, bound)) continue;
      const breach = { limit, subject, asOf, value, bound };
      changes.entered.push(breach);
      changes.standing.push(breach);
      continue;
    }
    before.delete(keyOf(found));
    const replaced = replacedFrom !== undefined && found.asOf.number >= replacedFrom;
    const newest = { ...found, value: value ?? found.value, bound, ...(replaced ? { asOf } : {}) };
    const stands = replaced
      ? value !== null && isOver(limit, value, bound)
      : value === null || !isBack(limit, value, bound);
    (stands ? changes.standing : changes.left).push(newest);
  }
  changes.left.push(...before.values());
  for (const list of Object.values(changes)) list.sort((a, b) => severity(b) - severity(a));
  return changes;
}

/**
 * How bad a breach is: its size over its bound; for ticks to a bound 1 at their bound, 2 at 0 ticks, and more past that.
 * Example: 0.9 with a bound of 0.6 is 1.5.
 */
export function severity({ limit, value, bound }: Pick<Breach, "limit" | "value" | "bound">): number {
  // A bound of 0 ticks is passed by whole ticks.
  return limit === "TICKS_TO_BOUND" ? 1 + (bound - value) / Math.max(bound, 1) : value / bound;
}

function isOver(limit: Limit, value: number, bound: number): boolean {
  return limit === "TICKS_TO_BOUND" ? value < bound : value > bound;
}

/** In tenths, since 1.1 times a whole number is none. */
function isBack(limit: Limit, value: number, bound: number): boolean {
  return limit === "TICKS_TO_BOUND" ? 10 * value >= 11 * bound : 10 * value <= 9 * bound;
}

function keyOf({ limit, subject }: Pick<Breach, "limit" | "subject">): string {
  return `${limit}:${subject}`;
}
