import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BookOfReadings,
  type Breach,
  type Limit,
  type Limits,
  nextBreaches,
  type Reading,
  severity,
} from "../../../src/api/metrics/nextBreaches.ts";

const at = (number: number) => ({ number, timestamp: 1_700_000_000 + number });
const book = (number: number, readings: Reading[], replacedFrom?: number): BookOfReadings => ({
  ...{ asOf: at(number), readings },
  ...(replacedFrom === undefined ? {} : { replacedFrom }),
});
const skew = (value: number | null, subject = "a"): Reading => ({ limit: "SKEW", subject, value });
const ticks = (value: number | null): Reading => ({ limit: "TICKS_TO_BOUND", subject: "p", value });
const MAX: Limits = { SKEW: 0.8 };

/** What happened in one book after another: the values that entered, were left, and stand. */
function follow(limits: Limits, readings: (Reading | null)[]): [number[], number[], number[]][] {
  let standing: readonly Breach[] = [];
  return readings.map((reading, i) => {
    const next = nextBreaches(standing, book(100 + i, reading === null ? [] : [reading]), limits);
    standing = next.standing;
    const values = (list: readonly Breach[]) => list.map(({ value }) => value);
    return [values(next.entered), values(next.left), values(next.standing)];
  });
}

describe("a breach", () => {
  test("enters once over its bound, stands down to 90 % of it, and is left once", () => {
    expect(
      follow(
        MAX,
        [0.79, 0.8, 0.81, 0.9, 0.75, 0.73, 0.72, 0.75, 0.81].map((value) => skew(value)),
      ),
    ).toEqual([
      [[], [], []],
      [[], [], []],
      [[0.81], [], [0.81]],
      [[], [], [0.9]],
      [[], [], [0.75]],
      [[], [], [0.73]],
      [[], [0.72], []],
      [[], [], []],
      [[0.81], [], [0.81]],
    ]);
  });

  test("of ticks enters under its bound, and stands up to 110 % of it", () => {
    const limits = { TICKS_TO_BOUND: 50 };
    expect(
      follow(
        limits,
        [51, 50, 49, -3, 50, 54, 55, 54].map((value) => ticks(value)),
      ),
    ).toEqual([
      [[], [], []],
      [[], [], []],
      [[49], [], [49]],
      [[], [], [-3]],
      [[], [], [50]],
      [[], [], [54]],
      [[], [55], []],
      [[], [], []],
    ]);
    expect(follow({ TICKS_TO_BOUND: 0 }, [ticks(0), ticks(-1), ticks(0)])).toEqual([
      [[], [], []],
      [[-1], [], [-1]],
      [[], [0], []],
    ]);
  });

  test("keeps the block that it was found in, with the newest value", () => {
    const { standing } = nextBreaches([], book(100, [skew(0.85)]), MAX);
    const found = { limit: "SKEW", subject: "a", asOf: at(100), bound: 0.8 };
    expect(standing).toEqual([{ ...found, value: 0.85 }]);
    const next = nextBreaches(standing, book(107, [skew(0.76)]), MAX);
    expect(next).toEqual({ entered: [], left: [], standing: [{ ...found, value: 0.76 }] });
    const last = nextBreaches(next.standing, book(109, [skew(0.2)]), MAX);
    expect(last).toEqual({ entered: [], left: [{ ...found, value: 0.2 }], standing: [] });
  });

  test("that is not known neither enters nor is left", () => {
    expect(follow(MAX, [skew(null), skew(0.9), skew(null), skew(0.75), skew(null), skew(0.1)])).toEqual([
      [[], [], []],
      [[0.9], [], [0.9]],
      [[], [], [0.9]],
      [[], [], [0.75]],
      [[], [], [0.75]],
      [[], [0.1], []],
    ]);
  });

  test("is left where its subject is no longer in the book", () => {
    expect(follow(MAX, [skew(0.9), null, skew(0.9)])).toEqual([
      [[0.9], [], [0.9]],
      [[], [0.9], []],
      [[0.9], [], [0.9]],
    ]);
  });

  test("is left where its limit is given no more, and is measured by the bound that is given", () => {
    const { standing } = nextBreaches([], book(100, [skew(0.9)]), MAX);
    expect(nextBreaches(standing, book(101, [skew(0.9)]), { DELTA: 0.5 })).toEqual({
      ...{ entered: [], left: standing, standing: [] },
    });
    const wider = nextBreaches(standing, book(101, [skew(0.9)]), { SKEW: 0.95 });
    expect(wider.standing).toEqual([{ ...standing[0], bound: 0.95 }]);
    expect(nextBreaches(standing, book(101, [skew(0.9)]), { SKEW: 1 }).left).toHaveLength(1);
  });
});

describe("after a reorg", () => {
  const found = (number: number, value = 0.9): Breach[] => [
    { limit: "SKEW", subject: "a", asOf: at(number), value, bound: 0.8 },
  ];

  test("what was found in a block that is no more is left unless the corrected value is over the bound", () => {
    const between = book(99, [skew(0.75)], 100);
    expect(nextBreaches(found(100), between, MAX).left).toMatchObject([{ value: 0.75, asOf: at(99) }]);
    expect(nextBreaches(found(104), between, MAX).left).toHaveLength(1);
    expect(nextBreaches(found(104), book(99, [skew(null)], 100), MAX).left).toHaveLength(1);
    expect(nextBreaches(found(104), book(99, [], 100), MAX).left).toEqual(found(104));
  });

  test("it stands, without entering again, as of the corrected book where that is over the bound", () => {
    expect(nextBreaches(found(104), book(99, [skew(0.85)], 100), MAX)).toEqual({
      ...{ entered: [], left: [], standing: found(99, 0.85) },
    });
  });

  test("what was found before stands as ever", () => {
    const between = book(99, [skew(0.75)], 100);
    expect(nextBreaches(found(99), between, MAX).standing).toEqual(found(99, 0.75));
    expect(nextBreaches(found(99), book(99, [skew(null)], 100), MAX).standing).toEqual(found(99));
  });

  test("what the new blocks break enters", () => {
    expect(nextBreaches([], book(99, [skew(0.85)], 100), MAX).entered).toEqual(found(99, 0.85));
  });
});

