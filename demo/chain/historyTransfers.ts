/** NFTs that change hands, before, after and between everything else that happens to them, for the random history. */
import { type Address, decodeFunctionResult, encodeFunctionData } from "viem";
import { nftStakerAbi, positionManagerAbi } from "./abis.ts";
import { livingNfts, readNft } from "./historyNfts.ts";
import { randomRange } from "./historyRanges.ts";
import { randomAmounts } from "./historySizes.ts";
import { trade } from "./historyTrades.ts";
import {
  type Action,
  type HistoryNft,
  type HistoryPool,
  type Operation,
  stateOf,
  type World,
} from "./historyWorld.ts";
import { burnNft, collectNft, decreaseNft, mintNft, multicallManager, transferNft } from "./managerCalls.ts";
import type { Call } from "./sendInOneBlock.ts";
import { staticCall } from "./staticCall.ts";

/** At most so much of each token, which is less than is owed or more. */
export const collectPart: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined) return undefined;
  const data = await staticCall(world.client, collectNft(held.at));
  if (data === undefined) return undefined;
  const owed = decodeFunctionResult({ abi: positionManagerAbi, functionName: "collect", data });
  const [amount0Max = 1n, amount1Max = 1n] = owed.map((amount) => world.random.size(1n, amount + 1n));
  return { calls: [collectNft({ ...held.at, amount0Max, amount1Max })] };
};

/** Which changes nothing. */
export const transferToSelf: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  return held && { calls: [transferNft({ ...held.at, to: held.at.from })] };
};

/** To another account and back in one block, sometimes with a collect by the other one between. */
export const transferAndBack: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined) return undefined;
  const { at, to } = held;
  const between = world.random.chance(0.4) ? [collectNft({ ...at, from: to })] : [];
  return { calls: [transferNft({ ...at, to }), ...between, transferNft({ ...at, from: to, to: at.from })] };
};

/** Minted to one account and moved to another, in one transaction. */
export const mintAndMove: Operation = async (world, pool) => {
  const { random, deployment, client } = world;
  const state = stateOf(world, pool);
  const range = randomRange(world, pool, state.tick);
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  const manager = deployment.positionManager;
  const mint = mintNft({ manager, from, key: pool, ...range, ...randomAmounts(random, pool, state, range) });
  const data = await staticCall(client, mint);
  if (data === undefined) return undefined;
  const [tokenId] = decodeFunctionResult({ abi: positionManagerAbi, functionName: "mint", data });
  const move = transferNft({ manager, from, to: other(world, from), tokenId });
  return {
    // The token id was worked out from the state before.
    alone: true,
    calls: [multicallManager({ manager, from, calls: [mint, move] })],
    remember: ([receipt]) => {
      if (receipt?.status === "success")
        world.nfts.push({ tokenId, pool: pool.pool, ...range, burned: false });
    },
  };
};

/** The old owner collects first. */
export const collectAndTransfer: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  return held && { calls: [collectNft(held.at), transferNft({ ...held.at, to: held.to })] };
};

/** The new owner collects what came with it. */
export const transferAndCollect: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined) return undefined;
  const { at, to } = held;
  return { calls: [transferNft({ ...at, to }), collectNft({ ...at, from: to })] };
};

/** Withdrawn principal, not collected, goes with the NFT; sometimes nothing else does. */
export const decreaseAndTransfer: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined || held.liquidity === 0n) return undefined;
  const liquidity = part(world, held.liquidity);
  return { calls: [decreaseNft({ ...held.at, liquidity }), transferNft({ ...held.at, to: held.to })] };
};

/** Takes out a part, collects and hands over, all in one transaction. */
export const leaveInOneTransaction: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined || held.liquidity === 0n) return undefined;
  const { at, to } = held;
  const calls = [decreaseNft({ ...at, liquidity: part(world, held.liquidity) }), collectNft(at)];
  return { calls: [multicallManager({ ...at, calls: [...calls, transferNft({ ...at, to })] })] };
};

