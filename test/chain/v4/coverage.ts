import type { Tables } from "../../inMemory/memoryDatabase.ts";
import type { EndOfHistory } from "./endOfHistory.ts";
import type { V4History } from "./history.ts";

type Row = Record<string, unknown>;

/** What a history holds of each kind that could go wrong, counted on the rows. */
export function coverageOf(history: V4History, tables: Tables, end: EndOfHistory) {
  const rows = (table: string): Row[] => [...(tables.get(table)?.values() ?? [])];
  const pools = new Map(rows("pool").map((pool) => [pool.poolId, pool]));
  const swaps = rows("swap");
  const events = rows("liquidity_event");
  const hookOf = (poolId: unknown) => history.world.pools.find((pool) => pool.poolId === poolId)?.hooks;
  const whole = (swap: Row) => swap.amount0 === 0n && swap.amount1 === 0n;
  const nfts = end.positions.filter(({ nft }) => nft !== null);
  const ids = nfts.map(({ nft }) => nft?.tokenId);
  return {
    pools: pools.size,
    swaps: swaps.length,
    swapsByFewest: Math.min(...[...pools.values()].map((pool) => Number(pool.swaps))),
    swapsWithoutAmounts: swaps.filter((swap) => whole(swap) && hookOf(swap.poolId) !== "V4CurveHook").length,
    swapsOfCurveHook: swaps.filter((swap) => hookOf(swap.poolId) === "V4CurveHook").length,
    swapsOfTakingHook: swaps.filter((swap) => hookOf(swap.poolId) === "V4TakingHook").length,
    swapsOfFeeHook: swaps.filter((swap) => hookOf(swap.poolId) === "V4FeeHook").length,
    swapsAllToProtocol: swaps.filter((swap) => swap.feeLp === 0n && swap.feeProtocol !== 0n).length,
    swapsWithProtocolFee: swaps.filter((swap) => swap.feeProtocol !== 0n).length,
    swapsOfEther: swaps.filter((swap) => isEther(pools.get(swap.poolId))).length,
    deposits: count(events, "DEPOSIT"),
    withdrawals: count(events, "WITHDRAW"),
    collects: count(events, "COLLECT"),
    transfers: count(events, "TRANSFER"),
    reopened: reopenings(events),
    donations: history.done.donate,
    donationsToNobody: history.reverted.donateToNobody,
    protocolFeeChanges: history.done.setProtocolFee,
    protocolPayments: history.done.payProtocol,
    dynamicFees: history.done.setDynamicFee,
    overrides: history.done.setOverride,
    nfts: nfts.length,
    burntNfts: nfts.filter(({ nft }) => nft?.burnt).length,
    tokenIdsOfBothManagers: ids.length - new Set(ids).size,
    directPositions: end.positions.length - nfts.length,
    withoutSalt: end.positions.filter(({ salt }) => BigInt(salt) === 0n).length,
    refusedCollects: end.positions.filter(({ refused }) => refused).length,
    ticks: end.ticks.length,
    blocksOfSeveral: blocksOfSeveral(history),
  };
}

/** Blocks with logs of more than one transaction. */
function blocksOfSeveral({ logs }: V4History): number {
  const blocks = new Map<number, Set<string>>();
  for (const { blockNumber, transactionHash } of logs) {
    blocks.set(blockNumber, (blocks.get(blockNumber) ?? new Set()).add(transactionHash));
  }
  return [...blocks.values()].filter(({ size }) => size > 1).length;
}

function count(events: readonly Row[], kind: string): number {
  return events.filter((event) => event.kind === kind).length;
}

/** Deposits into what was emptied before. */
function reopenings(events: readonly Row[]): number {
  const held = new Map<unknown, bigint>();
  let reopened = 0;
  for (const { positionId, liquidityDelta } of events) {
    const before = held.get(positionId);
    if (before === 0n && (liquidityDelta as bigint) > 0n) reopened++;
    held.set(positionId, (before ?? 0n) + (liquidityDelta as bigint));
  }
  return reopened;
}

function isEther(pool: Row | undefined): boolean {
  return pool?.token0 === "0x0000000000000000000000000000000000000000";
}
