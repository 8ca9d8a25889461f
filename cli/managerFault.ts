import { toFunctionSelector } from "viem";
import type { MarketsChain, ProtocolMarkets } from "../config/markets.ts";
import { type ProtocolName, protocolTerms } from "../config/protocols.ts";
import { addressIn, askContract, isWord, placeOf } from "./askContract.ts";

/** Why the address is not a position manager of the protocol's markets; undefined if it is or the node does not say. */
export async function managerFault(
  chain: MarketsChain,
  protocol: ProtocolName,
  manager: string,
  markets: ProtocolMarkets,
): Promise<string | undefined> {
  const { factoryKey, factoryTitle } = protocolTerms[protocol];
  // Both keys are called as the manager's own getters are.
  const answer = await askContract(chain, manager, toFunctionSelector(`${factoryKey}()`));
  if (answer === undefined) return undefined;
  if (!isWord(answer)) {
    return (
      `${placeOf(chain)}: there is no position manager at ${manager}: correct \`positionManager\` in the markets ` +
      "file, deploy it first, or write null for none."
    );
  }
  if (factoriesOf(markets).has(addressIn(answer))) return undefined;
  return (
    `${placeOf(chain)}: position manager ${manager} belongs to ${factoryTitle} ${addressIn(answer)}, which no market ` +
    `of ${protocol} names: correct \`positionManager\` or \`${factoryKey}\` in the markets file.`
  );
}

/** Every factory that the markets name, for all of its pools or for listed ones. */
export function factoriesOf({ factories, pools }: ProtocolMarkets): Set<string> {
  return new Set([...factories.keys(), ...[...pools.values()].map(({ factory }) => factory)]);
}
