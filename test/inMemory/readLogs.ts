import type { Address } from "viem";
import type { ChainClient } from "../../demo/chain/client.ts";
import type { ChainLog } from "./indexLogs.ts";

/** Every log of the addresses, in order, with its block's time. */
export async function readLogs(client: ChainClient, addresses: Address[]): Promise<ChainLog[]> {
  const logs = await client.getLogs({ address: addresses, fromBlock: 0n });
  const numbers = [...new Set(logs.map(({ blockNumber }) => blockNumber))];
  const blocks = await Promise.all(numbers.map((blockNumber) => client.getBlock({ blockNumber })));
  const times = new Map(blocks.map(({ number, timestamp }) => [number, Number(timestamp)]));
  return logs.map(({ address, topics, data, blockNumber, logIndex, transactionHash }) => ({
    address,
    topics,
    data,
    blockNumber: Number(blockNumber),
    logIndex,
    transactionHash,
    timestamp: times.get(blockNumber) ?? 0,
  }));
}
