import { expect, test } from "vitest";
import { mintLogIndex, poolLogIndexBefore } from "../../src/protocols/uniswapV3.ts";
import {
  type ManagerLog,
  managerLogsOfDay,
  POSITION_MANAGER,
  type PoolLog,
  poolLogsOfDay,
  USDC_WETH_500,
  USDC_WETH_3000,
} from "../replay/mainnetDay.ts";

/** A pool's log of the position manager, and the manager's own that the rules of uniswapV3.ts bind it to. */
type Bound = { pool: PoolLog; nft: ManagerLog };

const poolLogs = [...poolLogsOfDay(USDC_WETH_500), ...poolLogsOfDay(USDC_WETH_3000)];
const managerLogs = managerLogsOfDay();
const poolLogAt = new Map(poolLogs.map((log) => [at(log.blockNumber, log.logIndex), log]));
const bound = managerLogs.flatMap((nft): Bound[] => {
  const pool = poolLogOf(nft);
  return pool === undefined ? [] : [{ pool, nft }];
});

test("a mainnet day: every log of the pools that is the manager's is claimed by one NFT, and no other log", () => {
  const expected = poolLogs.filter((log) => isManagers(log) && !isPoke(log));
  expect(bound.map(({ pool }) => pool).sort(inOrder)).toEqual(expected.sort(inOrder));
  expect(bound.length).toBe(new Set(bound.map(({ pool }) => pool)).size);
  expect(count(bound.map(({ nft }) => nft.event.eventName))).toEqual({
    IncreaseLiquidity: 29,
    DecreaseLiquidity: 37,
    Collect: 52,
  });
});

test("what the NFT's log says is what its pool's says; a Collect pays at most what the manager takes off", () => {
  for (const { pool, nft } of bound) {
    expect(nft.transactionHash).toBe(pool.transactionHash);
    const { event } = nft;
    const said = pool.event;
    if (said.eventName === "Collect" && event.eventName === "Collect") {
      expect(said.args.amount0 <= event.args.amount0 && said.args.amount1 <= event.args.amount1).toBe(true);
      continue;
    }
    if (said.eventName !== "Mint" && said.eventName !== "Burn")
      throw new Error(`bound to a ${said.eventName}`);
    const { amount, amount0, amount1 } = said.args;
    expect(event.args).toMatchObject({ liquidity: amount, amount0, amount1 });
  }
});

test("an NFT stays in one pool and range, and none of its logs of the day is left unbound", () => {
  const home = new Map<bigint, string>();
  for (const { pool, nft } of bound) {
    const { event } = pool;
    if (event.eventName !== "Mint" && event.eventName !== "Burn" && event.eventName !== "Collect") continue;
    const { tickLower, tickUpper } = event.args;
    const place = `${pool.address} ${tickLower} ${tickUpper}`;
    expect(home.get(nft.event.args.tokenId) ?? place).toBe(place);
    home.set(nft.event.args.tokenId, place);
  }
  const theirs = managerLogs.filter((nft) => home.has(nft.event.args.tokenId));
  expect(theirs.length).toBe(bound.length);
  expect(home.size).toBe(62);
});

test("the manager pokes the pool for an NFT with liquidity, and at once collects", () => {
  let pokes = 0;
  for (const [index, poke] of poolLogs.entries()) {
    if (!isManagers(poke) || !isPoke(poke)) continue;
    pokes++;
    // Between the two stand only the tokens' Transfers.
    const next = poolLogs[index + 1];
    expect(next?.event.eventName).toBe("Collect");
    expect(next?.transactionHash).toBe(poke.transactionHash);
    expect(bound.some(({ pool }) => pool === next)).toBe(true);
  }
  expect(pokes).toBe(20);
});

/** An IncreaseLiquidity's Mint stands one log before it, or two where the new NFT's Transfer is between. */
function poolLogOf(nft: ManagerLog): PoolLog | undefined {
  const { blockNumber, logIndex, event } = nft;
  if (event.eventName !== "IncreaseLiquidity") {
    const log = poolLogAt.get(at(blockNumber, poolLogIndexBefore(logIndex)));
    return log !== undefined && isManagers(log) ? log : undefined;
  }
  const mints = [true, false]
    .map((newNft) => poolLogAt.get(at(blockNumber, mintLogIndex(logIndex, newNft))))
    .filter((log) => log !== undefined && log.event.eventName === "Mint" && isManagers(log));
  expect(mints.length).toBeLessThan(2);
  return mints[0];
}

function isManagers({ event }: PoolLog): boolean {
  return "owner" in event.args && event.args.owner === POSITION_MANAGER;
}

function isPoke({ event }: PoolLog): boolean {
  return event.eventName === "Burn" && event.args.amount === 0n;
}

function at(blockNumber: number, logIndex: number): string {
  return `${blockNumber}:${logIndex}`;
}

function inOrder(a: PoolLog, b: PoolLog): number {
  return a.blockNumber - b.blockNumber || a.logIndex - b.logIndex;
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
