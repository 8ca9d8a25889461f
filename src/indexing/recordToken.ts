import schema from "ponder:schema";
import { encodeFunctionData, erc20Abi, zeroAddress } from "viem";
import { decodeTokenDecimals, decodeTokenText } from "../protocols/erc20Metadata.ts";
import type { EventScope } from "./eventScope.ts";
import { readContracts } from "./readContracts.ts";

/** A token's row, once: what its contract says of itself, null where it says nothing that can be read. v4's address 0 is the chain's own currency, of 18 decimals. */
export async function recordToken(scope: EventScope, address: `0x${string}`): Promise<void> {
  const { db, chainId } = scope;
  if ((await db.find(schema.token, { chainId, address })) !== null) return;
  if (address === zeroAddress) {
    await db
      .insert(schema.token)
      .values({ chainId, address, ...scope.settings.nativeCurrency, decimals: 18 });
    return;
  }
  const [symbol = null, name = null, decimals = null] = await readContracts(scope, [
    { target: address, data: encodeFunctionData({ abi: erc20Abi, functionName: "symbol" }) },
    { target: address, data: encodeFunctionData({ abi: erc20Abi, functionName: "name" }) },
    { target: address, data: encodeFunctionData({ abi: erc20Abi, functionName: "decimals" }) },
  ]);
  await db.insert(schema.token).values({
    chainId,
    address,
    symbol: decodeTokenText(symbol),
    name: decodeTokenText(name),
    decimals: decodeTokenDecimals(decimals),
  });
}
