import type { Recording } from "../recording/recording.ts";

/** The markets file that both apps read: every pool of the recording's factory. */
export function recordedMarkets(url: string, { factory, positionManager }: Recording): unknown {
  const market = { protocol: "uniswap-v3", factory, positionManager, startBlock: 0 };
  return { chains: [{ id: 31337, name: "recording", rpc: [url], markets: [market] }] };
}
