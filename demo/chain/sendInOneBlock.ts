import { type Address, type Hex, numberToHex, type TransactionReceipt } from "viem";
import type { ChainClient } from "./client.ts";

/** A transaction to be sent from one of Anvil's unlocked accounts. Without `to` it creates a contract. */
export interface Call {
  from: Address;
  to?: Address;
  data: Hex;
  value?: bigint;
  /** Default 10,000,000, so that nothing needs estimating. */
  gas?: bigint;
}

/**
 * Sends the transactions in this order, mines one block with all of them, and returns their receipts in this order.
 *
 * @param allowRevert false (default): a reverted transaction throws, with its reason.
 * @example const [receipt] = await sendInOneBlock(client, [swap({ ... })]);
 */
export async function sendInOneBlock(
  client: ChainClient,
  calls: Call[],
  { allowRevert = false }: { allowRevert?: boolean } = {},
): Promise<TransactionReceipt[]> {
  const hashes = await sendAll(client, calls);
  await client.mine({ blocks: 1 });
  const receipts = await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash })));
  for (const [index, receipt] of receipts.entries()) {
    if (receipt.transactionIndex !== index) throw new TransactionOrderError(index, receipt.transactionIndex);
    const call = calls[index];
    if (receipt.status === "reverted" && !allowRevert && call) {
      throw new TransactionRevertedError(receipt, await revertReason(client, call, receipt.blockNumber - 1n));
    }
  }
  return receipts;
}

/** Sends one transaction in a block of its own. @example const receipt = await sendAlone(client, swap({ ... })); */
export async function sendAlone(client: ChainClient, call: Call): Promise<TransactionReceipt> {
  const [receipt] = await sendInOneBlock(client, [call]);
  if (receipt === undefined) throw new TransactionRefusedError("there is no receipt");
  return receipt;
}

/**
 * Leaves the transactions waiting for the next block. They go in JSON-RPC batches, whose requests Anvil takes in order:
 * ten times faster than one request after the other.
 */
async function sendAll(client: ChainClient, calls: Call[]): Promise<Hex[]> {
  const hashes: Hex[] = [];
  for (let start = 0; start < calls.length; start += 100) {
    const requests = calls.slice(start, start + 100).map((call, id) => ({
      jsonrpc: "2.0",
      id,
      method: "eth_sendTransaction",
      params: [transaction(call)],
    }));
    const response = await fetch(client.chain.rpcUrls.default.http[0] ?? "", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(requests),
    });
    for (const answer of (await response.json()) as { result?: Hex; error?: { message: string } }[]) {
      if (answer.result === undefined) throw new TransactionRefusedError(answer.error?.message ?? "none");
      hashes.push(answer.result);
    }
  }
  return hashes;
}

function transaction({ from, to, data, value = 0n, gas = 10_000_000n }: Call): Record<string, string> {
  const common = { from, data, value: numberToHex(value), gas: numberToHex(gas), gasPrice: "0x1" };
  return to === undefined ? common : { ...common, to };
}

async function revertReason(client: ChainClient, call: Call, blockNumber: bigint): Promise<string> {
  try {
    await client.call({ account: call.from, to: call.to ?? null, data: call.data, blockNumber });
    return "none when run alone, so it depends on the other transactions of its block";
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : String(error);
  }
}

export class TransactionRefusedError extends Error {
  override name = "TransactionRefusedError";

  constructor(reason: string) {
    super(`The chain refuses a transaction; its reason: ${reason}`);
  }
}

export class TransactionRevertedError extends Error {
  override name = "TransactionRevertedError";
  readonly receipt: TransactionReceipt;

  constructor(receipt: TransactionReceipt, reason: string) {
    super(`Transaction ${receipt.transactionHash} to ${receipt.to} reverted; reason: ${reason}`);
    this.receipt = receipt;
  }
}

export class TransactionOrderError extends Error {
  override name = "TransactionOrderError";

  constructor(sent: number, mined: number) {
    super(
      `Transaction ${sent} was mined as ${mined} of its block: was something else sent to the chain meanwhile?`,
    );
  }
}
