import type { Address, Hex, TransactionReceipt } from "viem";
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
  // One JSON-RPC batch: Anvil takes its requests in order, and it is ten times faster than one after the other.
  const hashes = await Promise.all(calls.map((call) => send(client, call)));
  await client.mine({ blocks: 1 });
  const receipts = await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash })));
  for (const [index, receipt] of receipts.entries()) {
    const call = calls[index];
    if (receipt.transactionIndex !== index) throw new TransactionOrderError(index, receipt.transactionIndex);
    if (receipt.status === "reverted" && !allowRevert && call) {
      throw new TransactionRevertedError(receipt, await revertReason(client, call, receipt.blockNumber - 1n));
    }
  }
  return receipts;
}

/** Sends one transaction and leaves it in the pool of waiting ones. */
export function send(
  client: ChainClient,
  { from, to, data, value = 0n, gas = 10_000_000n }: Call,
): Promise<Hex> {
  return client.sendTransaction({
    account: from,
    to: to ?? null,
    data,
    value,
    gas,
    gasPrice: 10n ** 9n,
    chain: null,
  });
}

async function revertReason(client: ChainClient, call: Call, blockNumber: bigint): Promise<string> {
  try {
    await client.call({ account: call.from, to: call.to ?? null, data: call.data, blockNumber });
    return "none when run alone, so it depends on the other transactions of its block";
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : String(error);
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
