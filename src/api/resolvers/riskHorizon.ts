import { ApiError } from "../errors.ts";

const MAX_DAYS = 3_650;

/** Throws BAD_INPUT unless it is a time to look ahead, in days. */
export function requireHorizon(horizonDays: number): void {
  if (horizonDays > 0 && horizonDays <= MAX_DAYS) return;
  throw new ApiError(
    "BAD_INPUT",
    `horizonDays is ${horizonDays}: it must be above 0 and at most ${MAX_DAYS}.`,
  );
}

/** Throws BAD_INPUT unless it is a confidence that leaves a tail. */
export function requireConfidence(confidence: number): void {
  if (confidence >= 0.5 && confidence < 1) return;
  throw new ApiError(
    "BAD_INPUT",
    `confidence is ${confidence}: it must be from 0.5 to below 1; 0.95 is 95 %.`,
  );
}
