/** Operations on NFT positions, for the random history. */
import { decodeFunctionResult, parseEventLogs } from "viem";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { positionManagerAbi } from "./abis.ts";
import { randomRange, withinTicks } from "./historyRanges.ts";
import { randomAmounts, strides, usualSize, withinPrices } from "./historySizes.ts";
import { type HistoryNft, type HistoryPool, type Operation, stateOf, type World } from "./historyWorld.ts";
import { burnNft, collectNft, decreaseNft, increaseNft, mintNft, transferNft } from "./managerCalls.ts";
import { swap } from "./poolCalls.ts";
import { staticCall } from "./staticCall.ts";

/** Opens one; sometimes for somebody else. */
export const openNft: Operation = async (world, pool) => {
  const { random, deployment } = world;
  const state = stateOf(world, pool);
  const range = randomRange(world, pool, state.tick);
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  const recipient = random.chance(0.2) ? (random.pick(deployment.accounts) ?? from) : from;
  const amounts = randomAmounts(random, pool, state, range);
  const call = mintNft({
    manager: deployment.positionManager,
    from,
    key: pool,
    recipient,
    ...range,
    ...amounts,
  });
  return {
    calls: [call],
    remember: ([receipt]) => {
      const [minted] = parseEventLogs({
        abi: positionManagerAbi,
        eventName: "Transfer",
        logs: receipt?.logs ?? [],
      });
      const tokenId = minted?.args.tokenId;
      if (tokenId !== undefined) world.nfts.push({ tokenId, pool: pool.pool, ...range, burned: false });
    },
  };
};

/** Opens one, trades and closes it, all in one block: just-in-time liquidity. The NFT stays, empty. */
export const openAndCloseNft: Operation = async (world, pool) => {
  const { random, deployment, client } = world;
  const state = stateOf(world, pool);
  const from = deployment.accounts[0] ?? deployment.deployer;
  const manager = deployment.positionManager;
  const base = Math.floor(state.tick / pool.tickSpacing) * pool.tickSpacing;
  const range = withinTicks({ tickLower: base, tickUpper: base + pool.tickSpacing }, pool.tickSpacing);
  const open = mintNft({ manager, from, key: pool, ...range, ...randomAmounts(random, pool, state, range) });
  const data = await staticCall(client, open);
  if (data === undefined) return undefined;
  const [tokenId, liquidity] = decodeFunctionResult({ abi: positionManagerAbi, functionName: "mint", data });
  const zeroForOne = random.chance(0.5);
  const limit = getSqrtPriceAtTick(withinPrices(state.tick + strides(pool, zeroForOne ? -2000 : 2000)));
  const usual = usualSize(pool, state);
  const amount = random.size(1n, zeroForOne ? usual.amount0 : usual.amount1);
  return {
    alone: true,
    calls: [
      open,
      swap({ caller: deployment.caller, from, pool: pool.pool, zeroForOne, amount, limit }),
      decreaseNft({ manager, from, tokenId, liquidity }),
      collectNft({ manager, from, tokenId }),
    ],
    remember: () => world.nfts.push({ tokenId, pool: pool.pool, ...range, burned: false }),
  };
};

/** Adds to one, mostly by its owner, sometimes by anybody. Empty ones are opened again so. */
export const increase: Operation = async (world, pool) => {
  const nft = world.random.pick(livingNfts(world, pool));
  if (nft === undefined) return undefined;
  const { owner } = await readNft(world, nft);
  const stranger = world.random.pick(world.deployment.accounts) ?? owner;
  const from = world.random.chance(0.7) ? owner : stranger;
  const amounts = randomAmounts(world.random, pool, stateOf(world, pool), nft);
  return {
    calls: [
      increaseNft({ manager: world.deployment.positionManager, from, tokenId: nft.tokenId, ...amounts }),
    ],
  };
};

/** Takes out a part or all of it, sometimes collecting in the same block. */
export const decrease: Operation = async (world, pool) => {
  const { random, deployment } = world;
  const nft = random.pick(livingNfts(world, pool));
  if (nft === undefined) return undefined;
  const { owner: from, liquidity: all } = await readNft(world, nft);
  if (all === 0n) return undefined;
  const liquidity = random.chance(0.4) ? all : random.size(1n, all);
  const at = { manager: deployment.positionManager, from, tokenId: nft.tokenId };
  return { calls: [decreaseNft({ ...at, liquidity }), ...(random.chance(0.3) ? [collectNft(at)] : [])] };
};

export const collect: Operation = async (world, pool) => {
  const nft = world.random.pick(livingNfts(world, pool));
  if (nft === undefined) return undefined;
  const { owner: from } = await readNft(world, nft);
  return { calls: [collectNft({ manager: world.deployment.positionManager, from, tokenId: nft.tokenId })] };
};

export const transfer: Operation = async (world, pool) => {
  const nft = world.random.pick(livingNfts(world, pool));
  const to = world.random.pick(world.deployment.accounts);
  if (nft === undefined || to === undefined) return undefined;
  const { owner: from } = await readNft(world, nft);
  return {
    calls: [transferNft({ manager: world.deployment.positionManager, from, to, tokenId: nft.tokenId })],
  };
};

/** Empties one and burns the NFT, in one block. */
export const closeNft: Operation = async (world, pool) => {
  const nft = world.random.pick(livingNfts(world, pool));
  if (nft === undefined) return undefined;
  const { owner: from, liquidity } = await readNft(world, nft);
  const at = { manager: world.deployment.positionManager, from, tokenId: nft.tokenId };
  const empty = liquidity > 0n ? [decreaseNft({ ...at, liquidity })] : [];
  return {
    calls: [...empty, collectNft(at), burnNft(at)],
    remember: (receipts) => {
      nft.burned = receipts.at(-1)?.status === "success";
    },
  };
};

/** Those whose holder can send transactions: not burnt, not staked. */
export function livingNfts({ nfts }: World, { pool }: HistoryPool): HistoryNft[] {
  return nfts.filter((nft) => nft.pool === pool && !nft.burned && nft.staked !== true);
}

/** Owner and liquidity at the newest block. */
export async function readNft({ client, deployment }: World, { tokenId }: HistoryNft) {
  const read = { address: deployment.positionManager, abi: positionManagerAbi, args: [tokenId] } as const;
  const [owner, position] = await Promise.all([
    client.readContract({ ...read, functionName: "ownerOf" }),
    client.readContract({ ...read, functionName: "positions" }),
  ]);
  return { owner, liquidity: position[7] };
}
