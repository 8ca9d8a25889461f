import type { Address, Hex } from "viem";
import { seededRandomness } from "../../../demo/chain/randomness.ts";
import { sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import type { V2Rig } from "../../../demo/chain/uniswapV2Rig.ts";
import type { PairLog } from "./indexPairs.ts";
import { type Operation, operations } from "./pairHistory.ts";
import { type ChainPair, readPair } from "./readPair.ts";

export type PairStep = {
  names: readonly string[];
  /** Its logs, by transaction. */
  transactions: PairLog[][];
  /** Whether the protocol's fee was on after it. */
  feeOn: boolean;
  /** No token lay in the pair without a Sync, and the fee was not switched: logs say all that a burn pays. */
  foreseeable: boolean;
  /** The pair after it. */
  chain: ChainPair;
};

export type RecordedPair = { factory: string; steps: PairStep[]; done: Map<string, number> };

const ZERO = `0x${"00".repeat(20)}`;

/** Drives a pair at random, a few operations a block, and reads it after each block. */
export async function recordPair(
  rig: V2Rig,
  { seed, blocks }: { seed: number; blocks: number },
): Promise<RecordedPair> {
  const holders = [...rig.accounts, rig.deployer, rig.pool, ZERO].map(lower);
  const random = seededRandomness(seed + 1);
  const next = operations(rig, seed);
  const done = new Map<string, number>();
  const read = logReader(rig);
  const first = await readPair(rig, holders);
  const steps: PairStep[] = [
    { names: [], transactions: await read(), feeOn: false, foreseeable: true, chain: first },
  ];
  for (let last = steps[0]; last !== undefined && steps.length <= blocks; last = steps.at(-1)) {
    const now = nowOf(rig, last.chain);
    const chosen = Array.from({ length: random.whole(1, 3) }, () => next(now));
    const names = chosen.map(({ name }) => name);
    await send(rig, chosen, done);
    const switches = names.filter((name) => name === "feeTo").length;
    const gift = last.chain.unsynced || names.includes("gift") || names.includes("sync");
    steps.push({
      names,
      transactions: await read(),
      feeOn: switches % 2 === 1 ? !last.feeOn : last.feeOn,
      foreseeable: !gift && switches === 0,
      chain: await readPair(rig, holders),
    });
  }
  return { factory: rig.factory, steps, done };
}

function nowOf({ accounts }: V2Rig, chain: ChainPair) {
  return {
    ...chain,
    held: new Map(accounts.map((account) => [account, chain.held.get(lower(account)) ?? 0n])),
  };
}

async function send(
  { client }: V2Rig,
  chosen: readonly Operation[],
  done: Map<string, number>,
): Promise<void> {
  const receipts = await sendInOneBlock(
    client,
    chosen.flatMap(({ calls }) => calls),
    { allowRevert: true },
  );
  const names = chosen.flatMap(({ name, calls }) => calls.map(() => name));
  for (const [i, name] of names.entries()) {
    const key = receipts[i]?.status === "reverted" ? "reverted" : name;
    done.set(key, (done.get(key) ?? 0) + 1);
  }
}

/** What the factory and the pair logged since it was last asked, by transaction. */
function logReader({ client, factory, pool }: V2Rig): () => Promise<PairLog[][]> {
  let next = 0n;
  return async () => {
    const toBlock = await client.getBlockNumber();
    const logs = await client.getLogs({ address: [factory, pool], fromBlock: next, toBlock });
    next = toBlock + 1n;
    const byHash = new Map<Hex, PairLog[]>();
    for (const { address, topics, data, blockNumber, logIndex, transactionHash } of logs) {
      const number = Number(blockNumber);
      // Blocks are a second apart.
      const place = { blockNumber: number, logIndex, transactionHash, timestamp: 1_700_000_000 + number };
      const log = { address, topics: topics as Hex[], data, ...place };
      byHash.set(transactionHash, [...(byHash.get(transactionHash) ?? []), log]);
    }
    return [...byHash.values()];
  };
}

function lower(address: string): Address {
  return address.toLowerCase() as Address;
}
