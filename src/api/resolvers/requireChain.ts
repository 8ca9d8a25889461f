import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";

/** Throws BAD_INPUT for a chain that is not indexed; null and undefined ask for none. */
export function requireChain(chainId: number | null | undefined, { chains }: ApiContext): void {
  if (chainId == null || chains.some(({ id }) => id === chainId)) return;
  const indexed = chains.map(({ id }) => id).join(", ");
  throw new ApiError("BAD_INPUT", `Chain ${chainId} is not indexed here: ask for one of ${indexed}.`);
}
