import type { Address } from "viem";
import { PROTOCOLS, type ProtocolName, protocolTerms } from "../config/protocols.ts";
import { deployAlgebra } from "./chain/algebraContracts.ts";
import { addAlgebraPool } from "./chain/algebraRig.ts";
import type { ChainClient } from "./chain/client.ts";
import { deployToken, deployUniswapV3, fund, sortTokens } from "./chain/deploy.ts";
import { deployPancakeV3 } from "./chain/pancakeV3Contracts.ts";
import { addPancakePool } from "./chain/pancakeV3Rig.ts";
import { swap } from "./chain/poolCalls.ts";
import type { ProtocolRig, TradeOrder } from "./chain/protocolRig.ts";
import type { Call } from "./chain/sendInOneBlock.ts";
import { swapV2 } from "./chain/uniswapV2Calls.ts";
import { deployUniswapV2, fundV2 } from "./chain/uniswapV2Contracts.ts";
import { addV2Pair } from "./chain/uniswapV2Rig.ts";
import { addV3Pool } from "./chain/uniswapV3Rig.ts";
import { swapV4 } from "./chain/uniswapV4Calls.ts";
import { deployUniswapV4, fundV4 } from "./chain/uniswapV4Contracts.ts";
import { addV4Pool } from "./chain/uniswapV4Rig.ts";

export interface DemoRig extends ProtocolRig {
  /** A trade that is not sent yet, so that several fit in a block. */
  swapCall(order: TradeOrder): Call;
}

/** A protocol's contracts, two test tokens of 18 and 6 decimals, and a pool of them that opens at a price. */
type Deploy = (client: ChainClient, sqrtPriceX96: bigint) => Promise<DemoRig>;

/** Puts each protocol's published contracts and the demo's pool on a chain; all accounts are funded. */
export const deployPool: Readonly<Record<ProtocolName, Deploy>> = {
  "uniswap-v2": (client, sqrtPriceX96) =>
    deploy(client, deployUniswapV2, fundV2, async (at, tokens) => {
      const rig = await addV2Pair(client, at, tokens, sqrtPriceX96);
      const { pool: pair } = rig;
      return {
        ...rig,
        swapCall: ({ account: from, ...order }) => swapV2({ caller: at.caller, from, pair, ...order }),
      };
    }),
  "uniswap-v3": (client, sqrtPriceX96) =>
    deploy(client, deployUniswapV3, fund, async (at, tokens) =>
      withSwaps(await addV3Pool(client, at, tokens, { sqrtPriceX96 })),
    ),
  "uniswap-v4": (client, sqrtPriceX96) =>
    deploy(client, deployUniswapV4, fundV4, async (at, tokens) => {
      const rig = await addV4Pool(client, at, tokens, { sqrtPriceX96 });
      const { key } = rig;
      return { ...rig, swapCall: ({ account: from, ...order }) => swapV4({ at, from, key, ...order }) };
    }),
  "pancakeswap-v3": (client, sqrtPriceX96) =>
    deploy(client, deployPancakeV3, fund, async (at, tokens) =>
      withSwaps(await addPancakePool(client, at, tokens, { sqrtPriceX96 })),
    ),
  "algebra-integral": (client, sqrtPriceX96) =>
    deploy(client, deployAlgebra, fund, async (at, tokens) =>
      withSwaps(await addAlgebraPool(client, at, tokens, { sqrtPriceX96 })),
    ),
};

/** Of Uniswap v3 and the protocols grown from it. */
function withSwaps(rig: ProtocolRig & { at: { caller: Address } }): DemoRig {
  const { at, pool } = rig;
  return {
    ...rig,
    swapCall: ({ account: from, ...order }) => swap({ caller: at.caller, from, pool, ...order }),
  };
}

async function deploy<At extends { deployer: Address; accounts: Address[] }>(
  client: ChainClient,
  contracts: (client: ChainClient) => Promise<At>,
  fundAccounts: (client: ChainClient, at: At, tokens: Address[], accounts: Address[]) => Promise<void>,
  addPool: (at: At, tokens: [Address, Address]) => Promise<DemoRig>,
): Promise<DemoRig> {
  const at = await contracts(client);
  const ether = { name: "Demo Ether", symbol: "ETH", decimals: 18 };
  const dollar = { name: "Demo Dollar", symbol: "USD", decimals: 6 };
  // Which one is token0 depends on the addresses: deployed again until prices are in dollars an ether.
  const token0 = await deployToken(client, at.deployer, ether);
  let token1 = await deployToken(client, at.deployer, dollar);
  while (sortTokens(token0, token1)[0] !== token0) token1 = await deployToken(client, at.deployer, dollar);
  await fundAccounts(client, at, [token0, token1], at.accounts);
  return addPool(at, [token0, token1]);
}

/** A protocol's name as the API says it, or as it is written, for people. @example protocolTitle("UNISWAP_V3") // "Uniswap v3" */
export function protocolTitle(name: string): string {
  const protocol = PROTOCOLS.find((known) => known === name.toLowerCase().replaceAll("_", "-"));
  return protocol === undefined ? name : protocolTerms[protocol].title;
}
