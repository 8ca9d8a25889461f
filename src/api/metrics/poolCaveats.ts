import { isPair } from "./protocol.ts";

export type PoolCaveat =
  | "HOOK_MOVES_AMOUNTS"
  | "TOKEN_MOVES_BALANCES"
  | "QUARANTINED"
  | "DECIMALS_UNKNOWN"
  | "PROTOCOL_FEE_INFERRED"
  | "UNLOGGED_POKES";

type Terms = { hooks: string | null; quarantinedBlock: number | null };

/**
 * Whether what derives from fees is known of a pool: its logs fit one another, and all that moves its amounts is logged.
 * Of a pool without it fees, and figures with fees in them, are null. Example: a v3 pool in quarantine is `false`.
 */
export function feesKnown({ hooks, quarantinedBlock }: Terms): boolean {
  return quarantinedBlock === null && !movesAmounts(hooks);
}

/**
 * Whether a v4 hook can take or add amounts that no log shows. Mirrors Hooks.sol of v4-core: the four lowest bits of its
 * address say which of its calls return deltas. Example: `movesAmounts("0x...c4")` is `true`, `"0x...c0"` is not.
 */
export function movesAmounts(hooks: string | null): boolean {
  return hooks !== null && !hooks.endsWith("0");
}

/**
 * All that has to be known of a pool before its numbers are used; none of an exact one. `decimalsKnown`: of both tokens.
 * Example: a v2 pair of two ordinary tokens has `PROTOCOL_FEE_INFERRED`.
 */
export function poolCaveats(
  pool: Terms & { protocol: string; tokenMovesBalances: boolean | null },
  decimalsKnown: boolean,
): PoolCaveat[] {
  const caveats: [PoolCaveat, boolean][] = [
    ["HOOK_MOVES_AMOUNTS", movesAmounts(pool.hooks)],
    ["TOKEN_MOVES_BALANCES", pool.tokenMovesBalances === true],
    ["QUARANTINED", pool.quarantinedBlock !== null],
    ["DECIMALS_UNKNOWN", !decimalsKnown],
    ["PROTOCOL_FEE_INFERRED", isPair(pool)],
    ["UNLOGGED_POKES", pool.protocol === "ALGEBRA_INTEGRAL"],
  ];
  return caveats.flatMap(([caveat, holds]) => (holds ? [caveat] : []));
}
