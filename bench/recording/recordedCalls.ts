import { type Address, concat, type Hex, numberToHex, toFunctionSelector } from "viem";
import type { ChainClient } from "../../demo/chain/client.ts";
import type { RecordedCall } from "../../test/replay/answerCall.ts";
import type { Market } from "./market.ts";

const METADATA = ["symbol()", "name()", "decimals()"];

/** What the app asks contracts for: metadata of every token, and what its checks before the start read. */
export async function recordedCalls(
  client: ChainClient,
  { deployment, pools }: Market,
): Promise<RecordedCall[]> {
  const tokens = pools.flatMap(({ token0, token1 }) => [token0, token1]);
  const asked = [
    ...tokens.flatMap((to) => METADATA.map((signature) => ({ to, data: toFunctionSelector(signature) }))),
    { to: deployment.positionManager, data: toFunctionSelector("factory()") },
    { to: deployment.factory, data: spacingOf(3000) },
  ];
  return Promise.all(asked.map(async ({ to, data }) => ({ to, data, result: await read(client, to, data) })));
}

function spacingOf(fee: number): Hex {
  return concat([toFunctionSelector("feeAmountTickSpacing(uint24)"), numberToHex(fee, { size: 32 })]);
}

async function read(client: ChainClient, to: Address, data: Hex): Promise<Hex> {
  return (await client.call({ to, data })).data ?? "0x";
}
