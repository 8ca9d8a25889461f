import { ApiError } from "../errors.ts";
import type { Limit, Limits } from "../metrics/nextBreaches.ts";

/** As given; one that is null or left out is none. */
export type RiskLimits = { readonly [Name in keyof typeof LIMITS]?: number | null };

const LIMITS = {
  maxSkew: "SKEW",
  maxImpermanentLoss: "IMPERMANENT_LOSS",
  maxDelta: "DELTA",
  minTicksToBound: "TICKS_TO_BOUND",
  maxTokenShare: "TOKEN_SHARE",
  maxExpectedShortfall: "EXPECTED_SHORTFALL",
} as const satisfies Record<string, Limit>;

const NAMES = Object.keys(LIMITS) as (keyof typeof LIMITS)[];

/** Bounds by what they bound. Throws BAD_INPUT for one that nothing or everything would break. */
export function limitsOf(given: RiskLimits): Limits {
  const limits: Partial<Record<Limit, number>> = {};
  for (const name of NAMES) {
    const bound = given[name] ?? null;
    if (bound === null) continue;
    if (name === "minTicksToBound" ? !(bound >= 0) : !(bound > 0 && bound <= 1)) throw badLimit(name, bound);
    limits[LIMITS[name]] = bound;
  }
  return limits;
}

function badLimit(name: keyof typeof LIMITS, bound: number): ApiError {
  const allowed = name === "minTicksToBound" ? "0 or more" : "above 0 and at most 1, as 0.05 for 5 %";
  return new ApiError("BAD_INPUT", `limits.${name} is ${bound}: it must be ${allowed}.`);
}
