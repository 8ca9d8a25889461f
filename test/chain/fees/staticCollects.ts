import { type Address, decodeFunctionResult, type Hex } from "viem";
import { poolAbi, poolCallerAbi, positionManagerAbi } from "../../../demo/chain/abis.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import type { RandomHistory } from "../../../demo/chain/history.ts";
import { positionKey } from "../../../demo/chain/historyDirect.ts";
import type { HistoryDirectPosition } from "../../../demo/chain/historyWorld.ts";
import { collectNft } from "../../../demo/chain/managerCalls.ts";
import { burnDirect, collectDirect } from "../../../demo/chain/poolCalls.ts";
import { type Call, sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import { staticCall } from "../../../demo/chain/staticCall.ts";

export type Amounts = { amount0: string; amount1: string };

/**
 * What every position would be paid now, by its id in the API: for NFTs a static call of the manager's `collect`,
 * which pokes by itself; for the others a poke in a block that is undone again, and a static call of the pool's.
 * Of a core position of the manager it is all that its NFTs can be paid together.
 */
export async function staticCollects(
  client: ChainClient,
  history: RandomHistory,
): Promise<Map<string, Amounts>> {
  const found = new Map<string, Amounts>();
  for (const { tokenId, burned } of history.nfts) {
    const id = `31337:${history.deployment.positionManager}:${tokenId}`.toLowerCase();
    found.set(id, burned ? { amount0: "0", amount1: "0" } : await collectableNft(client, history, tokenId));
  }
  const snapshot = await client.snapshot();
  await pokeAll(client, history);
  for (const position of history.direct) {
    const { pool, owner, tickLower, tickUpper } = position;
    const id = ["31337", pool, owner, tickLower, tickUpper].join(":").toLowerCase();
    found.set(id, await collectable(client, history, position));
  }
  await client.revert({ id: snapshot });
  return found;
}

async function collectableNft(
  client: ChainClient,
  { deployment }: RandomHistory,
  tokenId: bigint,
): Promise<Amounts> {
  const read = { address: deployment.positionManager, abi: positionManagerAbi, args: [tokenId] } as const;
  const from = await client.readContract({ ...read, functionName: "ownerOf" });
  const data = await staticCall(client, collectNft({ manager: deployment.positionManager, from, tokenId }));
  return decode(
    data,
    decodeFunctionResult({ abi: positionManagerAbi, functionName: "collect", data: data ?? "0x" }),
  );
}

async function collectable(
  client: ChainClient,
  { deployment }: RandomHistory,
  position: HistoryDirectPosition,
): Promise<Amounts> {
  const data = await staticCall(client, collectDirect({ ...position, ...sender(deployment, position) }));
  const abi = position.owner === deployment.caller ? poolCallerAbi : poolAbi;
  return decode(data, decodeFunctionResult({ abi, functionName: "collect", data: data ?? "0x" }));
}

/** The pool refuses to poke a position without liquidity: it has settled already. */
async function pokeAll(client: ChainClient, { deployment, direct }: RandomHistory): Promise<void> {
  await client.impersonateAccount({ address: deployment.positionManager });
  await client.setBalance({ address: deployment.positionManager, value: 10n ** 18n });
  const liquidity = await Promise.all(
    direct.map((position) =>
      client.readContract({
        address: position.pool,
        abi: poolAbi,
        functionName: "positions",
        args: [positionKey(position)],
      }),
    ),
  );
  const pokes: Call[] = direct
    .filter((_, i) => (liquidity[i]?.[0] ?? 0n) > 0n)
    .map((position) => burnDirect({ ...position, ...sender(deployment, position), liquidity: 0n }))
    .map((call) => ({ ...call, gas: 1_000_000n }));
  for (let i = 0; i < pokes.length; i += 500) await sendInOneBlock(client, pokes.slice(i, i + 500));
}

function sender(
  { caller, deployer }: RandomHistory["deployment"],
  { owner }: HistoryDirectPosition,
): { from: Address; caller?: Address } {
  return owner === caller ? { from: deployer, caller } : { from: owner };
}

function decode(data: Hex | undefined, [amount0, amount1]: readonly [bigint, bigint]): Amounts {
  if (data === undefined) throw new Error("a static collect reverted");
  return { amount0: String(amount0), amount1: String(amount1) };
}
