import type { Address } from "viem";
import { seededRandomness } from "../../../demo/chain/randomness.ts";
import type { Call } from "../../../demo/chain/sendInOneBlock.ts";
import {
  burnShares,
  flashV2,
  giveToPair,
  mintShares,
  multicallV2,
  setFeeTo,
  skimPair,
  swapV2,
  syncPair,
  transferShares,
} from "../../../demo/chain/uniswapV2Calls.ts";
import type { V2Rig } from "../../../demo/chain/uniswapV2Rig.ts";

/** What the next operation is chosen from: the pair as the chain has it. */
export type PairNow = {
  reserve0: bigint;
  reserve1: bigint;
  supply: bigint;
  held: ReadonlyMap<Address, bigint>;
};

export type Operation = { name: string; calls: Call[] };

type Name = keyof typeof WEIGHTS;

/** How often of each in so many operations. */
const WEIGHTS = {
  ...{ swap: 9, mint: 6, burn: 14, flash: 1 },
  ...{ transfer: 3, park: 1, toSelf: 1, nothing: 1, lock: 1 },
  ...{ gift: 1, sync: 1, skim: 1, feeTo: 1 },
  ...{ mintAndBurn: 1, burnTwice: 1, swapAndBurn: 1, block: 2 },
};
const NAMES = (Object.keys(WEIGHTS) as Name[]).flatMap((name) => Array<Name>(WEIGHTS[name]).fill(name));

/** Seeded operations on one pair: what any account may do to it, in any order. */
export function operations(rig: V2Rig, seed: number): (now: PairNow) => Operation {
  const random = seededRandomness(seed);
  const { accounts, deployer, pool: pair, token0, token1, factory, at } = rig;
  let feeTo = false;
  const account = () => random.pick(accounts) ?? deployer;
  const part = (whole: bigint) => (whole < 2n ? whole : random.size(1n, whole));

  function mint({ reserve0, reserve1 }: PairNow, from: Address): Call {
    const size = BigInt(random.whole(1, 400_000));
    const skew = random.chance(0.2) ? BigInt(random.whole(900_000, 1_100_000)) : 1_000_000n;
    const amount0 = (reserve0 * size) / 1_000_000n + 10_000n;
    const amount1 = (((reserve1 * size) / 1_000_000n + 10_000n) * skew) / 1_000_000n + 1n;
    const to = random.chance(0.2) ? account() : from;
    return mintShares({ caller: at.caller, from, pair, amount0, amount1, to });
  }
  function swap({ reserve0, reserve1 }: PairNow, from: Address): Call {
    const zeroForOne = random.chance(0.5);
    const most = (zeroForOne ? reserve0 : reserve1) / 5n;
    return swapV2({ caller: at.caller, from, pair, zeroForOne, amount: 2n + part(most) });
  }
  function burn(now: PairNow): { from: Address; call: Call } | null {
    const holders = [...now.held].filter(([holder, shares]) => shares > 10_000n && accounts.includes(holder));
    const [from, shares] = random.pick(holders) ?? [deployer, 0n];
    if (shares === 0n) return null;
    const some = random.chance(0.2) ? shares : 5_000n + part(shares - 5_000n) / 4n;
    return { from, call: burnShares({ caller: at.caller, from, pair, shares: some, to: account() }) };
  }
  function flash({ reserve0, reserve1 }: PairNow): Call {
    const [out0, out1] = [part(reserve0 / 3n), random.chance(0.5) ? part(reserve1 / 3n) : 0n];
    const more = (out: bigint) => (out * 1_004n) / 1_000n + 5n;
    const shape = random.chance(0.5)
      ? { in0: more(out0), in1: more(out1) }
      : { in0: more(out0) * 2n, in1: out1 };
    return flashV2({ caller: at.caller, from: account(), pair, out0, out1, ...shape });
  }
  function named(name: Name, now: PairNow): Call[] {
    const from = account();
    const held = now.held.get(from) ?? 0n;
    const [amount0, amount1] = [part(now.reserve0 / 50n), part(now.reserve1 / 50n)];
    if (name === "mint") return [mint(now, from)];
    if (name === "swap") return [swap(now, from)];
    if (name === "flash") return [flash(now)];
    if (name === "burn") return [burn(now)?.call ?? mint(now, from)];
    if (name === "transfer") return [transferShares({ from, pair, to: account(), shares: part(held) })];
    if (name === "toSelf") return [transferShares({ from, pair, to: from, shares: part(held) })];
    if (name === "nothing") return [transferShares({ from, pair, to: account(), shares: 0n })];
    if (name === "park") return [transferShares({ from, pair, to: pair, shares: part(held / 3n) })];
    if (name === "lock") {
      return [transferShares({ from, pair, to: `0x${"00".repeat(20)}`, shares: part(held / 50n) })];
    }
    if (name === "gift") {
      const [token, amount] = random.chance(0.5) ? [token0, amount0] : [token1, amount1];
      return [giveToPair({ from, pair, token, amount })];
    }
    if (name === "sync")
      return [giveToPair({ from, pair, token: token0, amount: amount0 }), syncPair({ from, pair })];
    if (name === "skim") return [skimPair({ from, pair })];
    if (name === "feeTo") {
      feeTo = !feeTo;
      const to = feeTo ? (accounts[0] ?? deployer) : (`0x${"00".repeat(20)}` as const);
      return [setFeeTo({ from: deployer, factory, feeTo: to })];
    }
    const burnt = burn(now);
    if (burnt === null) return [mint(now, from)];
    if (name === "block") return [swap(now, from), burnt.call, swap(now, from), mint(now, from)];
    const first =
      name === "mintAndBurn"
        ? mint(now, burnt.from)
        : name === "swapAndBurn"
          ? swap(now, burnt.from)
          : burnt.call;
    const calls = [first, burnt.call];
    return [multicallV2({ caller: at.caller, from: burnt.from, calls })];
  }
  return (now) => {
    const name = random.pick(NAMES) ?? "swap";
    return { name, calls: named(name, now) };
  };
}
