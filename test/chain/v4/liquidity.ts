import { encodeFunctionData, type Hex, numberToHex } from "viem";
import type { Call } from "../../../demo/chain/sendInOneBlock.ts";
import { v4PoolManagerAbi } from "../../../demo/chain/uniswapV4Abis.ts";
import {
  burnV4Nft,
  decreaseV4Nft,
  increaseV4Nft,
  mintV4Nft,
  modifyV4Direct,
  multicallV4,
  runV4,
  transferV4Nft,
} from "../../../demo/chain/uniswapV4Calls.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";
import {
  anyone,
  directOf,
  type Nft,
  nftsOf,
  noSalt,
  type Operation,
  strides,
  through,
  usableTick,
  withinPrices,
} from "./operation.ts";
import { type KnownPosition, stateOf, type V4Pool, type V4World } from "./world.ts";

const salts: Hex[] = [noSalt, noSalt, numberToHex(1, { size: 32 }), `0x${"ff".repeat(32)}`];

/** An NFT of either manager, mostly the sender's own. */
export const openNft: Operation = async (world, pool) => {
  const via = through(world, pool);
  const recipient = world.random.chance(0.8) ? via.from : anyone(world);
  return [mintV4Nft({ ...via, ...range(world, pool), liquidity: size(world, pool), recipient })];
};

/** A position of a caller; in a range that it has already, often under another salt. */
export const openDirect: Operation = async (world, pool) => {
  const { random } = world;
  const known = random.pick(directOf(world, pool));
  const place = known !== undefined && random.chance(0.5) ? known : range(world, pool);
  const salt = random.pick(salts) ?? noSalt;
  const { tickLower, tickUpper } = place;
  const order = { tickLower, tickUpper, salt, liquidityDelta: size(world, pool) };
  return [modifyV4Direct({ ...through(world, pool), ...order })];
};

/** More into a position, or into a closed one of a caller, which is open again. */
export const add: Operation = async (world, pool) => {
  const liquidity = size(world, pool);
  return onSome(
    world,
    pool,
    () => true,
    ({ tokenId, holder: from, owner }) =>
      increaseV4Nft({ ...through(world, pool, { owner, from }), tokenId, liquidity }),
    (position) =>
      modifyV4Direct({ ...through(world, pool, position), ...position, liquidityDelta: liquidity }),
  );
};

/** Part of a position or all of it. */
export const remove: Operation = async (world, pool) => {
  const { random } = world;
  const some = (held: bigint) => (random.chance(0.4) ? held : random.size(1n, held));
  return onSome(
    world,
    pool,
    isOpen,
    ({ tokenId, holder: from, owner, liquidity }) =>
      decreaseV4Nft({ ...through(world, pool, { owner, from }), tokenId, liquidity: some(liquidity) }),
    (position) =>
      modifyV4Direct({
        ...through(world, pool, position),
        ...position,
        liquidityDelta: -some(position.liquidity),
      }),
  );
};

export const collect: Operation = async (world, pool) =>
  onSome(
    world,
    pool,
    isOpen,
    ({ tokenId, holder: from, owner }) =>
      decreaseV4Nft({ ...through(world, pool, { owner, from }), tokenId, liquidity: 0n }),
    (position) => modifyV4Direct({ ...through(world, pool, position), ...position, liquidityDelta: 0n }),
  );

export const transfer: Operation = async (world, pool) => {
  const nft = world.random.pick(nftsOf(world, pool));
  if (nft === undefined) return undefined;
  const { at } = through(world, pool, { owner: nft.owner });
  return [transferV4Nft({ at, from: nft.holder, to: anyone(world), tokenId: nft.tokenId })];
};

/** With what it holds, or empty. */
export const burn: Operation = async (world, pool) => {
  const nft = world.random.pick(nftsOf(world, pool));
  if (nft === undefined) return undefined;
  const { tokenId, holder, owner } = nft;
  return [burnV4Nft({ ...through(world, pool, { owner, from: holder }), tokenId })];
};