test("several limits and subjects go their own ways, the worst first", () => {
  const limits = { SKEW: 0.5, TICKS_TO_BOUND: 100, DELTA: 0.9, EXPECTED_SHORTFALL: 0.1 };
  const first = nextBreaches(
    [],
    book(100, [
      ...[skew(0.6, "a"), skew(0.75, "b"), skew(0.4, "c"), ticks(20)],
      { limit: "DELTA", subject: "a", value: 0.8 },
      { limit: "EXPECTED_SHORTFALL", subject: "", value: 0.3 },
      { limit: "TOKEN_SHARE", subject: "t", value: 1 },
    ]),
    limits,
  );
  // 3, 1.8, 1.5 and 1.2 times their bounds.
  const names = (list: readonly Breach[]) => list.map(({ limit, subject }) => `${limit} ${subject}`);
  expect(names(first.entered)).toEqual(["EXPECTED_SHORTFALL ", "TICKS_TO_BOUND p", "SKEW b", "SKEW a"]);
  const next = nextBreaches(
    first.standing,
    book(101, [skew(0.48, "a"), skew(0.4, "b"), skew(0.51, "c"), ticks(-10)]),
    limits,
  );
  expect(names(next.entered)).toEqual(["SKEW c"]);
  expect(names(next.left)).toEqual(["EXPECTED_SHORTFALL ", "SKEW b"]);
  expect(names(next.standing)).toEqual(["TICKS_TO_BOUND p", "SKEW c", "SKEW a"]);
});

test("how bad a breach is: over its bound for sizes, past it for ticks", () => {
  expect(severity({ limit: "SKEW", value: 0.9, bound: 0.6 })).toBeCloseTo(1.5, 15);
  const ofTicks = (value: number, bound: number) => severity({ limit: "TICKS_TO_BOUND", value, bound });
  expect([ofTicks(50, 50), ofTicks(0, 50), ofTicks(-50, 50), ofTicks(-3, 0)]).toEqual([1, 2, 3, 4]);
});

/** Without a reorg, one breach after the other as a machine of two states. */
describe("over any books", () => {
  const LIMITS: Limits = { SKEW: 0.8, TICKS_TO_BOUND: 10 };
  const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 20 }));
  const reading = fc.record({
    limit: fc.constantFrom<Limit>("SKEW", "TICKS_TO_BOUND", "DELTA"),
    subject: fc.constantFrom("a", "b"),
    value,
  });
  const readings = fc.uniqueArray(reading, {
    selector: ({ limit, subject }) => limit + subject,
    maxLength: 6,
  });
  const step = fc.record({ readings, back: fc.integer({ min: 0, max: 4 }) });
  const keys = (list: readonly Breach[]) => list.map(({ limit, subject }) => limit + subject).sort();
  const scaled = (list: readonly Reading[]) =>
    list.map((r) => (r.limit === "SKEW" && r.value !== null ? { ...r, value: r.value / 20 } : r));

  test("what stands is what stood and entered, less what was left; nothing enters that stands", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let standing: readonly Breach[] = [];
        let number = 100;
        for (const { readings: given, back } of steps) {
          const replacedFrom = back === 0 ? undefined : number - back + 1;
          number += 1 - back;
          const next = nextBreaches(standing, book(number, scaled(given), replacedFrom), LIMITS);
          const [before, entered, left] = [keys(standing), keys(next.entered), keys(next.left)];
          expect(entered.filter((key) => before.includes(key))).toEqual([]);
          expect(left.filter((key) => !before.includes(key))).toEqual([]);
          const stays = [...before.filter((key) => !left.includes(key)), ...entered];
          expect(keys(next.standing)).toEqual(stays.sort());
          standing = next.standing;
        }
      }),
    );
  });

  test("and each is as if it were alone", () => {
    fc.assert(
      fc.property(fc.array(readings, { maxLength: 12 }), (books) => {
        let standing: readonly Breach[] = [];
        const alone = { SKEWa: false, SKEWb: false, TICKS_TO_BOUNDa: false, TICKS_TO_BOUNDb: false };
        for (const [i, given] of books.entries()) {
          standing = nextBreaches(standing, book(i, scaled(given)), LIMITS).standing;
          for (const key of Object.keys(alone) as (keyof typeof alone)[]) {
            const found = given.find(({ limit, subject }) => limit + subject === key);
            const known = found?.value;
            // Of 20: over 16 and down to 14.4; under 10 and up to 11.
            if (found === undefined) alone[key] = false;
            else if (known !== null && known !== undefined) {
              const [over, back] = key.startsWith("SKEW")
                ? [known > 16, known < 15]
                : [known < 10, known > 10];
              alone[key] = over || (alone[key] && !back);
            }
          }
          expect(keys(standing)).toEqual(
            Object.keys(alone)
              .filter((key) => alone[key as keyof typeof alone])
              .sort(),
          );
        }
      }),
    );
  });
});
