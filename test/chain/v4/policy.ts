/** What changes no position and no price: donations, the protocol's fees and the hook's. */
import {
  collectV4ProtocolFees,
  donateV4,
  setV4DynamicFee,
  setV4OverrideFee,
  setV4ProtocolFee,
} from "../../../demo/chain/uniswapV4Calls.ts";
import { type Operation, through } from "./operation.ts";
import { stateOf } from "./world.ts";

export const donate: Operation = async (world, pool) => {
  const { random } = world;
  if (stateOf(world, pool).liquidity === 0n) return undefined;
  const most = pool.overpaid ? 2n ** 127n - 1n : 10n ** 18n;
  const amount = () => (random.chance(0.3) ? 0n : random.size(1n, most));
  return [donateV4({ ...through(world, pool), amount0: amount(), amount1: amount() })];
};

/** Must revert: there is nobody to give to. */
export const donateToNobody: Operation = async (world, pool) => {
  if (stateOf(world, pool).liquidity !== 0n) return undefined;
  return [donateV4({ ...through(world, pool), amount0: 5n, amount1: 5n })];
};

export const setProtocolFee: Operation = async (world, pool) => {
  const { random, at } = world;
  const fee = () => random.pick([0, 1, 100, 333, 999, 1000]) ?? 0;
  return [setV4ProtocolFee({ at, key: pool.key, from: at.deployer, fee0: fee(), fee1: fee() })];
};

export const payProtocol: Operation = async ({ at, random, currencies }) => {
  const currency = random.pick(currencies);
  return currency && [collectV4ProtocolFees({ at, from: at.deployer, currency })];
};

/** Until the next change; the log of no event says it. */
export const setDynamicFee: Operation = async ({ at, random }, pool) => {
  if (pool.hooks !== "V4FeeHook") return undefined;
  return [setV4DynamicFee({ at, key: pool.key, from: at.deployer, fee: anyFee(random) })];
};

/** For every pool of the hook, until it is taken back. */
export const setOverride: Operation = async ({ at, random }, pool) => {
  if (pool.hooks !== "V4FeeHook") return undefined;
  const fee = random.chance(0.5) ? null : anyFee(random);
  return [setV4OverrideFee({ key: pool.key, from: at.deployer, fee })];
};

function anyFee(random: {
  pick<T>(items: readonly T[]): T | undefined;
  whole(a: number, b: number): number;
}) {
  return random.pick([0, 1, random.whole(2, 5000), random.whole(2, 100_000), 999_999, 1_000_000]) ?? 0;
}
