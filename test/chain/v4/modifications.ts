/** What the pool manager answered to every modifyLiquidity: the log says neither fees nor amounts. */
import {
  type Address,
  decodeFunctionData,
  decodeFunctionResult,
  type Hex,
  numberToHex,
  parseAbi,
} from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { v4PoolManagerAbi } from "../../../demo/chain/uniswapV4Abis.ts";

const hookAbi = parseAbi([
  "struct PoolKey { address currency0; address currency1; uint24 fee; int24 tickSpacing; address hooks; }",
  "struct Change { int24 tickLower; int24 tickUpper; int256 liquidityDelta; bytes32 salt; }",
  "function afterRemoveLiquidity(address sender, PoolKey key, Change params, int256 delta, int256 feesAccrued, bytes hookData) returns (bytes4, int256)",
]);

export type Amounts = { amount0: bigint; amount1: bigint };
/** Principal: what the pool took (over 0) or gave, hooks left out. */
export type Modified = { liquidityDelta: bigint; salt: Hex; fees: Amounts; principal: Amounts };

type Trace = {
  action: { to?: Hex; input?: Hex };
  error?: string;
  result?: { output?: Hex } | null;
  traceAddress: number[];
  transactionHash: Hex;
};

/** In the order of the block, without those that were reverted. */
export async function modificationsOf(
  client: ChainClient,
  manager: Address,
  block: number,
): Promise<Modified[]> {
  const traces = await tracesOf(client, block);
  return traces.flatMap((trace) => {
    const { to, input = "0x" } = trace.action;
    if (to?.toLowerCase() !== manager.toLowerCase() || isReverted(trace, traces)) return [];
    const change = modifyCall(input);
    const data = trace.result?.output;
    if (change === undefined || data === undefined) return [];
    const [caller, fees] = decodeFunctionResult({
      abi: v4PoolManagerAbi,
      functionName: "modifyLiquidity",
      data,
    });
    const hooked = deltaOfHook(trace, traces);
    const whole = split(caller);
    const earned = split(fees);
    const principal = {
      amount0: -(whole.amount0 + hooked.amount0 - earned.amount0),
      amount1: -(whole.amount1 + hooked.amount1 - earned.amount1),
    };
    return [{ ...change, fees: earned, principal }];
  });
}

/** What the manager paid out to the protocol in a block. Currencies are lower case. */
export async function paymentsOf(
  client: ChainClient,
  manager: Address,
  block: number,
): Promise<{ currency: Address; amount: bigint }[]> {
  const traces = await tracesOf(client, block);
  return traces.flatMap((trace) => {
    const { to, input = "0x" } = trace.action;
    const output = trace.result?.output;
    const call = managerCall(input);
    const isPayment = to?.toLowerCase() === manager.toLowerCase() && output !== undefined;
    if (!isPayment || isReverted(trace, traces) || call?.functionName !== "collectProtocolFees") return [];
    return [{ currency: call.args[1].toLowerCase() as Address, amount: BigInt(output) }];
  });
}

async function tracesOf(client: ChainClient, block: number): Promise<Trace[]> {
  return client.request({ method: "trace_block", params: [numberToHex(block)] } as never);
}

/** What a hook took of the caller's delta afterwards. */
function deltaOfHook(trace: Trace, traces: readonly Trace[]): Amounts {
  for (const call of traces) {
    if (call.transactionHash !== trace.transactionHash || !isInside(call, trace)) continue;
    try {
      decodeFunctionData({ abi: hookAbi, data: call.action.input ?? "0x" });
    } catch {
      continue;
    }
    const data = call.result?.output ?? "0x";
    return split(decodeFunctionResult({ abi: hookAbi, functionName: "afterRemoveLiquidity", data })[1]);
  }
  return { amount0: 0n, amount1: 0n };
}

function modifyCall(data: Hex): { liquidityDelta: bigint; salt: Hex } | undefined {
  const call = managerCall(data);
  if (call?.functionName !== "modifyLiquidity") return undefined;
  const [, { liquidityDelta, salt }] = call.args;
  return { liquidityDelta, salt };
}

function managerCall(data: Hex) {
  try {
    return decodeFunctionData({ abi: v4PoolManagerAbi, data });
  } catch {
    return undefined;
  }
}

function isReverted(trace: Trace, traces: readonly Trace[]): boolean {
  return traces.some(
    (other) =>
      other.error !== undefined &&
      other.transactionHash === trace.transactionHash &&
      (other === trace || isInside(trace, other)),
  );
}

function isInside({ traceAddress }: Trace, outer: Trace): boolean {
  return (
    traceAddress.length > outer.traceAddress.length &&
    outer.traceAddress.every((at, i) => traceAddress[i] === at)
  );
}

/** BalanceDelta: amount0 in the upper 128 bits. */
function split(delta: bigint): Amounts {
  return { amount0: BigInt.asIntN(128, delta >> 128n), amount1: BigInt.asIntN(128, delta) };
}
