import { createPublicClient, decodeEventLog, type Hex, http, numberToHex, type PublicClient } from "viem";
import { afterEach, expect, test } from "vitest";
import { ENS_WETH, ensWethCalls, loadEnsWethLogs, POOL_EVENTS } from "./ensWeth.ts";
import { type ReplayOptions, startReplayRpc } from "./startReplayRpc.ts";

const { pool, weth } = ENS_WETH;
const SWAP: Hex = "0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67";
const MINT: Hex = "0x7a53080ba414158be7ec69b987b5fb7d07dee101fe85488f0853ae16239d0bde";
const MANAGER: Hex = "0x000000000000000000000000c36442b4a4522e871399cd717abdd847ab11fe88";
const WHOLE = { fromBlock: 13_578_816n, toBlock: 13_579_000n };

let rpc: Awaited<ReturnType<typeof startReplayRpc>>;
afterEach(() => rpc.stop());

async function start(options?: Partial<ReplayOptions>): Promise<PublicClient> {
  rpc = await startReplayRpc({
    chainId: 1,
    logs: loadEnsWethLogs(),
    calls: ensWethCalls(),
    head: 13_579_000,
    ...options,
  });
  return createPublicClient({ transport: http(rpc.url, { retryCount: 0 }) });
}

async function ask(method: string, ...params: unknown[]) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 7, method, params });
  return (await (await fetch(rpc.url, { method: "POST", body })).json()) as Record<string, unknown>;
}

const getLogs = async (filter: Record<string, unknown>) => {
  const { result } = await ask("eth_getLogs", { fromBlock: "0xcf3240", toBlock: "0xcf32f8", ...filter });
  return result as { blockNumber: Hex; transactionIndex: Hex; transactionHash: Hex }[];
};

test("links every block to its parent, never back in time, under distinct hashes", async () => {
  const client = await start();
  const numbers = Array.from({ length: 187 }, (_, i) => 13_578_814n + BigInt(i));
  const blocks = await Promise.all(numbers.map((blockNumber) => client.getBlock({ blockNumber })));
  expect(new Set(blocks.map((block) => block.hash)).size).toBe(187);
  blocks.slice(1).forEach((block, i) => {
    expect(block.parentHash).toBe(blocks[i]?.hash);
    expect(block.timestamp).toBeGreaterThanOrEqual(blocks[i]?.timestamp ?? 0n);
  });
  expect(await client.getBlock({ blockHash: blocks[5]?.hash as Hex })).toEqual(blocks[5]);
});

test("takes times from the logs and interpolates the others", async () => {
  const client = await start();
  const timeOf = async (blockNumber: bigint) => (await client.getBlock({ blockNumber })).timestamp;
  expect(await timeOf(13_578_816n)).toBe(1_636_415_673n);
  expect(await timeOf(13_578_904n)).toBe(1_636_416_956n);
  expect(await timeOf(13_578_860n)).toBe(1_636_416_314n);
  expect(await timeOf(13_578_815n)).toBe(1_636_415_661n);
  expect(await timeOf(13_579_000n)).toBe(1_636_418_200n);
});

test("sets the bloom's bits of the address and each topic, and no others", async () => {
  const client = await start();
  const { logsBloom } = await client.getBlock({ blockNumber: 13_578_932n });
  const set = BigInt(logsBloom)
    .toString(2)
    .split("")
    .reverse()
    .flatMap((bit, i) => (bit === "1" ? [i] : []));
  // The low 11 bits of the first three 16-bit words of keccak256 of the pool, Swap and the one sender = recipient.
  expect(set).toEqual(expect.arrayContaining([196, 546, 594, 1475, 1613, 1043]));
  expect(set.length).toBe(9);
  expect(BigInt((await client.getBlock({ blockNumber: 13_578_817n })).logsBloom)).toBe(0n);
});

test("holds the whole history: 63 swaps, 3 mints, 2 burns, 1 initialize, in order", async () => {
  const client = await start();
  const logs = await client.getLogs({ address: pool, ...WHOLE });
  const events = logs.map((log) => decodeEventLog({ abi: Object.values(POOL_EVENTS), ...log }));
  const count = (name: string) => events.filter((event) => event.eventName === name).length;
  expect([count("Swap"), count("Mint"), count("Burn"), count("Initialize"), logs.length]).toEqual([
    63, 3, 2, 1, 69,
  ]);
  expect(events[0]?.args).toEqual({ sqrtPriceX96: 2505290050365003892876723467n, tick: -69082 });
  expect(events[1]?.args).toEqual({
    sender: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
    owner: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
    tickLower: 49800,
    tickUpper: 64020,
    amount: 556973545490136947176n,
    amount0: 23500000000000000000n,
    amount1: 0n,
  });
  expect(events.at(-1)?.args).toMatchObject({
    sender: "0x0000000000007F150Bd6f54c40A34d7C3d5e9f56",
    amount0: -491266796133649985n,
    amount1: 120515466606040252416n,
    sqrtPriceX96: 1312822972750393950732608458394n,
    liquidity: 66387141178760536346n,
    tick: 56154,
  });
});

