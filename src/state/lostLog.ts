/**
 * The logs of a pool do not fit what the logs before them left: one is missing, doubled or false. Nothing that
 * comes from growth can be known of the pool from there on; it is quarantined, and other pools go on.
 */
export class LostLogError extends Error {
  override readonly name: string = "LostLogError";
}