/** Several of one NFT in one transaction: collect, more, hand over. */
export const manyOfNft: Operation = async (world, pool) => {
  const nft = world.random.pick(nftsOf(world, pool).filter(isOpen));
  if (nft === undefined || pool.next === "native") return undefined;
  const { tokenId, holder, owner } = nft;
  const via = through(world, pool, { owner, from: holder });
  const calls = [
    decreaseV4Nft({ ...via, tokenId, liquidity: 0n }),
    increaseV4Nft({ ...via, tokenId, liquidity: size(world, pool) }),
    decreaseV4Nft({ ...via, tokenId, liquidity: nft.liquidity / 2n }),
    transferV4Nft({ ...via, to: anyone(world), tokenId }),
  ];
  return [multicallV4({ ...via, calls })];
};

/** Under one lock: a position in and out again around a swap and a donation, as in a flash of liquidity. */
export const manyUnderOneLock: Operation = async (world, pool) => {
  const { random } = world;
  const via = through(world, pool);
  const { tick, sqrtPriceX96 } = stateOf(world, pool);
  const place = { ...range(world, pool), salt: random.pick(salts) ?? noSalt };
  const liquidityDelta = size(world, pool);
  const modify = (delta: bigint) => {
    const args = [pool.key, { ...place, liquidityDelta: delta }, "0x"] as const;
    return encodeFunctionData({ abi: v4PoolManagerAbi, functionName: "modifyLiquidity", args });
  };
  const zeroForOne = random.chance(0.5);
  const away = strides(pool, random.whole(1, 200)) * (zeroForOne ? -1 : 1);
  const limit = getSqrtPriceAtTick(withinPrices(usableTick(pool, tick + away)));
  const order = { zeroForOne, amountSpecified: -(2n ** 120n), sqrtPriceLimitX96: limit };
  const swap = encodeFunctionData({
    abi: v4PoolManagerAbi,
    functionName: "swap",
    args: [pool.key, order, "0x"],
  });
  const possible = zeroForOne ? limit < sqrtPriceX96 : limit > sqrtPriceX96;
  const between = pool.hooks === "V4CurveHook" || !possible ? [] : [swap];
  return [runV4(via, [modify(liquidityDelta), ...between, modify(0n), modify(-liquidityDelta)])];
};

function isOpen({ liquidity }: KnownPosition): boolean {
  return liquidity > 0n;
}

async function onSome(
  world: V4World,
  pool: V4Pool,
  fits: (position: KnownPosition) => boolean,
  ofNft: (nft: Nft) => Call,
  ofDirect: (position: KnownPosition) => Call,
): Promise<Call[] | undefined> {
  const nft = world.random.pick(nftsOf(world, pool).filter(fits));
  const direct = world.random.pick(directOf(world, pool).filter(fits));
  const first = world.random.chance(0.5);
  if (nft !== undefined && (first || direct === undefined)) return [ofNft(nft)];
  return direct === undefined ? undefined : [ofDirect(direct)];
}

function size({ random }: V4World, { liquidity }: V4Pool): bigint {
  return random.size(...liquidity);
}

/** Around the price or beside it; narrow, wide, or all prices. */
function range(world: V4World, pool: V4Pool): { tickLower: number; tickUpper: number } {
  const { random } = world;
  const { tickSpacing, centreTick } = pool;
  const { tick } = stateOf(world, pool);
  if (!pool.gappy && random.chance(0.1)) {
    return { tickLower: usableTick(pool, -887_272), tickUpper: usableTick(pool, 887_272) };
  }
  const width =
    tickSpacing * (pool.gappy ? random.whole(1, 3) : random.whole(1, random.pick([2, 20, 300]) ?? 2));
  const around = random.chance(0.5) ? tick : centreTick;
  const lower = usableTick(
    pool,
    around - random.whole(0, width) + random.whole(-1, 1) * random.whole(0, width),
  );
  const tickUpper = usableTick(pool, lower + width);
  return { tickLower: lower === tickUpper ? lower - tickSpacing : lower, tickUpper };
}