/** The new owner takes out a part or all, sometimes collecting. */
export const transferAndDecrease: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined || held.liquidity === 0n) return undefined;
  const { to } = held;
  const taken = decreaseNft({ ...held.at, from: to, liquidity: part(world, held.liquidity) });
  const collected = world.random.chance(0.5) ? [collectNft({ ...held.at, from: to })] : [];
  return { calls: [transferNft({ ...held.at, to }), taken, ...collected] };
};

/** The new owner closes it and burns the NFT. */
export const transferAndClose: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined) return undefined;
  const { to, liquidity, nft } = held;
  const at = { ...held.at, from: to };
  const empty = liquidity > 0n ? [decreaseNft({ ...at, liquidity })] : [];
  return {
    calls: [transferNft({ ...held.at, to }), ...empty, collectNft(at), burnNft(at)],
    remember: (receipts) => {
      nft.burned = receipts.at(-1)?.status === "success";
    },
  };
};

/** The price moves before, and after, in the same block; sometimes the NFT comes back at yet another price. */
export const tradeAroundTransfer: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  const [before, after] = [await trade(world, pool), await trade(world, pool)];
  if (held === undefined || before === undefined || after === undefined) return undefined;
  const { at, to } = held;
  const back = world.random.chance(0.5) ? [transferNft({ ...at, from: to, to: at.from })] : [];
  return { calls: [...before.calls, transferNft({ ...at, to }), ...after.calls, ...back] };
};

/** To the staking contract, which holds it for its owner. */
export const stake: Operation = async (world, pool) => {
  const held = await pickHeld(world, pool);
  if (held === undefined || world.staker === undefined) return undefined;
  return moved(held.nft, true, [transferNft({ ...held.at, to: world.staker })]);
};

/** Fees of a staked one, for anybody. */
export const collectStaked: Operation = async (world, pool) => {
  const nft = pickStaked(world, pool);
  const from = world.random.pick(world.deployment.accounts);
  if (nft === undefined || world.staker === undefined || from === undefined) return undefined;
  const args = [world.deployment.positionManager, nft.tokenId, from] as const;
  const data = encodeFunctionData({ abi: nftStakerAbi, functionName: "collect", args });
  return { calls: [{ from, to: world.staker, data }] };
};

/** To any account: who staked it or, as rarely happens, somebody else. */
export const unstake: Operation = async (world, pool) => {
  const nft = pickStaked(world, pool);
  const to = world.random.pick(world.deployment.accounts);
  if (nft === undefined || world.staker === undefined || to === undefined) return undefined;
  const args = [world.deployment.positionManager, nft.tokenId, to] as const;
  const data = encodeFunctionData({ abi: nftStakerAbi, functionName: "unstake", args });
  return moved(nft, false, [{ from: to, to: world.staker, data }]);
};

function moved(nft: HistoryNft, staked: boolean, calls: Call[]): Action {
  return {
    calls,
    remember: (receipts) => {
      if (receipts.every(({ status }) => status === "success")) nft.staked = staked;
    },
  };
}

/** An NFT, what its owner sends with, and somebody else. */
async function pickHeld(world: World, pool: HistoryPool) {
  const nft = world.random.pick(livingNfts(world, pool));
  if (nft === undefined) return undefined;
  const { owner: from, liquidity } = await readNft(world, nft);
  const at = { manager: world.deployment.positionManager, from, tokenId: nft.tokenId };
  return { nft, at, to: other(world, from), liquidity };
}

function pickStaked({ nfts, random }: World, { pool }: HistoryPool): HistoryNft | undefined {
  return random.pick(nfts.filter((nft) => nft.pool === pool && !nft.burned && nft.staked === true));
}

function other({ random, deployment }: World, than: Address): Address {
  return random.pick(deployment.accounts.filter((account) => account !== than)) ?? deployment.deployer;
}

function part({ random }: World, liquidity: bigint): bigint {
  return random.chance(0.3) ? liquidity : random.size(liquidity / 20n + 1n, liquidity);
}