test("filters logs by address, topics, range and block hash", async () => {
  const client = await start();
  expect(await getLogs({ address: [pool, weth] })).toHaveLength(69);
  expect(await getLogs({ address: weth })).toHaveLength(0);
  expect(await getLogs({ topics: [SWAP] })).toHaveLength(63);
  expect(await getLogs({ topics: [[MINT, SWAP]] })).toHaveLength(66);
  expect(await getLogs({ topics: [null, MANAGER] })).toHaveLength(5);
  expect(await getLogs({ fromBlock: "0xcf3298", toBlock: "0xcf32b4" })).toHaveLength(3);
  const { hash } = await client.getBlock({ blockNumber: 13_578_904n });
  expect((await client.getLogs({ blockHash: hash as Hex })).map((log) => log.logIndex)).toEqual([460, 462]);
  expect(await ask("eth_getLogs", { blockHash: MANAGER })).toMatchObject({ error: { code: -32000 } });
});

test("puts each log's transaction into its block", async () => {
  const client = await start();
  for (const log of await client.getLogs(WHOLE)) {
    const block = await client.getBlock({ blockNumber: log.blockNumber, includeTransactions: true });
    const transaction = block.transactions.find((one) => one.hash === log.transactionHash);
    expect(transaction).toMatchObject({ transactionIndex: log.transactionIndex, blockHash: log.blockHash });
  }
});

test("hides blocks past the head until it moves", async () => {
  const client = await start({ head: 13_578_900 });
  expect(await client.getBlockNumber({ cacheTime: 0 })).toBe(13_578_900n);
  expect(await ask("eth_getBlockByNumber", numberToHex(13_578_904), true)).toMatchObject({ result: null });
  expect(await getLogs({})).toHaveLength(2);
  rpc.setHead(13_578_904);
  expect((await client.getBlock()).number).toBe(13_578_904n);
  expect(await getLogs({})).toHaveLength(4);
});

test("loses a dropped log from eth_getLogs only", async () => {
  const client = await start({ dropLog: (log) => log.blockNumber === 13_578_932 });
  expect(await getLogs({ topics: [SWAP] })).toHaveLength(62);
  const block = await client.getBlock({ blockNumber: 13_578_932n });
  expect(block.transactions).toHaveLength(1);
  expect(BigInt(block.logsBloom)).not.toBe(0n);
});

test("answers a recorded eth_call and refuses any other one", async () => {
  await start();
  expect(await ask("eth_call", { to: pool, data: "0xddca3f43" }, "latest")).toMatchObject({
    result: word(3000),
  });
  expect(await ask("eth_call", { to: weth, data: "0xddca3f43" }, "latest")).toMatchObject({
    error: { code: -32004, message: expect.stringContaining(`No recorded eth_call to ${weth}`) },
  });
});

test("names a method that it does not serve, and counts requests", async () => {
  await start();
  expect(await ask("eth_getProof")).toMatchObject({
    id: 7,
    error: { code: -32601, message: expect.stringContaining("eth_getProof") },
  });
  await ask("eth_chainId");
  await ask("eth_chainId");
  expect(rpc.counts).toEqual({ eth_getProof: 1, eth_chainId: 2 });
});

test("refuses recordings that contradict themselves", async () => {
  await start();
  const [log] = loadEnsWethLogs();
  if (log === undefined) throw new Error("no fixture");
  const withSecond = (change: object) =>
    startReplayRpc({ chainId: 1, logs: [log, { ...log, logIndex: 13, ...change }] });
  await expect(withSecond({ logIndex: 12 })).rejects.toThrow("log 12 of block 13578816");
  await expect(withSecond({ transactionHash: SWAP })).rejects.toThrow("transaction 0xa of block 13578816");
  await expect(withSecond({ timestamp: 1 })).rejects.toThrow("time of block 13578816");
  await expect(withSecond({ blockNumber: 13_578_817, timestamp: 1 })).rejects.toThrow(
    "before an earlier block",
  );
});

const word = (value: number) => numberToHex(value, { size: 32 });
