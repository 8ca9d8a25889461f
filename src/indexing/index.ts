import { ponder } from "ponder:registry";
import config, { markets } from "../../ponder.config.ts";
import * as uniswapV3 from "../protocols/uniswapV3.ts";
import type { ChainSettings } from "./chainSettings.ts";
import { type EventScope, saveBlock, scopeOf } from "./eventScope.ts";
import { recordDecrease, recordNftCollect } from "./payNft.ts";
import { recordCollect } from "./recordCollect.ts";
import { recordBurn, recordMint } from "./recordLiquidity.ts";
import { recordIncrease } from "./recordNft.ts";
import { recordNftTransfer } from "./recordNftTransfer.ts";
import { recordInitialize, recordPoolCreated } from "./recordPool.ts";
import { recordCollectProtocol, recordFlash, recordProtocolFee } from "./recordPoolFees.ts";
import { recordSwap } from "./recordSwap.ts";

type Handler = Parameters<typeof scopeOf>[0];

const settings = new Map(markets.chains.map((chain) => [chain.id, chainSettings(chain)]));

async function enter(handler: Handler): Promise<EventScope> {
  const scope = scopeOf(handler, settingsOf);
  await saveBlock(scope);
  return scope;
}

if ("UniswapV3Factory" in config.contracts) {
  ponder.on("UniswapV3Factory:PoolCreated", async (handler) =>
    recordPoolCreated(await enter(handler), uniswapV3.poolTerms(handler.event)),
  );
}

ponder.on("UniswapV3Pool:Initialize", async (handler) =>
  recordInitialize(await enter(handler), uniswapV3.poolOf(handler.event), handler.event.args),
);
ponder.on("UniswapV3Pool:Swap", async (handler) =>
  recordSwap(await enter(handler), uniswapV3.swap(handler.event)),
);
ponder.on("UniswapV3Pool:Mint", async (handler) =>
  recordMint(await enter(handler), uniswapV3.mint(handler.event)),
);
ponder.on("UniswapV3Pool:Burn", async (handler) =>
  recordBurn(await enter(handler), uniswapV3.burn(handler.event)),
);
ponder.on("UniswapV3Pool:Collect", async (handler) =>
  recordCollect(await enter(handler), uniswapV3.collect(handler.event)),
);
ponder.on("UniswapV3Pool:Flash", async (handler) =>
  recordFlash(await enter(handler), uniswapV3.poolOf(handler.event), uniswapV3.flash(handler.event)),
);
ponder.on("UniswapV3Pool:SetFeeProtocol", async (handler) =>
  recordProtocolFee(
    await enter(handler),
    uniswapV3.poolOf(handler.event),
    uniswapV3.protocolFee(handler.event),
  ),
);
ponder.on("UniswapV3Pool:CollectProtocol", async (handler) =>
  recordCollectProtocol(
    await enter(handler),
    uniswapV3.poolOf(handler.event),
    uniswapV3.protocolCollect(handler.event),
  ),
);

// Most of a manager's NFTs may belong to pools that are not indexed: their events write nothing, no block either.
if ("UniswapV3PositionManager" in config.contracts) {
  ponder.on("UniswapV3PositionManager:IncreaseLiquidity", async (handler) =>
    recordIncrease(scopeOf(handler, settingsOf), uniswapV3.nftChange(handler.event)),
  );
  ponder.on("UniswapV3PositionManager:DecreaseLiquidity", async (handler) =>
    recordDecrease(scopeOf(handler, settingsOf), uniswapV3.nftChange(handler.event)),
  );
  ponder.on("UniswapV3PositionManager:Collect", async (handler) =>
    recordNftCollect(scopeOf(handler, settingsOf), uniswapV3.nftCollect(handler.event)),
  );
  ponder.on("UniswapV3PositionManager:Transfer", async (handler) =>
    recordNftTransfer(scopeOf(handler, settingsOf), uniswapV3.nftTransfer(handler.event)),
  );
}

function settingsOf(chainId: number): ChainSettings {
  const found = settings.get(chainId);
  if (found === undefined) throw new Error(`chain id ${chainId} is not in the markets file`);
  return found;
}

function chainSettings(chain: (typeof markets.chains)[number]): ChainSettings {
  const { quoteToken, stablecoins, wrappedNative, uniswapV3: market } = chain;
  const cash = quoteToken === null ? stablecoins : new Set([...stablecoins, quoteToken]);
  return {
    positionManagers: market.positionManagers,
    stakers: market.stakers,
    listedPools: market.pools,
    cash: { stablecoins: cash, wrappedNative },
  };
}
