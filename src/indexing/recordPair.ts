import { concat, decodeAbiParameters, encodeFunctionData, size } from "viem";
import { uniswapV2PairAbi } from "../../abis/uniswapV2Pair.ts";
import { pairTermsOf } from "../protocols/uniswapV2.ts";
import type { PoolTerms } from "../state/events.ts";
import type { EventScope } from "./eventScope.ts";
import { readContracts } from "./readContracts.ts";
import { ForeignPoolError } from "./readPoolTerms.ts";
import { insertPool } from "./recordPool.ts";

const TERMS = ["factory", "token0", "token1"] as const;
const TERM_TYPES = [{ type: "address" }, { type: "address" }, { type: "address" }] as const;

/** A listed pair is known from its first Mint on, whose first log locks LP tokens: its terms are read from the contract. */
export async function recordListedPair(scope: EventScope, poolId: `0x${string}`): Promise<void> {
  const listed = scope.settings.listedPools.get(poolId);
  if (listed === undefined) return;
  const terms = await readPairTerms(scope, poolId, listed.factory);
  await insertPool(scope, terms, { createdBlock: null, createdTimestamp: null });
}

/** A listed pair's immutables, from the contract itself. Another factory than the markets file's is an error. */
export async function readPairTerms(
  scope: Pick<EventScope, "client" | "timestamp" | "chainName">,
  poolId: `0x${string}`,
  factory: string,
): Promise<PoolTerms> {
  const returned = await readContracts(
    scope,
    TERMS.map((functionName) => ({
      target: poolId,
      data: encodeFunctionData({ abi: uniswapV2PairAbi, functionName }),
    })),
  );
  const answers = returned.map((data, i) => {
    if (data === null || size(data) < 32) throw new NotAPairError(poolId, `${TERMS[i]}`, scope.chainName);
    return data;
  });
  const [found, token0, token1] = decodeAbiParameters(TERM_TYPES, concat(answers));
  if (lower(found) !== factory) throw new ForeignPoolError(poolId, lower(found), factory);
  return pairTermsOf({ poolId, factory: lower(found), token0: lower(token0), token1: lower(token1) });
}

function lower(address: `0x${string}`): `0x${string}` {
  return address.toLowerCase() as `0x${string}`;
}

export class NotAPairError extends Error {
  override readonly name = "NotAPairError";
  readonly poolId: string;

  constructor(poolId: string, functionName: string, chainName: string) {
    super(
      `${poolId} on ${chainName} logs like a Uniswap v2 pair but has no ${functionName}(): ` +
        "take it out of `pools` in the markets file, or correct the address",
    );
    this.poolId = poolId;
  }
}
