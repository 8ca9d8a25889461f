/** Every kind of operation of the random history by name, and how often each comes up. */
import * as aims from "./historyAims.ts";
import * as direct from "./historyDirect.ts";
import * as nfts from "./historyNfts.ts";
import * as trades from "./historyTrades.ts";
import * as transfers from "./historyTransfers.ts";
import type { Operation } from "./historyWorld.ts";

export const operations = {
  openNft: nfts.openNft,
  openAndCloseNft: nfts.openAndCloseNft,
  increaseNft: nfts.increase,
  decreaseNft: nfts.decrease,
  collectNft: nfts.collect,
  transferNft: nfts.transfer,
  closeNft: nfts.closeNft,
  collectPartNft: transfers.collectPart,
  transferToSelf: transfers.transferToSelf,
  transferAndBack: transfers.transferAndBack,
  mintAndMove: transfers.mintAndMove,
  collectAndTransfer: transfers.collectAndTransfer,
  transferAndCollect: transfers.transferAndCollect,
  decreaseAndTransfer: transfers.decreaseAndTransfer,
  leaveInOneTransaction: transfers.leaveInOneTransaction,
  transferAndDecrease: transfers.transferAndDecrease,
  transferAndClose: transfers.transferAndClose,
  tradeAroundTransfer: transfers.tradeAroundTransfer,
  stake: transfers.stake,
  collectStaked: transfers.collectStaked,
  unstake: transfers.unstake,
  openDirect: direct.openDirect,
  increaseDirect: direct.increaseDirect,
  decreaseDirect: direct.decreaseDirect,
  poke: direct.poke,
  openAndCloseDirect: direct.openAndCloseDirect,
  trade: trades.trade,
  tradeToTick: trades.tradeToTick,
  tradeFar: trades.tradeFar,
  tradeToBoundary: aims.tradeToBoundary,
  tradeOntoBoundary: aims.tradeOntoBoundary,
  tradeToPrice: aims.tradeToPrice,
  tradeDust: aims.tradeDust,
  sweep: aims.sweep,
  borrow: trades.borrow,
  overpay: aims.overpay,
  changeProtocolFee: trades.changeProtocolFee,
  payProtocol: trades.payProtocol,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** How often each comes up, relative to the others; what is left out never does. */
export type Weights = Partial<Record<OperationName, number>>;

/** Mostly liquidity that comes, changes and goes. */
export const liquidityWeights: Weights = {
  openNft: 14,
  openAndCloseNft: 3,
  increaseNft: 7,
  decreaseNft: 9,
  collectNft: 5,
  transferNft: 4,
  closeNft: 3,
  openDirect: 6,
  increaseDirect: 3,
  decreaseDirect: 5,
  poke: 2,
  openAndCloseDirect: 3,
  trade: 20,
  tradeToTick: 6,
  tradeFar: 3,
  borrow: 3,
  changeProtocolFee: 2,
  payProtocol: 2,
};

/** Positions for swaps to come upon. */
export const openingWeights: Weights = { openNft: 3, openDirect: 4, trade: 1 };

/** Mostly swaps, many of them aimed at boundaries; liquidity changes often enough that ticks come and go. */
export const feeWeights: Weights = {
  openNft: 25,
  openAndCloseNft: 8,
  increaseNft: 12,
  decreaseNft: 16,
  collectNft: 12,
  transferNft: 4,
  closeNft: 8,
  openDirect: 20,
  increaseDirect: 8,
  decreaseDirect: 16,
  poke: 12,
  openAndCloseDirect: 10,
  trade: 340,
  tradeToTick: 60,
  tradeFar: 20,
  tradeToBoundary: 110,
  tradeOntoBoundary: 110,
  tradeToPrice: 50,
  tradeDust: 100,
  sweep: 6,
  borrow: 20,
  overpay: 200,
  changeProtocolFee: 12,
  payProtocol: 10,
};

/** NFTs that go from hand to hand, before and after collects and partial closings; trades enough to earn on. */
export const ownerWeights: Weights = {
  openNft: 16,
  openAndCloseNft: 2,
  increaseNft: 8,
  decreaseNft: 8,
  collectNft: 5,
  collectPartNft: 6,
  transferNft: 6,
  closeNft: 3,
  transferToSelf: 2,
  transferAndBack: 3,
  mintAndMove: 3,
  collectAndTransfer: 4,
  transferAndCollect: 4,
  decreaseAndTransfer: 5,
  leaveInOneTransaction: 3,
  transferAndDecrease: 4,
  transferAndClose: 2,
  tradeAroundTransfer: 4,
  stake: 4,
  collectStaked: 3,
  unstake: 4,
  openDirect: 4,
  increaseDirect: 2,
  decreaseDirect: 4,
  poke: 2,
  openAndCloseDirect: 2,
  trade: 32,
  tradeToTick: 4,
  tradeFar: 2,
  borrow: 3,
  changeProtocolFee: 1,
  payProtocol: 1,
};
