import { startAlgebraRig } from "../../../demo/chain/algebraRig.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { startPancakeV3Rig } from "../../../demo/chain/pancakeV3Rig.ts";
import type { ProtocolRig, RigProtocol } from "../../../demo/chain/protocolRig.ts";
import { startUniswapV2Rig } from "../../../demo/chain/uniswapV2Rig.ts";
import { startUniswapV3Rig } from "../../../demo/chain/uniswapV3Rig.ts";
import { startUniswapV4Rig } from "../../../demo/chain/uniswapV4Rig.ts";

export type Adapter = {
  protocol: RigProtocol;
  /** In the markets file. */
  market: string;
  start(client: ChainClient): Promise<ProtocolRig>;
  /** Pips of a trade's input that reach the LPs by the contract's own terms. */
  lpPips: number;
};

/** All that index a protocol, each with a pool on its published bytecode. */
export const adapters: readonly Adapter[] = [
  { protocol: "UNISWAP_V2", market: "uniswap-v2", start: startUniswapV2Rig, lpPips: 3000 },
  { protocol: "UNISWAP_V3", market: "uniswap-v3", start: startUniswapV3Rig, lpPips: 3000 },
  { protocol: "UNISWAP_V4", market: "uniswap-v4", start: startUniswapV4Rig, lpPips: 3000 },
  // 0.25 %, of which the protocol keeps 32 % from the pool's creation on.
  { protocol: "PANCAKESWAP_V3", market: "pancakeswap-v3", start: startPancakeV3Rig, lpPips: 1700 },
  { protocol: "ALGEBRA_INTEGRAL", market: "algebra-integral", start: startAlgebraRig, lpPips: 500 },
];

/** The markets file that indexes all of them on one chain. */
export function marketsOf(url: string, rigs: readonly ProtocolRig[]) {
  const markets = rigs.map(({ protocol, factory, positionManager }) => ({
    protocol: adapters.find((adapter) => adapter.protocol === protocol)?.market,
    ...(protocol === "UNISWAP_V4" ? { poolManager: factory } : { factory }),
    ...(protocol === "UNISWAP_V2" ? {} : { positionManager }),
    startBlock: 0,
  }));
  return { chains: [{ id: 31337, name: "anvil", rpc: [url], markets }] };
}
