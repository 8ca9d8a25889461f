/**
 * Transactions to v4: NFTs through the position manager, all else through V4Caller.sol. Each function only builds one:
 * pass several to `sendInOneBlock`. The sender pays, and must have approved (`fundV4` does it); `value` pays ether.
 */
import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  type Hex,
  parseAbiParameters,
  zeroAddress,
} from "viem";
import type { Call } from "./sendInOneBlock.ts";
import { v4CallerAbi, v4FeeHookAbi, v4PoolManagerAbi, v4PositionManagerAbi } from "./uniswapV4Abis.ts";
import type { V4Deployment, V4PoolKey } from "./uniswapV4Contracts.ts";

const forever = 2n ** 256n - 1n;
const everything = 2n ** 128n - 1n;

/** As Actions.sol of v4-periphery numbers them. */
const actions = {
  increase: 0,
  decrease: 1,
  mint: 2,
  burn: 3,
  takePair: 0x11,
  close: 0x12,
  sweep: 0x14,
} as const;
const keyType = "(address, address, uint24, int24, address)";

interface Through {
  at: Pick<V4Deployment, "poolManager" | "positionManager" | "caller">;
  from: Address;
  key: V4PoolKey;
  /** Ether to send along, where currency 0 is ether; what is left comes back. */
  value?: bigint;
}

type Action = [action: number, parameters: Hex];

/** Opens a position; the NFT goes to `recipient`, by default the sender. */
export function mintV4Nft({
  recipient,
  tickLower,
  tickUpper,
  liquidity,
  ...through
}: Through & { tickLower: number; tickUpper: number; liquidity: bigint; recipient?: Address }): Call {
  const types = parseAbiParameters(`${keyType}, int24, int24, uint256, uint128, uint128, address, bytes`);
  const owner = recipient ?? through.from;
  const parameters = encodeAbiParameters(types, [
    keyTuple(through.key),
    tickLower,
    tickUpper,
    liquidity,
    everything,
    everything,
    owner,
    "0x",
  ]);
  return modifyNfts(through, [[actions.mint, parameters], ...closing(through)]);
}

/** Adds liquidity, and pays the fees that are owed out to the sender, who must hold the NFT or be approved. */
export function increaseV4Nft({
  tokenId,
  liquidity,
  ...through
}: Through & { tokenId: bigint; liquidity: bigint }): Call {
  const types = parseAbiParameters("uint256, uint256, uint128, uint128, bytes");
  const parameters = encodeAbiParameters(types, [tokenId, liquidity, everything, everything, "0x"]);
  return modifyNfts(through, [[actions.increase, parameters], ...closing(through)]);
}

/** Takes liquidity out and pays it out with the fees that are owed; liquidity 0 collects the fees alone. */
export function decreaseV4Nft({
  tokenId,
  liquidity,
  ...through
}: Through & { tokenId: bigint; liquidity: bigint }): Call {
  const types = parseAbiParameters("uint256, uint256, uint128, uint128, bytes");
  const parameters = encodeAbiParameters(types, [tokenId, liquidity, 0n, 0n, "0x"]);
  return modifyNfts(through, [[actions.decrease, parameters], takePair(through)]);
}

/** Takes everything out, pays it out, and burns the NFT. */
export function burnV4Nft({ tokenId, ...through }: Through & { tokenId: bigint }): Call {
  const parameters = encodeAbiParameters(parseAbiParameters("uint256, uint128, uint128, bytes"), [
    tokenId,
    0n,
    0n,
    "0x",
  ]);
  return modifyNfts(through, [[actions.burn, parameters], takePair(through)]);
}

export function transferV4Nft({
  at,
  from,
  to,
  tokenId,
}: Pick<Through, "at" | "from"> & { to: Address; tokenId: bigint }): Call {
  const data = encodeFunctionData({
    abi: v4PositionManagerAbi,
    functionName: "transferFrom",
    args: [from, to, tokenId],
  });
  return { from, to: at.positionManager, data };
}

/** Several of the calls above in one transaction, all or none. They must have one sender; no ether. */
export function multicallV4({ at, from, calls }: Pick<Through, "at" | "from"> & { calls: Call[] }): Call {
  const args = [calls.map((call): Hex => call.data)] as const;
  return {
    from,
    to: at.positionManager,
    data: encodeFunctionData({ abi: v4PositionManagerAbi, functionName: "multicall", args }),
  };
}

/**
 * A position of V4Caller: its liquidity grows by `liquidityDelta`, or shrinks if that is under 0; 0 collects. Whatever
 * comes out goes to the sender.
 */
export function modifyV4Direct({
  tickLower,
  tickUpper,
  liquidityDelta,
  salt,
  ...through
}: Through & { tickLower: number; tickUpper: number; liquidityDelta: bigint; salt: Hex }): Call {
  const args = [through.key, { tickLower, tickUpper, liquidityDelta, salt }, "0x"] as const;
  return runV4(through, [
    encodeFunctionData({ abi: v4PoolManagerAbi, functionName: "modifyLiquidity", args }),
  ]);
}

