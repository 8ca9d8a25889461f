import type { Address, Hex, TransactionReceipt } from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { seededRandomness } from "../../../demo/chain/randomness.ts";
import { type Call, sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import type { ChainLog } from "../../inMemory/indexLogs.ts";
import { readLogs } from "../../inMemory/readLogs.ts";
import {
  add,
  burn,
  collect,
  manyOfNft,
  manyUnderOneLock,
  openDirect,
  openNft,
  remove,
  transfer,
} from "./liquidity.ts";
import { type Modified, modificationsOf, paymentsOf } from "./modifications.ts";
import type { Operation } from "./operation.ts";
import { donate, donateToNobody, payProtocol, setDynamicFee, setOverride, setProtocolFee } from "./policy.ts";
import type { PoolSpec } from "./poolSpecs.ts";
import { type PoolTruth, readPool } from "./slots.ts";
import { sweep, trade, tradeDust, tradeOntoBoundary, tradeToBoundary, tradeToPrice } from "./swaps.ts";
import { createV4World, MODIFY, readReceipts, type V4Pool, type V4World } from "./world.ts";

const operations = {
  ...{ trade, tradeToBoundary, tradeOntoBoundary, tradeDust, tradeToPrice, sweep },
  ...{ openNft, openDirect, add, remove, collect, transfer, burn, manyOfNft, manyUnderOneLock },
  ...{ donate, donateToNobody, setProtocolFee, payProtocol, setDynamicFee, setOverride },
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
const opening: OperationName[] = ["openNft", "openNft", "openDirect", "openDirect", "setProtocolFee"];
const weights: Record<OperationName, number> = {
  ...{ trade: 26, tradeToBoundary: 14, tradeOntoBoundary: 12, tradeDust: 10, tradeToPrice: 6, sweep: 4 },
  ...{ openNft: 3, openDirect: 4, add: 4, remove: 6, collect: 4, transfer: 2, burn: 2 },
  ...{ manyOfNft: 2, manyUnderOneLock: 4, donate: 3, donateToNobody: 2, setProtocolFee: 2, payProtocol: 1 },
  ...{ setDynamicFee: 6, setOverride: 6 },
};

type Counts = Record<OperationName, number>;

/** A history with what the chain itself said of it, block by block. */
export type V4History = {
  world: V4World;
  logs: ChainLog[];
  /** The pools that a block touched, and now and then one that it did not, right after it. */
  truths: Map<number, PoolTruth[]>;
  modifications: Map<number, Modified[]>;
  done: Counts;
  reverted: Counts;
  swaps: number;
  /** Paid out to the protocol, by currency. */
  paidToProtocol: Map<Address, bigint>;
};

const SWAP: Hex = "0x40e9cecb9f5f1f1c5b9c97dec2917b7ee92e57ba5563708daca94dd84ad7112f";

/** Some six positions a pool, then swaps above all, one to four operations a block, until there were so many swaps. */
export async function recordV4History(
  client: ChainClient,
  options: { seed: number; swaps: number; pools: readonly PoolSpec[] },
): Promise<V4History> {
  const world = await createV4World(client, seededRandomness(options.seed), options.pools);
  const history: V4History = {
    ...{ world, logs: [], truths: new Map(), modifications: new Map(), swaps: 0 },
    ...{ done: none(), reverted: none(), paidToProtocol: new Map() },
  };
  for (const pool of world.pools) {
    for (const name of opening) await mine(history, await plan(world, pool, name));
  }
  const names = spread();
  while (history.swaps < options.swaps) await mine(history, await planBlock(world, names));
  const addresses = [world.at.poolManager, ...world.positionManagers];
  return { ...history, logs: await readLogs(client, addresses) };
}

type Planned = { name: OperationName; calls: Call[] };

async function planBlock(world: V4World, names: readonly OperationName[]): Promise<Planned[]> {
  const block: Planned[] = [];
  const size = world.random.whole(1, 4);
  for (let tries = 0; block.length < size && tries < 50; tries++) {
    const [pool, name] = [world.random.pick(world.pools), world.random.pick(names)];
    if (pool !== undefined && name !== undefined) block.push(...(await plan(world, pool, name)));
  }
  return block;
}

async function plan(world: V4World, pool: V4Pool, name: OperationName): Promise<Planned[]> {
  const calls = await operations[name](world, pool);
  return calls === undefined ? [] : [{ name, calls }];
}

async function mine(history: V4History, block: readonly Planned[]): Promise<void> {
  const { world, done, reverted } = history;
  const { client, at, random } = world;
  if (block.length === 0) return;
  const receipts = await sendInOneBlock(
    client,
    block.flatMap(({ calls }) => calls),
    { allowRevert: true },
  );
  const left = [...receipts];
  for (const { name, calls } of block) {
    const own = left.splice(0, calls.length);
    (own.every(({ status }) => status === "success") ? done : reverted)[name]++;
  }
  const number = Number(receipts[0]?.blockNumber);
  const touched = readReceipts(world, receipts);
  const idle = random.chance(0.1) ? random.pick(world.pools) : undefined;
  if (idle !== undefined) touched.add(idle.poolId);
  const truths = await Promise.all([...touched].map((poolId) => readPool(client, at.poolManager, poolId)));
  for (const truth of truths) world.states.set(truth.poolId, truth);
  history.truths.set(number, truths);
  if (logsOf(receipts, MODIFY).length > 0) {
    history.modifications.set(number, await modificationsOf(client, at.poolManager, number));
  }
  if (block.some(({ name }) => name === "payProtocol")) {
    for (const { currency, amount } of await paymentsOf(client, at.poolManager, number)) {
      const paid = history.paidToProtocol.get(currency) ?? 0n;
      history.paidToProtocol.set(currency, paid + amount);
    }
  }
  history.swaps += logsOf(receipts, SWAP).length;
}

function logsOf(receipts: readonly TransactionReceipt[], topic: Hex) {
  return receipts.flatMap(({ logs }) => logs).filter(({ topics }) => topics[0] === topic);
}

function none(): Counts {
  const names = Object.keys(operations) as OperationName[];
  return Object.fromEntries(names.map((name) => [name, 0])) as Counts;
}

/** Each name as often as its weight says. */
function spread(): OperationName[] {
  const names = Object.keys(operations) as OperationName[];
  return names.flatMap((name) => Array<OperationName>(weights[name]).fill(name));
}
