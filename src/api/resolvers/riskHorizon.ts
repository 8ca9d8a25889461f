import { ApiError } from "../errors.ts";

export type Confidence = { confidence: number };
export type Horizon = { horizonDays: number };

const MAX_DAYS = 3_650;

/** Throws BAD_INPUT. */
export function requireHorizon({ confidence, horizonDays }: Confidence & Horizon): void {
  if (!(confidence >= 0.5 && confidence < 1)) {
    throw new ApiError(
      "BAD_INPUT",
      `confidence is ${confidence}: it must be from 0.5 to below 1; 0.95 is 95 %.`,
    );
  }
  if (!(horizonDays > 0 && horizonDays <= MAX_DAYS)) {
    throw new ApiError(
      "BAD_INPUT",
      `horizonDays is ${horizonDays}: it must be above 0 and at most ${MAX_DAYS}.`,
    );
  }
}
