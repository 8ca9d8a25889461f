export type Method = "EXACT" | "ACCOUNTED" | "ESTIMATE";

/**
 * What a number is: formula, unit, sign (null where it is 0 or above and no more is to be said), method and where that is
 * from. What a v2 pair does not tell, as principal and fees apart, is ACCOUNTED there: the formula ends in that.
 */
export type MetricRow = readonly [
  formula: string,
  unit: string,
  sign: string | null,
  method: Method,
  source: string,
];

/**
 * By GraphQL path from a type. What hangs in several places is named once, as a position's or else a pool's: an
 * account's book of a pool has `Position.inventory.skew` too. A field of amounts stands for all of its numbers.
 */
export type MetricRows = Readonly<Record<string, MetricRow>>;
