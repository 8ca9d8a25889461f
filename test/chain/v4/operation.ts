import type { Address, Hex } from "viem";
import { zeroAddress } from "viem";
import type { Call } from "../../../demo/chain/sendInOneBlock.ts";
import type { V4Deployment, V4PoolKey } from "../../../demo/chain/uniswapV4Contracts.ts";
import { MAX_TICK, MIN_TICK } from "../../../src/math/tickMath.ts";
import { holderKey, isSame, type KnownPosition, type V4Pool, type V4World } from "./world.ts";

/** Works out an operation on a pool, some transactions; undefined where there is nothing to do it with. */
export type Operation = (world: V4World, pool: V4Pool) => Promise<Call[] | undefined>;

export type Through = { at: V4Deployment; key: V4PoolKey; from: Address; value?: bigint };

/** By any account, with ether where the pool wants it; through the owner of a position, where there is one. */
export function through(
  world: V4World,
  { key }: V4Pool,
  { owner, from }: { owner?: Address; from?: Address } = {},
): Through {
  const { at, random, positionManagers, callers } = world;
  const pick = (all: Address[]) => all.find((one) => owner !== undefined && isSame(one, owner));
  const deployment = {
    ...at,
    positionManager: pick(positionManagers) ?? random.pick(positionManagers) ?? at.positionManager,
    caller: pick(callers) ?? random.pick(callers) ?? at.caller,
  };
  const sender = from ?? anyone(world);
  return {
    at: deployment,
    key,
    from: sender,
    ...(key.currency0 === zeroAddress ? { value: 2n ** 90n } : {}),
  };
}

export function anyone({ random, at }: V4World): Address {
  return random.pick(at.accounts) ?? at.deployer;
}

export type Nft = KnownPosition & { tokenId: bigint; holder: Address };

/** NFTs of the pool that are not burnt. */
export function nftsOf(world: V4World, { poolId }: V4Pool): Nft[] {
  return [...world.positions.values()].flatMap((position) => {
    if (position.poolId !== poolId) return [];
    const tokenId = BigInt(position.salt);
    const holder = world.holders.get(holderKey(position.owner, tokenId));
    if (!isNft(world, position) || holder === undefined || holder === zeroAddress) return [];
    return [{ ...position, tokenId, holder }];
  });
}

export function directOf(world: V4World, { poolId }: V4Pool): KnownPosition[] {
  return [...world.positions.values()].filter(
    (position) => position.poolId === poolId && !isNft(world, position),
  );
}

export function isNft({ positionManagers }: V4World, { owner }: { owner: Address }): boolean {
  return positionManagers.some((manager) => isSame(manager, owner));
}

/** How far trades go is measured in ticks of a spacing of 60; in pools with a coarser one they go farther. */
export function strides({ tickSpacing }: V4Pool, ticks: number): number {
  return Math.round((ticks * Math.min(Math.max(tickSpacing, 60), 2000)) / 60);
}

/** Into the ticks whose prices a swap may be limited to. */
export function withinPrices(tick: number): number {
  return Math.min(Math.max(tick, MIN_TICK + 1), MAX_TICK - 1);
}

/** Into the ticks that positions of the pool may have. */
export function usableTick({ tickSpacing }: V4Pool, tick: number): number {
  const most = Math.floor(MAX_TICK / tickSpacing);
  return Math.min(Math.max(Math.round(tick / tickSpacing), -most), most) * tickSpacing;
}

export const noSalt: Hex = `0x${"00".repeat(32)}`;
