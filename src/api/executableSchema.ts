import { createSchema } from "graphql-yoga";
import { bigIntScalar } from "./bigIntScalar.ts";
import type { ApiContext } from "./context.ts";
import { hexScalar } from "./hexScalar.ts";
import { accountResolvers } from "./resolvers/account.ts";
import { accountExposureResolvers, tokenExposureResolvers } from "./resolvers/accountExposure.ts";
import { accountPointResolvers } from "./resolvers/accountHistory.ts";
import { accountListResolvers } from "./resolvers/accountLists.ts";
import { adverseSelectionResolvers } from "./resolvers/adverseSelection.ts";
import { amountsResolvers } from "./resolvers/amounts.ts";
import { bookProfitAndLossResolvers } from "./resolvers/bookProfitAndLoss.ts";
import { candleResolvers, candles } from "./resolvers/candles.ts";
import { poolEventResolvers, positionEventResolvers } from "./resolvers/eventLists.ts";
import { exposureResolvers } from "./resolvers/exposure.ts";
import { feesResolvers } from "./resolvers/fees.ts";
import { flowResolvers } from "./resolvers/flow.ts";
import { impermanentLossResolvers } from "./resolvers/impermanentLoss.ts";
import { inventoryResolvers } from "./resolvers/inventory.ts";
import { limitBreachResolvers } from "./resolvers/limitBreach.ts";
import { liquidityEventResolvers } from "./resolvers/liquidityEvent.ts";
import { orderFlowResolvers } from "./resolvers/orderFlow.ts";
import { ownershipResolvers } from "./resolvers/ownership.ts";
import { poolResolvers } from "./resolvers/pool.ts";
import { poolBookResolvers } from "./resolvers/poolBook.ts";
import { poolLiquidityResolvers, tickResolvers } from "./resolvers/poolLiquidity.ts";
import { poolTotalsResolvers, volumeResolvers } from "./resolvers/poolTotals.ts";
import { positionResolvers } from "./resolvers/position.ts";
import { positionPointResolvers } from "./resolvers/positionHistory.ts";
import { profitAndLossResolvers } from "./resolvers/profitAndLoss.ts";
import { queryResolvers } from "./resolvers/query.ts";
import { quotePriceResolvers } from "./resolvers/quotePrice.ts";
import { chainStatusResolvers } from "./resolvers/status.ts";
import { swapResolvers } from "./resolvers/swap.ts";
import { tokenResolvers } from "./resolvers/token.ts";
import { tokenInventoryResolvers } from "./resolvers/tokenInventory.ts";
import { typeDefs } from "./schema.ts";

/** The served schema with its resolvers. */
export const executableSchema = createSchema<ApiContext>({
  typeDefs,
  resolvers: {
    BigInt: bigIntScalar,
    Hex: hexScalar,
    Query: queryResolvers,
    ChainStatus: chainStatusResolvers,
    Token: tokenResolvers,
    QuotePrice: quotePriceResolvers,
    Pool: { ...poolResolvers, candles, ...poolLiquidityResolvers, ...poolEventResolvers },
    Position: { ...positionResolvers, ...positionEventResolvers },
    PositionPoint: positionPointResolvers,
    Candle: candleResolvers,
    LiquidityEvent: liquidityEventResolvers,
    Swap: swapResolvers,
    Inventory: inventoryResolvers,
    Account: { ...accountResolvers, ...accountListResolvers },
    AccountExposure: accountExposureResolvers,
    TokenExposure: tokenExposureResolvers,
    LimitBreach: limitBreachResolvers,
    UnreadLimit: limitBreachResolvers,
    AccountPoint: accountPointResolvers,
    TokenInventory: tokenInventoryResolvers,
    PoolBook: poolBookResolvers,
    BookProfitAndLoss: bookProfitAndLossResolvers,
    Amounts: amountsResolvers,
    Flow: flowResolvers,
    Exposure: exposureResolvers,
    Fees: feesResolvers,
    Tick: tickResolvers,
    Volume: volumeResolvers,
    PoolTotals: poolTotalsResolvers,
    OrderFlow: orderFlowResolvers,
    AdverseSelection: adverseSelectionResolvers,
    ImpermanentLoss: impermanentLossResolvers,
    ProfitAndLoss: profitAndLossResolvers,
    Ownership: ownershipResolvers,
  },
});
