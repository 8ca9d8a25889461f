import type { QuotedFlows } from "./quotedFlows.ts";

/** In the quote token, at the price of now. */
export type QuotedPresent = { held: number; unrealizedIl: number; uncollected: number; receivable: number };

export type QuotedProfit = {
  total: number;
  realized: number;
  unrealized: number;
  priceEffect: number;
  impermanentLoss: number;
  fees: number;
};

/**
 * Profit and loss as a book in the quote token shows it: flows at the prices of their own blocks, what is held at the
 * price of now (metrics.md 4.6). The same terms as profitAndLoss, in doubles.
 * Example: 10 deposited, 4 held and 9 withdrawn, of a cost of 10 still 3: total 3, realised 2.
 */
export function quotedProfit(now: QuotedPresent, flows: QuotedFlows): QuotedProfit {
  const bought = now.receivable + flows.recovered - flows.received;
  const fees = flows.collected + now.uncollected;
  const impermanentLoss = flows.realizedIl + now.unrealizedIl;
  const total = now.held + flows.withdrawn + fees - flows.deposited + bought;
  const realized =
    flows.withdrawn -
    (flows.deposited - flows.cost) +
    flows.collected +
    flows.recovered -
    (flows.received - flows.receivableCost);
  return {
    ...{ total, realized, unrealized: total - realized },
    priceEffect:
      now.held - now.unrealizedIl + (flows.withdrawn - flows.realizedIl) - flows.deposited + bought,
    ...{ impermanentLoss, fees },
  };
}
