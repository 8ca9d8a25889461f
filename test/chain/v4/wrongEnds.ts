/** Holds the rows after the last block against the chain. Each answers what differs. */
import { owedNow } from "../../../src/state/feeLedger.ts";
import { growthInside } from "../../../src/state/growthInside.ts";
import { clearedTick, type GrowthGlobal, type TickState } from "../../../src/state/tick.ts";
import type { Tables } from "../../inMemory/memoryDatabase.ts";
import type { EndOfHistory, EndOfPosition } from "./endOfHistory.ts";

type Row = Record<string, unknown>;

export function wrongTicks(tables: Tables, { ticks }: EndOfHistory): string[] {
  const rows = tables.get("tick") ?? new Map<string, Row>();
  const known = new Set(ticks.map(({ poolId, tick }) => `31337 ${poolId} ${tick}`));
  const invented = [...rows.keys()].filter((key) => !known.has(key)).map((key) => `${key} is no tick`);
  return [
    ...invented,
    ...ticks.flatMap(({ poolId, tick, truth }) => {
      const row = rows.get(`31337 ${poolId} ${tick}`) ?? clearedTick;
      return differences(`tick ${tick} of ${poolId}`, [
        ["gross", row.liquidityGross, truth.gross],
        ["net", row.liquidityNet, truth.net],
        ["outside0", row.feeGrowthOutside0X128, truth.outside0],
        ["outside1", row.feeGrowthOutside1X128, truth.outside1],
      ]);
    }),
  ];
}

export function wrongPositions(tables: Tables, { positions }: EndOfHistory): string[] {
  const rows = tables.get("position");
  const ids = new Set(positions.map(idOf));
  const invented = [...(rows?.values() ?? [])]
    .filter(({ positionId }) => !ids.has(String(positionId)))
    .map(({ positionId }) => `${positionId} is no position`);
  return [
    ...invented,
    ...positions.flatMap((position) => {
      const row: Row = rows?.get(`31337 ${idOf(position)}`) ?? {};
      const { truth } = position;
      return differences(idOf(position), [
        ["poolId", row.poolId, position.poolId],
        ["liquidity", row.liquidity, truth.liquidity],
        ["growth inside 0", row.feeGrowthInside0LastX128, truth.inside0],
        ["growth inside 1", row.feeGrowthInside1LastX128, truth.inside1],
        ["owner", row.owner, (position.nft?.owner ?? position.owner).toLowerCase()],
        ["end", lastOwnershipEnds(tables, position), position.nft?.burnt === true],
      ]);
    }),
  ];
}

/** What the API says is owed, from rows alone, against what a collect would have paid. */
export function wrongOwed(tables: Tables, { positions }: EndOfHistory): string[] {
  return positions.flatMap((position) => {
    const row = tables.get("position")?.get(`31337 ${idOf(position)}`);
    if (row === undefined) return [`${idOf(position)} has no row`];
    const is = owedOf(tables, position, row as Row & Parameters<typeof owedNow>[0]);
    return differences(idOf(position), [
      ["owed 0", is.amount0, position.owed.amount0],
      ["owed 1", is.amount1, position.owed.amount1],
    ]);
  });
}

/** Every unit that a pool took or gave stands in a log: the pools' balances are the manager's, to the unit. */
export function wrongCurrencies(tables: Tables, { currencies }: EndOfHistory): string[] {
  const pools = [...(tables.get("pool")?.values() ?? [])];
  return currencies.flatMap(({ currency, balance, protocolFees, paidToProtocol }) => {
    const sum = (field: string) =>
      pools.reduce((total, pool) => {
        const side =
          pool.token0 === currency.toLowerCase() ? 0 : pool.token1 === currency.toLowerCase() ? 1 : null;
        return side === null ? total : total + (pool[`${field}${side}`] as bigint);
      }, 0n);
    return differences(`currency ${currency}`, [
      ["protocol fees", sum("protocolFees"), protocolFees + paidToProtocol],
      ["balance", sum("balance") - paidToProtocol, balance],
    ]);
  });
}

function owedOf(tables: Tables, position: EndOfPosition, row: Parameters<typeof owedNow>[0]) {
  const { poolId, tickLower, tickUpper, liquidity } = position;
  if (liquidity === 0n) return { amount0: row.tokensOwed0, amount1: row.tokensOwed1 };
  const tick = (at: number) => (tables.get("tick")?.get(`31337 ${poolId} ${at}`) ?? clearedTick) as TickState;
  const pool = tables.get("pool")?.get(`31337 ${poolId}`) as Row &
    GrowthGlobal & { tick: number; lvrTick: number };
  const range = { tickLower, tickUpper };
  return owedNow(row, growthInside(tick(tickLower), tick(tickUpper), range, { ...pool, seconds: 0 }));
}

function lastOwnershipEnds(tables: Tables, position: EndOfPosition): boolean {
  const owners = [...(tables.get("ownership")?.values() ?? [])].filter(
    ({ positionId }) => positionId === idOf(position),
  );
  const last = owners.sort((a, b) => Number(a.number) - Number(b.number)).at(-1);
  return last !== undefined && last.toBlock !== null;
}

function idOf({ poolId, owner, tickLower, tickUpper, salt, nft }: EndOfPosition): string {
  if (nft !== null) return `${owner.toLowerCase()}:${nft.tokenId}`;
  return [poolId, owner, tickLower, tickUpper, salt].join(":").toLowerCase();
}

function differences(of: string, fields: [name: string, row: unknown, truth: unknown][]): string[] {
  return fields
    .filter(([, row, truth]) => row !== truth)
    .map(([name, row, truth]) => `${of}: ${name} is ${row}, on the chain ${truth}`);
}
