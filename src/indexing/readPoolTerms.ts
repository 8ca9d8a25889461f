import { concat, decodeAbiParameters, encodeFunctionData, size } from "viem";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import type { PoolTerms } from "../state/events.ts";
import type { EventScope } from "./eventScope.ts";
import { readContracts } from "./readContracts.ts";

const TERMS = ["factory", "token0", "token1", "fee", "tickSpacing"] as const;
const TERM_TYPES = [
  { type: "address" },
  { type: "address" },
  { type: "address" },
  { type: "uint24" },
  { type: "int24" },
] as const;

/** A listed pool's immutables, from the contract itself. Another factory than the markets file's is an error. */
export async function readPoolTerms(
  scope: Pick<EventScope, "client" | "timestamp" | "chainName">,
  poolId: `0x${string}`,
  factory: string,
): Promise<PoolTerms> {
  const returned = await readContracts(
    scope,
    TERMS.map((functionName) => ({
      target: poolId,
      data: encodeFunctionData({ abi: uniswapV3PoolAbi, functionName }),
    })),
  );
  const answers = returned.map((data, i) => {
    if (data === null || size(data) < 32) throw new NotAPoolError(poolId, `${TERMS[i]}`, scope.chainName);
    return data;
  });
  const [found, token0, token1, fee, tickSpacing] = decodeAbiParameters(TERM_TYPES, concat(answers));
  if (lower(found) !== factory) throw new ForeignPoolError(poolId, lower(found), factory);
  const tokens = { token0: lower(token0), token1: lower(token1) };
  return { poolId, factory: lower(found), ...tokens, fee, dynamicFee: false, tickSpacing, hooks: null };
}

function lower(address: `0x${string}`): `0x${string}` {
  return address.toLowerCase() as `0x${string}`;
}

export class NotAPoolError extends Error {
  override readonly name = "NotAPoolError";
  readonly poolId: string;

  constructor(poolId: string, functionName: string, chainName: string) {
    super(
      `${poolId} on ${chainName} logs like a Uniswap v3 pool but has no ${functionName}(): ` +
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
