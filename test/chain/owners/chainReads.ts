/** What the chain itself says, by calls and logs alone. */
import {
  type Address,
  encodeFunctionData,
  type Hex,
  numberToHex,
  type RpcLog,
  type RpcTransactionReceipt,
} from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";

export type Transaction = { from: Address; to: Address | null; input: Hex; value: Hex; gas: Hex };
export type MinedBlock = { transactions: Transaction[]; receipts: RpcTransactionReceipt[] };
export type SimulatedCall = { from: Address; to: Address; data: Hex };
export type Simulated = { status: Hex; returnData: Hex; logs: Pick<RpcLog, "address" | "topics" | "data">[] };

/** A block's transactions with all their logs. */
export async function readBlock(client: ChainClient, number: number): Promise<MinedBlock> {
  const tag = numberToHex(number);
  const [{ transactions }, receipts] = await Promise.all([
    ask<{ transactions: Transaction[] }>(client, "eth_getBlockByNumber", [tag, true]),
    ask<RpcTransactionReceipt[]>(client, "eth_getBlockReceipts", [tag]),
  ]);
  return { transactions, receipts };
}

/**
 * Answers of calls made one after the other within a block, once `count` of its transactions have been executed.
 * Throws where these do not log again what they logged when they were mined.
 */
export async function callWithin(
  client: ChainClient,
  { number, block, count }: { number: number; block: MinedBlock; count: number },
  calls: readonly SimulatedCall[],
): Promise<Simulated[]> {
  const before = block.transactions.slice(0, count);
  const again = before.map(({ from, to, input, value, gas }) => ({ from, to, input, value, gas }));
  const asked = calls.map((call) => ({ ...call, gas: numberToHex(20_000_000) }));
  const simulation = { blockStateCalls: [{ calls: [...again, ...asked] }], validation: false };
  const [answer] = await ask<{ calls: Simulated[] }[]>(client, "eth_simulateV1", [
    simulation,
    numberToHex(number - 1),
  ]);
  const results = answer?.calls ?? [];
  for (const [i, receipt] of block.receipts.slice(0, count).entries()) {
    const written = (logs: readonly { data: Hex }[]) => logs.map(({ data }) => data).join();
    const [now, then] = [results[i], receipt.logs];
    if (now === undefined || now.status !== receipt.status || written(now.logs) !== written(then))
      throw new NotTheSameError(number, i);
  }
  return results.slice(count);
}

/** The same at the end of a block. */
export function callAfter(client: ChainClient, number: number, calls: readonly SimulatedCall[]) {
  return callWithin(
    client,
    { number: number + 1, block: { transactions: [], receipts: [] }, count: 0 },
    calls,
  );
}

/** A call to simulate. @example callOf(owner, pool, { abi, functionName: "burn", args }) */
export function callOf(
  from: Address,
  to: Address,
  call: Parameters<typeof encodeFunctionData>[0],
): SimulatedCall {
  return { from, to, data: encodeFunctionData(call) };
}

/** What it returned; throws where it reverted. */
export function returned(simulated: Simulated | undefined): Hex {
  if (simulated?.status !== "0x1") throw new CallFailedError();
  return simulated.returnData;
}

async function ask<Answer>(client: ChainClient, method: string, params: unknown[]): Promise<Answer> {
  // viem has these in other forms, or not at all.
  const request = client.request as (call: { method: string; params: unknown[] }) => Promise<unknown>;
  return (await request({ method, params })) as Answer;
}

export class NotTheSameError extends Error {
  override readonly name = "NotTheSameError";

  constructor(block: number, transaction: number) {
    super(`transaction ${transaction} of block ${block}, executed again, does not log what it logged`);
  }
}

export class CallFailedError extends Error {
  override readonly name = "CallFailedError";

  constructor() {
    super("a call that only reads reverted");
  }
}
