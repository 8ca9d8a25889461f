import { decodeEventLog, type Hex } from "viem";
import { beforeAll, expect, test } from "vitest";
import { uniswapV4PoolManagerAbi } from "../../../abis/uniswapV4PoolManager.ts";
import { uniswapV4PositionManagerAbi } from "../../../abis/uniswapV4PositionManager.ts";
import { startAnvil } from "../../../demo/chain/anvil.ts";
import { chainClient } from "../../../demo/chain/client.ts";
import type { ChainLog } from "../../inMemory/indexLogs.ts";
import { recordV4History, type V4History } from "./history.ts";
import { poolSpecs } from "./poolSpecs.ts";
import { loadV4Handlers, replayHistory } from "./replayHistory.ts";

type Named = { name: string; args: Record<string, unknown>; log: ChainLog };

/** Of `npm run test:v4` alone: test/indexing/lostLogsOfProtocols.test.ts loses logs of all protocols, this one says why. */
const runs = process.env.BALLAST_TEST_SWAPS !== undefined;

let history: V4History;
let logs: Named[];

beforeAll(async () => {
  const anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 4, keptStates: 60 });
  // Where all of the input is fee, few swaps move a price that the next one could contradict.
  const pools = poolSpecs
    .filter(({ fee, centreTick }) => fee >= 500 && centreTick === 0 && ![999_999, 1_000_000].includes(fee))
    .slice(0, 5);
  history = await recordV4History(chainClient(anvil.url), { seed: 3, swaps: 100, pools });
  await anvil.stop();
  logs = history.logs.flatMap(nameOf);
  await loadV4Handlers(history.world);
});

test.skipIf(!runs)(
  "a log that is lost quarantines its pool, or is one that no later log contradicts",
  async () => {
    const outcomes: Record<string, { quarantined: number; unnoticed: number }> = {};
    for (const lost of logs) {
      if (lost.name === "Initialize") continue;
      const counts = outcomes[lost.name] ?? { quarantined: 0, unnoticed: 0 };
      outcomes[lost.name] = counts;
      const quarantined = await poolsQuarantinedWithout(lost.log);
      const pool = poolOf(lost);
      if (quarantined.length > 0) {
        expect(quarantined).toEqual([pool]);
        counts.quarantined++;
      } else {
        expect(whyUnnoticed(lost, pool), `${lost.name} ${JSON.stringify(lost.log)}`).toBeDefined();
        counts.unnoticed++;
      }
    }
    console.log(outcomes);
    for (const [name, least] of [
      ["Swap", 0.6],
      ["ModifyLiquidity", 0.6],
      ["Transfer", 0.5],
      ["ProtocolFeeUpdated", 0.4],
    ] as const) {
      const { quarantined, unnoticed } = outcomes[name] ?? { quarantined: 0, unnoticed: 0 };
      expect(quarantined / (quarantined + unnoticed), name).toBeGreaterThan(least);
    }
  },
);

async function poolsQuarantinedWithout(lost: ChainLog): Promise<unknown[]> {
  const rest = history.logs.filter((log) => log !== lost);
  const rows = await replayHistory({ ...history, logs: rest, truths: new Map(), modifications: new Map() });
  return [...(rows.tables.get("quarantine")?.values() ?? [])].map(({ poolId }) => poolId);
}

/** Why the loss of a log shows in no later log, if that is so. */
function whyUnnoticed(lost: Named, pool: string): string | undefined {
  const { args } = lost;
  const place = logs.indexOf(lost);
  const ofPool = (log: Named) => log.args.id === pool;
  const later = logs.slice(place + 1).filter(ofPool);
  const swaps = later.filter(({ name }) => name === "Swap");
  const [next] = swaps;
  const before = logs
    .slice(0, place)
    .filter(ofPool)
    .findLast(({ args }) => args.tick !== undefined);
  const ticks = [before, ...swaps].map((log) => Number(log?.args.tick));
  const notMet =
    ticks.every((tick) => tick < Number(args.tickLower)) ||
    ticks.every((tick) => tick >= Number(args.tickUpper));
  const moves = ({ args }: Named) => args.amount0 !== 0n && args.amount1 !== 0n;
  const reasons: Record<string, () => string | false> = {
    Donate: () => "no later log says what growth was: fees are too low for ever",
    Swap: () =>
      (!moves(lost) && "some units that were all fee, or a price that nobody provided for") ||
      (next === undefined && "no swap comes after it") ||
      (next !== undefined && !moves(next) && "the next one goes through no liquidity") ||
      (next !== undefined &&
        later.slice(0, later.indexOf(next)).some(isWithdrawal) &&
        "what it went through is taken out before the next one"),
    ModifyLiquidity: () =>
      (args.liquidityDelta === 0n && "a collect: no log says what was paid, so what is owed is too high") ||
      (later.length < 3 && "too little comes after it") ||
      (notMet && "the price never comes to its range again") ||
      (next !== undefined && isDust(next) && "the next swap leaves its range for some units"),
    ProtocolFeeUpdated: () => {
      const until = later.findIndex(({ name }) => name === "ProtocolFeeUpdated");
      const under = (until < 0 ? later : later.slice(0, until)).filter(({ name }) => name === "Swap");
      const fee = history.world.pools.find(({ poolId }) => poolId === pool)?.fee;
      return (
        (fee === 0x800000 && "a total of a dynamic fee may be any") ||
        (under.length < 4 && "few swaps pay by it")
      );
    },
    Transfer: () => "the NFT is not handed on again: its next Transfer would tell",
  };
  const reason = reasons[lost.name]?.();
  return reason === false ? undefined : reason;
}

function isWithdrawal({ args }: Named): boolean {
  return args.liquidityDelta !== undefined && (args.liquidityDelta as bigint) < 0n;
}

function isDust({ args }: Named): boolean {
  return [args.amount0, args.amount1].every(
    (amount) => -10n < (amount as bigint) && (amount as bigint) < 10n,
  );
}

/** The pool that a log is about: a Transfer by the positions that its NFT has. */
function poolOf({ args, log }: Named): string {
  if (args.id !== undefined) return String(args.id);
  const position = [...history.world.positions.values()].find(
    ({ owner, salt }) => owner.toLowerCase() === log.address && BigInt(salt) === args.tokenId,
  );
  return String(position?.poolId);
}

function nameOf(log: ChainLog): Named[] {
  const isNfts = history.world.positionManagers.some((manager) => manager.toLowerCase() === log.address);
  const abi = isNfts ? uniswapV4PositionManagerAbi : uniswapV4PoolManagerAbi;
  const topics = [...log.topics] as [Hex, ...Hex[]];
  try {
    const { eventName, args } = decodeEventLog({ abi, topics, data: log.data });
    return [{ name: eventName, args, log }];
  } catch {
    return [];
  }
}
