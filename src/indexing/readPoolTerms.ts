import { concat, decodeAbiParameters, encodeFunctionData, size } from "viem";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { logsItsTerms } from "../protocols/quirks.ts";
import type { PoolTerms } from "../state/events.ts";
import type { EventScope } from "./eventScope.ts";
import { readContracts } from "./readContracts.ts";

const ADDRESSES = ["factory", "token0", "token1"] as const;
const ADDRESS_TYPES = [{ type: "address" }, { type: "address" }, { type: "address" }] as const;
const TERMS = [...ADDRESSES, "fee", "tickSpacing"] as const;
const TERM_TYPES = [...ADDRESS_TYPES, { type: "uint24" }, { type: "int24" }] as const;

type Caller = Pick<EventScope, "client" | "timestamp" | "chainName" | "protocol">;

/**
 * A listed pool's immutables, from the contract itself. Another factory than the markets file's is an error. Algebra's
 * fee and tick spacing are none of them: its pool logs them next.
 */
export async function readPoolTerms(
  scope: Caller,
  poolId: `0x${string}`,
  factory: string,
): Promise<PoolTerms> {
  const dynamicFee = logsItsTerms(scope.protocol);
  if (dynamicFee) {
    const [found, ...tokens] = decodeAbiParameters(ADDRESS_TYPES, await ask(scope, poolId, ADDRESSES));
    return { ...madeBy(poolId, found, factory, tokens), fee: null, dynamicFee, tickSpacing: null };
  }
  const [found, token0, token1, fee, tickSpacing] = decodeAbiParameters(
    TERM_TYPES,
    await ask(scope, poolId, TERMS),
  );
  return { ...madeBy(poolId, found, factory, [token0, token1]), fee, dynamicFee, tickSpacing };
}

async function ask(
  scope: Caller,
  poolId: `0x${string}`,
  terms: readonly (typeof TERMS)[number][],
): Promise<`0x${string}`> {
  const calls = terms.map((functionName) => ({
    target: poolId,
    data: encodeFunctionData({ abi: uniswapV3PoolAbi, functionName }),
  }));
  const answers = (await readContracts(scope, calls)).map((data, i) => {
    if (data === null || size(data) < 32) throw new NotAPoolError(poolId, `${terms[i]}`, scope.chainName);
    return data;
  });
  return concat(answers);
}

function madeBy(
  poolId: `0x${string}`,
  found: `0x${string}`,
  factory: string,
  [token0, token1]: readonly [`0x${string}`, `0x${string}`],
) {
  if (lower(found) !== factory) throw new ForeignPoolError(poolId, lower(found), factory);
  return { poolId, factory: lower(found), token0: lower(token0), token1: lower(token1), hooks: null };
}

function lower(address: `0x${string}`): `0x${string}` {
  return address.toLowerCase() as `0x${string}`;
}

export class NotAPoolError extends Error {
  override readonly name = "NotAPoolError";
  readonly poolId: string;

  constructor(poolId: string, functionName: string, chainName: string) {
    super(
      `${poolId} on ${chainName} logs like a pool but has no ${functionName}(): ` +
        "take it out of `pools` in the markets file, or correct the address",
    );
    this.poolId = poolId;
  }
}

export class ForeignPoolError extends Error {
  override readonly name = "ForeignPoolError";
  readonly poolId: string;
  readonly found: string;

  constructor(poolId: string, found: string, expected: string) {
    super(
      `pool ${poolId} comes from factory ${found}, not from ${expected}: in the markets file, give its market ` +
        "the `factory` that made it, or take the pool out of `pools`",
    );
    this.poolId = poolId;
    this.found = found;
  }
}
