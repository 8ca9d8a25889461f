import { concat, getAbiItem, numberToHex, toEventSelector, toFunctionSelector } from "viem";
import { algebraPoolAbi } from "../abis/algebraPool.ts";
import type { MarketsChain } from "../config/markets.ts";
import { type ProtocolName, protocolTerms } from "../config/protocols.ts";
import { addressIn, askChain, askContract, isWord, placeOf } from "./askContract.ts";

// Each answers with one word where its protocol is. PancakeSwap's factory answers to Uniswap v3's too: it is asked first.
const PROBES: Readonly<Record<ProtocolName, `0x${string}`>> = {
  "uniswap-v2": toFunctionSelector("allPairsLength()"),
  "uniswap-v4": concat([toFunctionSelector("extsload(bytes32)"), numberToHex(0, { size: 32 })]),
  "algebra-integral": toFunctionSelector("defaultCommunityFee()"),
  "pancakeswap-v3": toFunctionSelector("lmPoolDeployer()"),
  "uniswap-v3": concat([toFunctionSelector("feeAmountTickSpacing(uint24)"), numberToHex(3000, { size: 32 })]),
};
const POOL_DEPLOYER = toFunctionSelector("poolDeployer()");
const SWAP_FEE = toEventSelector(getAbiItem({ abi: algebraPoolAbi, name: "SwapFee" }));

/** Why the address is not the factory, on Uniswap v4 the PoolManager, of the protocol; undefined if it is or the node does not say. */
export async function factoryFault(
  chain: MarketsChain,
  protocol: ProtocolName,
  factory: string,
): Promise<string | undefined> {
  const isOwn = await answers(chain, factory, protocol);
  const isPancake = protocol === "uniswap-v3" && (await answers(chain, factory, "pancakeswap-v3")) === true;
  if (isOwn === undefined) return undefined;
  if (isOwn && !isPancake) {
    return protocol === "algebra-integral" ? algebraVersionFault(chain, factory) : undefined;
  }
  const { title, factoryTitle, factoryKey } = protocolTerms[protocol];
  const other = await protocolAt(chain, factory);
  if (other === undefined) {
    return (
      `${placeOf(chain)}: there is no ${title} ${factoryTitle} at ${factory}: correct \`${factoryKey}\` in the ` +
      "markets file, or deploy it first."
    );
  }
  return (
    `${placeOf(chain)}: ${factory} is no ${title} ${factoryTitle} but ${protocolTerms[other].title}'s ` +
    `${protocolTerms[other].factoryTitle}: write "protocol": "${other}" in the markets file, or correct \`${factoryKey}\`.`
  );
}

async function protocolAt(chain: MarketsChain, address: string): Promise<ProtocolName | undefined> {
  const protocols = Object.keys(PROBES) as ProtocolName[];
  const found = await Promise.all(protocols.map((protocol) => answers(chain, address, protocol)));
  return protocols.find((_, i) => found[i]);
}

async function answers(chain: MarketsChain, address: string, protocol: ProtocolName) {
  const answer = await askContract(chain, address, PROBES[protocol]);
  return answer === undefined ? undefined : isWord(answer);
}

// A contract's code holds the topic of every event that it logs, and the deployer's the pool's whole code.
async function algebraVersionFault(chain: MarketsChain, factory: string): Promise<string | undefined> {
  const deployer = await askContract(chain, factory, POOL_DEPLOYER);
  if (deployer === undefined || !isWord(deployer)) return undefined;
  const code = await askChain(chain, "eth_getCode", [addressIn(deployer), "latest"]);
  if (code === undefined || code.includes(SWAP_FEE.slice(2))) return undefined;
  return (
    `${placeOf(chain)}: pools of the Algebra factory ${factory} log no SwapFee: they are of another version than ` +
    "Algebra Integral 1.2.10, whose logs Ballast reads. Take the market out of the markets file."
  );
}
