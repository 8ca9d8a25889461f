import {
  type AbiEvent,
  concat,
  getAbiItem,
  type Hex,
  keccak256,
  numberToHex,
  slice,
  toEventSelector,
  toFunctionSelector,
} from "viem";
import { algebraPoolAbi } from "../abis/algebraPool.ts";
import { pancakeV3PoolAbi } from "../abis/pancakeV3Pool.ts";
import { uniswapV2PairAbi } from "../abis/uniswapV2Pair.ts";
import { uniswapV3PoolAbi } from "../abis/uniswapV3Pool.ts";
import type { MarketsChain } from "../config/markets.ts";
import { type ProtocolName, protocolTerms } from "../config/protocols.ts";
import { addressIn, askChain, askContract, isWord, placeOf } from "./askContract.ts";

/** A protocol whose pools are contracts. */
type ContractProtocol = Exclude<ProtocolName, "uniswap-v4">;
type Listed = { factory: string; startBlock: number };

const FACTORY = toFunctionSelector("factory()");
const EXTSLOAD = toFunctionSelector("extsload(bytes32)");
/** Where the PoolManager keeps `pools` (StateLibrary.POOLS_SLOT). */
const POOLS_SLOT = numberToHex(6, { size: 32 });

/** What is not 0 once the pool is in use, in the first word of the answer, and in which words to say so. */
const IN_USE: Readonly<Record<ContractProtocol, { call: Hex; has: string }>> = {
  "uniswap-v2": { call: toFunctionSelector("totalSupply()"), has: "shares" },
  "uniswap-v3": { call: toFunctionSelector("slot0()"), has: "a price" },
  "pancakeswap-v3": { call: toFunctionSelector("slot0()"), has: "a price" },
  "algebra-integral": { call: toFunctionSelector("globalState()"), has: "a price" },
};

/** The log that tells a protocol's pools from those of its like. A contract's code holds the topic of each. */
const TELLTALE: Readonly<Record<ContractProtocol, AbiEvent>> = {
  "uniswap-v2": getAbiItem({ abi: uniswapV2PairAbi, name: "Swap" }),
  "uniswap-v3": getAbiItem({ abi: uniswapV3PoolAbi, name: "Swap" }),
  "pancakeswap-v3": getAbiItem({ abi: pancakeV3PoolAbi, name: "Swap" }),
  "algebra-integral": getAbiItem({ abi: algebraPoolAbi, name: "SwapFee" }),
};

/** Shorter code, in hex, forwards every call to another contract: what that logs cannot be told from it. */
const SHORTEST_POOL = 1_000;

/** Why a listed pool is not one of the protocol and factory, or is older than its market's start; undefined if nothing is wrong or the node does not say. */
export function poolFault(
  chain: MarketsChain,
  protocol: ProtocolName,
  pool: Hex,
  listed: Listed,
): Promise<string | undefined> {
  return protocol === "uniswap-v4"
    ? idFault(chain, pool, listed)
    : contractFault(chain, protocol, pool, listed);
}

async function contractFault(
  chain: MarketsChain,
  protocol: ContractProtocol,
  pool: Hex,
  { factory, startBlock }: Listed,
): Promise<string | undefined> {
  const { title } = protocolTerms[protocol];
  const answer = await askContract(chain, pool, FACTORY);
  if (answer === undefined) return undefined;
  if (!isWord(answer)) {
    return `${placeOf(chain)}: ${pool} is no ${title} pool: take it out of \`pools\` in the markets file, or correct it.`;
  }
  if (addressIn(answer) !== factory) {
    return (
      `${placeOf(chain)}: pool ${pool} comes from factory ${addressIn(answer)}, not from ${factory}: give its market ` +
      "the `factory` that made it, or take the pool out of `pools`."
    );
  }
  const telltale = TELLTALE[protocol];
  const code = await askChain(chain, "eth_getCode", [pool, "latest"]);
  if (
    code !== undefined &&
    code.length > SHORTEST_POOL &&
    !code.includes(toEventSelector(telltale).slice(2))
  ) {
    return (
      `${placeOf(chain)}: ${pool} does not log ${title}'s ${telltale.name}: it is a pool of another protocol or version. ` +
      "Give its market another `protocol`, or take the pool out of `pools`."
    );
  }
  const { call, has } = IN_USE[protocol];
  return ageFault(chain, pool, startBlock, has, (block) => askContract(chain, pool, call, block));
}

async function idFault(chain: MarketsChain, pool: Hex, { factory, startBlock }: Listed) {
  const slot = keccak256(concat([pool, POOLS_SLOT]));
  const read = (block: Hex | "latest") => askContract(chain, factory, concat([EXTSLOAD, slot]), block);
  const now = await read("latest");
  if (now !== undefined && isWord(now) && BigInt(now) === 0n) {
    return (
      `${placeOf(chain)}: PoolManager ${factory} has no pool of id ${pool}: take it out of \`pools\` in the markets ` +
      "file, correct it, or initialize it first."
    );
  }
  return ageFault(chain, pool, startBlock, "a price", read);
}

// Needs a node that keeps old state; where it does not, the indexer finds out at the pool's first event.
async function ageFault(
  chain: MarketsChain,
  pool: Hex,
  startBlock: number,
  has: string,
  read: (block: Hex) => Promise<Hex | undefined>,
): Promise<string | undefined> {
  const before = startBlock === 0 ? "0x" : await read(numberToHex(startBlock - 1));
  if (before === undefined || before === "0x" || BigInt(slice(before, 0, 32)) === 0n) return undefined;
  return (
    `${placeOf(chain)}: startBlock ${startBlock} is after its creation: pool ${pool} had ${has} in block ` +
    `${startBlock - 1} already. Write the block in which it was created, or an earlier one.`
  );
}