/**
 * @param amount over 0: exactly so much in; under 0: exactly so much out. (v4 itself has it the other way round.)
 * @param limit sqrtPriceX96 to stop at; a swap that reaches it takes less than `amount`.
 */
export function swapV4({
  zeroForOne,
  amount,
  limit,
  ...through
}: Through & { zeroForOne: boolean; amount: bigint; limit?: bigint }): Call {
  const farthest = zeroForOne ? 4295128740n : 1461446703485210103287273052203988822378723970341n;
  const params = { zeroForOne, amountSpecified: -amount, sqrtPriceLimitX96: limit ?? farthest };
  const args = [through.key, params, "0x"] as const;
  return runV4(through, [encodeFunctionData({ abi: v4PoolManagerAbi, functionName: "swap", args })]);
}

/** Gives the amounts to whoever is in range. */
export function donateV4({
  amount0,
  amount1,
  ...through
}: Through & { amount0: bigint; amount1: bigint }): Call {
  const args = [through.key, amount0, amount1, "0x"] as const;
  return runV4(through, [encodeFunctionData({ abi: v4PoolManagerAbi, functionName: "donate", args })]);
}

/** Any calls of the pool manager under one lock, e.g. several of a position, a swap between them. */
export function runV4({ at, from, key, value = 0n }: Through, calls: Hex[]): Call {
  const args = [at.poolManager, calls, [key.currency0, key.currency1], from] as const;
  return {
    from,
    to: at.caller,
    data: encodeFunctionData({ abi: v4CallerAbi, functionName: "run", args }),
    value,
  };
}

/** The protocol takes so many pips of the input: `fee0` of token 0, `fee1` of token 1, each at most 1000. */
export function setV4ProtocolFee({
  at,
  from,
  key,
  fee0,
  fee1,
}: Through & { fee0: number; fee1: number }): Call {
  const args = [key, (fee1 << 12) | fee0] as const;
  const data = encodeFunctionData({ abi: v4PoolManagerAbi, functionName: "setProtocolFee", args });
  return { from, to: at.poolManager, data };
}

/** Pays the protocol all it is owed in a currency, whichever pools it is from. The fee controller may. */
export function collectV4ProtocolFees({
  at,
  from,
  currency,
}: Pick<Through, "at" | "from"> & { currency: Address }): Call {
  const args = [from, currency, 0n] as const;
  return {
    from,
    to: at.poolManager,
    data: encodeFunctionData({ abi: v4PoolManagerAbi, functionName: "collectProtocolFees", args }),
  };
}

/** The fee hook sets the fee of a dynamic-fee pool, in pips, until it sets another. No log says it. */
export function setV4DynamicFee({ at, from, key, fee }: Through & { fee: number }): Call {
  const args = [at.poolManager, key, fee] as const;
  return {
    from,
    to: key.hooks,
    data: encodeFunctionData({ abi: v4FeeHookAbi, functionName: "setFee", args }),
  };
}

/** The fee hook has every later swap pay this fee, in pips; null: the pool's own again. */
export function setV4OverrideFee({
  from,
  key,
  fee,
}: Pick<Through, "from" | "key"> & { fee: number | null }): Call {
  const args = [fee ?? 2 ** 24 - 1] as const;
  return {
    from,
    to: key.hooks,
    data: encodeFunctionData({ abi: v4FeeHookAbi, functionName: "setOverride", args }),
  };
}

function modifyNfts({ at, from, value = 0n }: Through, steps: Action[]): Call {
  const names = encodePacked(
    steps.map(() => "uint8"),
    steps.map(([action]) => action),
  );
  const unlock = encodeAbiParameters(parseAbiParameters("bytes, bytes[]"), [
    names,
    steps.map(([, data]) => data),
  ]);
  const data = encodeFunctionData({
    abi: v4PositionManagerAbi,
    functionName: "modifyLiquidities",
    args: [unlock, forever],
  });
  return { from, to: at.positionManager, data, value };
}

/** Pays what is owed, takes what is due, and sends ether that is left back. */
function closing({ from, key: { currency0, currency1 } }: Through): Action[] {
  const close = [currency0, currency1].map(
    (currency): Action => [actions.close, encodeAbiParameters(parseAbiParameters("address"), [currency])],
  );
  const rest = encodeAbiParameters(parseAbiParameters("address, address"), [zeroAddress, from]);
  return currency0 === zeroAddress ? [...close, [actions.sweep, rest]] : close;
}

function takePair({ from, key: { currency0, currency1 } }: Through): Action {
  const types = parseAbiParameters("address, address, address");
  return [actions.takePair, encodeAbiParameters(types, [currency0, currency1, from])];
}

function keyTuple({ currency0, currency1, fee, tickSpacing, hooks }: V4PoolKey) {
  return [currency0, currency1, fee, tickSpacing, hooks] as const;
}
