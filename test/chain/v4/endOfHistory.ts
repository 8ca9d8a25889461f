import { type Address, type Hex, zeroAddress } from "viem";
import { tokenAbi } from "../../../demo/chain/abis.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { type Call, sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import { v4PositionManagerAbi, v4StateViewAbi } from "../../../demo/chain/uniswapV4Abis.ts";
import { decreaseV4Nft, modifyV4Direct } from "../../../demo/chain/uniswapV4Calls.ts";
import type { V4History } from "./history.ts";
import { type Amounts, modificationsOf } from "./modifications.ts";
import { isNft, through } from "./operation.ts";
import { type PositionTruth, readPosition, readProtocolFees, readTick, type TickTruth } from "./slots.ts";
import { holderKey, type KnownPosition, type V4World } from "./world.ts";

export type EndOfPosition = KnownPosition & {
  truth: PositionTruth;
  /**
   * What a collect pays now, by sending one. It is refused where fees pass 2^127, and by the position manager where a
   * hook takes some of them: then by the chain's own growth inside the range, in 128 bits.
   */
  owed: Amounts;
  refused: boolean;
  /** Of an NFT: who has it, or had it when it was burnt. */
  nft: { tokenId: bigint; owner: Address; burnt: boolean } | null;
};

/** What the chain has after the last block. */
export type EndOfHistory = {
  ticks: { poolId: Hex; tick: number; truth: TickTruth }[];
  positions: EndOfPosition[];
  currencies: { currency: Address; balance: bigint; protocolFees: bigint; paidToProtocol: bigint }[];
};

export async function readEnd({ world, paidToProtocol }: V4History): Promise<EndOfHistory> {
  const { client, at, currencies, positions } = world;
  const manager = at.poolManager;
  const known = [...positions.values()];
  const bounds = new Map(
    known.flatMap(({ poolId, tickLower, tickUpper }) =>
      [tickLower, tickUpper].map((tick) => [`${poolId} ${tick}`, { poolId, tick }] as const),
    ),
  );
  const ticks = [...bounds.values()].map(async ({ poolId, tick }) => ({
    ...{ poolId, tick },
    truth: await readTick(client, manager, poolId, tick),
  }));
  const owed = await collectAll(world, known);
  const ends = known.map(async (position, i) => {
    const truth = await readPosition(client, manager, position);
    return {
      ...{ ...position, truth },
      owed: owed[i] ?? (await growthOf(world, position, truth)),
      refused: owed[i] === undefined,
      nft: isNft(world, position) ? await readNft(world, position) : null,
    };
  });
  const sums = currencies.map(async (currency) => ({
    currency,
    balance: await balanceOf(client, currency, manager),
    protocolFees: await readProtocolFees(client, manager, currency),
    paidToProtocol: paidToProtocol.get(currency.toLowerCase() as Address) ?? 0n,
  }));
  return {
    ticks: await Promise.all(ticks),
    positions: await Promise.all(ends),
    currencies: await Promise.all(sums),
  };
}

async function readNft({ client, holders, burnt }: V4World, { owner: manager, salt }: KnownPosition) {
  const tokenId = BigInt(salt);
  const last = burnt.get(holderKey(manager, tokenId));
  if (last !== undefined) return { tokenId, owner: last, burnt: true };
  const read = { address: manager, abi: v4PositionManagerAbi, functionName: "ownerOf" } as const;
  const owner = await client.readContract({ ...read, args: [tokenId] });
  if (holders.get(holderKey(manager, tokenId)) !== owner)
    throw new Error(`NFT ${tokenId} is not its holder's`);
  return { tokenId, owner, burnt: false };
}

/** A collect of every open position, in blocks that are undone again; a closed one has nothing to collect. */
async function collectAll(
  world: V4World,
  positions: readonly KnownPosition[],
): Promise<(Amounts | undefined)[]> {
  const { client, at } = world;
  const found: (Amounts | undefined)[] = positions.map(() => ({ amount0: 0n, amount1: 0n }));
  const open = [...positions.entries()].filter(([, { liquidity }]) => liquidity > 0n);
  const snapshot = await client.snapshot();
  for (let start = 0; start < open.length; start += 50) {
    const some = open.slice(start, start + 50);
    const calls = some.map(([, position]) => collectCall(world, position));
    const receipts = await sendInOneBlock(client, calls, { allowRevert: true });
    const answers = await modificationsOf(client, at.poolManager, Number(receipts[0]?.blockNumber));
    for (const [i, [at]] of some.entries()) {
      found[at] = receipts[i]?.status === "success" ? answers.shift()?.fees : undefined;
    }
  }
  await client.revert({ id: snapshot });
  return found;
}

async function growthOf({ client, at }: V4World, position: KnownPosition, truth: PositionTruth) {
  const { poolId, tickLower, tickUpper } = position;
  const read = { address: at.stateView, abi: v4StateViewAbi, functionName: "getFeeGrowthInside" } as const;
  const [inside0, inside1] = await client.readContract({ ...read, args: [poolId, tickLower, tickUpper] });
  const fees = (now: bigint, last: bigint) =>
    BigInt.asUintN(128, (BigInt.asUintN(256, now - last) * truth.liquidity) >> 128n);
  return { amount0: fees(inside0, truth.inside0), amount1: fees(inside1, truth.inside1) };
}

function collectCall(world: V4World, position: KnownPosition): Call {
  const pool = world.pools.find(({ poolId }) => poolId === position.poolId);
  if (pool === undefined) throw new Error(`the pool ${position.poolId} is none of this history`);
  const { owner, salt } = position;
  if (!isNft(world, position)) {
    return modifyV4Direct({ ...through(world, pool, { owner }), ...position, liquidityDelta: 0n });
  }
  const tokenId = BigInt(salt);
  const from = world.holders.get(holderKey(owner, tokenId)) ?? zeroAddress;
  return decreaseV4Nft({ ...through(world, pool, { owner, from }), tokenId, liquidity: 0n });
}

function balanceOf(client: ChainClient, currency: Address, account: Address): Promise<bigint> {
  if (currency === zeroAddress) return client.getBalance({ address: account });
  const read = { address: currency, abi: tokenAbi, functionName: "balanceOf", args: [account] } as const;
  return client.readContract(read);
}
