/** Nothing was started: the message says what stands in the way and what to change. */
export class StartRefused extends Error {
  override name = "StartRefused";
}
