import { decodeFunctionResult, parseAbi } from "viem";
import { positionManagerAbi } from "../../../demo/chain/abis.ts";
import { algebraPoolAbi } from "../../../demo/chain/algebraAbis.ts";
import { readNft } from "../../../demo/chain/historyNfts.ts";
import { collectNft } from "../../../demo/chain/managerCalls.ts";
import { sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import { staticCall } from "../../../demo/chain/staticCall.ts";
import { asWorld, burn, collect, idOf, readLiquidity } from "./algebraOperations.ts";
import type { AlgebraWorld } from "./algebraWorld.ts";
import type { Owed, TickTruth } from "./compareRows.ts";

const collectAbi = parseAbi([
  "function collect(address recipient, int24 bottomTick, int24 topTick, uint128 amount0Requested, uint128 amount1Requested) returns (uint128, uint128)",
]);

/** What static calls of `collect` pay every position, after a poke, by its id. */
export async function algebraCollects(world: AlgebraWorld): Promise<Map<string, Owed>> {
  const { client, deployment } = world;
  const found = new Map<string, Owed>();
  const manager = deployment.positionManager;
  for (const nft of world.nfts) {
    const id = `${manager}:${nft.tokenId}`.toLowerCase();
    if (nft.burned) {
      found.set(id, { amount0: 0n, amount1: 0n });
      continue;
    }
    const { owner: from } = await readNft(asWorld(world), nft);
    const data = await staticCall(client, collectNft({ manager, from, tokenId: nft.tokenId }));
    const [amount0, amount1] = decodeFunctionResult({
      abi: positionManagerAbi,
      functionName: "collect",
      data: data ?? "0x",
    });
    found.set(id, { amount0, amount1 });
  }
  const snapshot = await client.snapshot();
  await client.impersonateAccount({ address: manager });
  await client.setBalance({ address: manager, value: 10n ** 18n });
  const poked = [];
  for (const position of world.direct) {
    if ((await readLiquidity(world, position)) > 0n) poked.push(burn(world, position, 0n));
  }
  for (let i = 0; i < poked.length; i += 50) {
    await sendInOneBlock(
      client,
      poked.slice(i, i + 50).map((call) => ({ ...call, gas: 1_000_000n })),
    );
  }
  for (const position of world.direct) {
    const data = await staticCall(client, collect(world, position));
    const [amount0, amount1] = decodeFunctionResult({
      abi: collectAbi,
      functionName: "collect",
      data: data ?? "0x",
    });
    found.set(idOf(position), { amount0, amount1 });
  }
  await client.revert({ id: snapshot });
  return found;
}

export async function readAlgebraTick(
  { client }: AlgebraWorld,
  pool: `0x${string}`,
  tick: number,
): Promise<TickTruth> {
  const read = { address: pool, abi: algebraPoolAbi, functionName: "ticks", args: [tick] } as const;
  const [gross, net, , , outside0, outside1] = await client.readContract(read);
  return { gross, net, outside0, outside1 };
}
