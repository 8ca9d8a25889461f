import { pairAmounts, pendingMint } from "../../state/pairPool.ts";
import { isPair } from "./protocol.ts";

type ProtocolFees = { protocolFees0: bigint; protocolFees1: bigint };

/**
 * What a pool's protocol is owed, raw: on v2 what the shares pay that the next mint or burn would mint to it first,
 * rounded down, and elsewhere what the pool's row keeps. Example: with 1 of 100 shares pending, a hundredth of the reserves.
 */
export function poolProtocolFees(
  pool: { protocol: string } & ProtocolFees & Parameters<typeof pairAmounts>[0],
): ProtocolFees {
  if (!isPair(pool)) return { protocolFees0: pool.protocolFees0, protocolFees1: pool.protocolFees1 };
  const { amount0, amount1 } = pairAmounts(pool, pendingMint(pool));
  return { protocolFees0: amount0, protocolFees1: amount1 };
}
