/** What a position would be paid at one moment, asked of the contracts by calls that change nothing. */
import {
  type Address,
  decodeFunctionResult,
  encodePacked,
  keccak256,
  parseEventLogs,
  type RpcLog,
} from "viem";
import { poolAbi, poolCallerAbi, positionManagerAbi } from "../../../demo/chain/abis.ts";
import { nothing, type Pair } from "./amounts.ts";
import { managerEvents } from "./chainEvents.ts";
import { callOf, returned, type Simulated, type SimulatedCall } from "./chainReads.ts";
import type { Position } from "./position.ts";

const everything = 2n ** 128n - 1n;
const Q128 = 2n ** 128n;

/** `owed` is what the position is credited with, `payable` what a collect pays, which for an NFT may be some units less. */
export type Probe = { owed: Pair; payable: Pair; principal: Pair; principalUp: Pair };

export type Prober = {
  manager: Address;
  /** PoolCaller.sol, and an account that it may take tokens from: to ask what a mint would take. */
  caller: Address;
  payer: Address;
  /** Executes calls at the moment in question. */
  call(calls: readonly SimulatedCall[]): Promise<Simulated[]>;
};

/** An NFT: a collect of everything, a burn of its liquidity, and a mint of as much. */
export async function probeNft(
  { manager, caller, payer, call }: Prober,
  { pool, tickLower, tickUpper, tokenId, holder, basket: { liquidity } }: Position,
): Promise<Probe> {
  const params = {
    tokenId: tokenId ?? 0n,
    recipient: holder,
    amount0Max: everything,
    amount1Max: everything,
  };
  const range = [tickLower, tickUpper, liquidity] as const;
  const [collected, burned, minted] = await call([
    callOf(holder, manager, { abi: positionManagerAbi, functionName: "collect", args: [params] }),
    ...(liquidity === 0n
      ? []
      : [
          callOf(manager, pool, { abi: poolAbi, functionName: "burn", args: range }),
          callOf(payer, caller, {
            abi: poolCallerAbi,
            functionName: "mint",
            args: [pool, manager, ...range, payer],
          }),
        ]),
  ]);
  return {
    payable: decodeFunctionResult({
      abi: positionManagerAbi,
      functionName: "collect",
      data: returned(collected),
    }) as Pair,
    owed: requested(collected),
    principal: liquidity === 0n ? nothing : pairOf("burn", burned),
    principalUp: liquidity === 0n ? nothing : pairOf("mint", minted),
  };
}

/** One that the pool keeps for an account or a contract: a poke, a collect of everything, a burn. */
export async function probeDirect(
  { call }: Prober,
  { pool, tickLower, tickUpper, holder, basket: { liquidity } }: Position,
): Promise<Probe> {
  const burn = (amount: bigint) =>
    callOf(holder, pool, { abi: poolAbi, functionName: "burn", args: [tickLower, tickUpper, amount] });
  const args = [holder, tickLower, tickUpper, everything, everything] as const;
  const collect = callOf(holder, pool, { abi: poolAbi, functionName: "collect", args });
  const answers = await call(liquidity === 0n ? [collect] : [burn(0n), collect, burn(liquidity)]);
  const payable = pairOf("collect", answers[liquidity === 0n ? 0 : 1]);
  const principal = liquidity === 0n ? nothing : pairOf("burn", answers[2]);
  return { owed: payable, payable, principal, principalUp: principal };
}

/** Growth of fees inside the range of the manager's core position, and what of its liquidity a burn pays. */
export async function probeLeftover(
  { manager, call }: Prober,
  { pool, tickLower, tickUpper, basket: { liquidity } }: Position,
): Promise<{ growth: Pair; principal: Pair }> {
  const key = keccak256(encodePacked(["address", "int24", "int24"], [manager, tickLower, tickUpper]));
  const burn = (amount: bigint) =>
    callOf(manager, pool, { abi: poolAbi, functionName: "burn", args: [tickLower, tickUpper, amount] });
  const read = callOf(manager, pool, { abi: poolAbi, functionName: "positions", args: [key] });
  const [, state, burned] = await call([burn(0n), read, burn(liquidity)]);
  const [, growth0, growth1] = decodeFunctionResult({
    abi: poolAbi,
    functionName: "positions",
    data: returned(state),
  });
  return { growth: [growth0, growth1], principal: pairOf("burn", burned) };
}

/** Fees of liquidity over a stretch of growth, as the contract credits them. */
export function credit(liquidity: bigint, now: Pair, last: Pair): Pair {
  const one = (k: 0 | 1) => (BigInt.asUintN(256, now[k] - last[k]) * liquidity) / Q128;
  return [one(0), one(1)];
}

/** What the manager took off what it owes: its own log says. */
function requested(simulated: Simulated | undefined): Pair {
  const logs = (simulated?.logs ?? []) as RpcLog[];
  const [event] = parseEventLogs({ abi: managerEvents, eventName: "Collect", logs });
  return event === undefined ? nothing : [event.args.amount0, event.args.amount1];
}

function pairOf(functionName: "burn" | "collect" | "mint", simulated: Simulated | undefined): Pair {
  const data = returned(simulated);
  return functionName === "mint"
    ? (decodeFunctionResult({ abi: poolCallerAbi, functionName, data }) as Pair)
    : (decodeFunctionResult({ abi: poolAbi, functionName, data }) as Pair);
}
