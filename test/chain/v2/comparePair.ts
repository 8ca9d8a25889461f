import { valueX192 } from "../../../src/math/valueMath.ts";
import { pairPrincipal } from "../../../src/state/pairPool.ts";
import type { Tables } from "../../inMemory/memoryDatabase.ts";
import { callRow, poolRow, positionRows } from "./pairRows.ts";
import type { ChainPair } from "./readPair.ts";

export type Difference = { what: string; row: unknown; chain: unknown; block?: number };

const ZERO = `0x${"00".repeat(20)}`;

/** Every row's figure that the pair itself answers, with its answer. */
export function differ(tables: Tables, chain: ChainPair): Difference[] {
  const pool = poolRow(tables);
  const positions = new Map<string, bigint>(positionRows(tables).map((row) => [row.owner, row.liquidity]));
  positions.set(pool.poolId, callRow(tables).parkedShares);
  const holders = [...chain.held].filter(([holder]) => holder !== ZERO);
  return [
    { what: "quarantine", row: pool.quarantinedBlock, chain: null },
    { what: "reserve0", row: pool.balance0, chain: chain.reserve0 },
    { what: "reserve1", row: pool.balance1, chain: chain.reserve1 },
    { what: "supply", row: pool.shares, chain: chain.supply },
    // The pair keeps none while the fee is off.
    { what: "kLast", row: chain.kLast === 0n ? 0n : pool.kLast, chain: chain.kLast },
    ...holders.map(([holder, held]) => ({
      what: `LP tokens of ${holder}`,
      row: positions.get(holder) ?? 0n,
      chain: held,
    })),
  ];
}

/** What must hold of every position's book whatever happens, as true. */
export function compareBooks(tables: Tables): Difference[] {
  const pool = poolRow(tables);
  const unit = valueX192(1n, 1n, pool.sqrtPriceX96);
  const holds = (what: string, row: boolean): Difference => ({ what, row, chain: true });
  const positions = positionRows(tables);
  const basis = positions.reduce((sum, { basisX64 }) => sum + (basisX64 ?? 0n), 0n);
  return [
    holds("principal of all holders is within the pool's", basis <= (pool.basisX64 ?? 0n)),
    ...positions.flatMap((position) => {
      const { amount0, amount1 } = pairPrincipal(pool, position.basisX64 ?? 0n);
      const loss = valueX192(amount0 - position.hold0, amount1 - position.hold1, pool.sqrtPriceX96);
      return [
        holds(`${position.positionId} owes nothing`, position.tokensOwed0 + position.tokensOwed1 === 0n),
        holds(`${position.positionId} has no divergence gain`, loss <= unit),
        holds(
          `${position.positionId} was paid principal and fees`,
          position.collected0 === position.withdrawn0 + position.feesTaken0 &&
            position.collected1 === position.withdrawn1 + position.feesTaken1,
        ),
        holds(
          `${position.positionId} has principal while it has LP tokens`,
          (position.liquidity === 0n) === (position.basisX64 === 0n),
        ),
      ];
    }),
  ];
}

/** Principal that nobody has: of LP tokens that are locked at address 0. */
export function lockedBasis(tables: Tables): bigint {
  const held = positionRows(tables).reduce((sum, { basisX64 }) => sum + (basisX64 ?? 0n), 0n);
  return (poolRow(tables).basisX64 ?? 0n) - held - callRow(tables).parkedBasisX64;
}
