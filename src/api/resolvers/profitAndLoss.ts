import type { ApiContext } from "../context.ts";
import { type ProfitAndLoss, present, profitAndLoss } from "../metrics/profitAndLoss.ts";
import { type QuotedProfit, quotedProfit } from "../metrics/quotedProfit.ts";
import { apr, roi } from "../metrics/returns.ts";
import { impermanentLossResolvers } from "./impermanentLoss.ts";
import { figureIn, type InNumeraire, quotedNow } from "./numeraire.ts";
import type { Standing } from "./standing.ts";

/** All but impermanent loss are null where fees are not known. */
export const profitAndLossResolvers = {
  total: part("total"),
  realized: part("realized"),
  unrealized: part("unrealized"),
  priceEffect: part("priceEffect"),
  impermanentLoss: impermanentLossResolvers.total,
  fees: part("fees"),
  roi: async (standing: Standing, _: unknown, context: ApiContext) => {
    const profit = await profitOf(standing, context);
    return profit && roi(profit.total.raw1, standing.sums);
  },
  apr: async (standing: Standing, _: unknown, context: ApiContext) => {
    const profit = await profitOf(standing, context);
    return profit && apr(profit.total.raw1, standing.sums);
  },
};

function part(name: keyof ProfitAndLoss) {
  return async (standing: Standing, args: InNumeraire, context: ApiContext): Promise<number | null> => {
    if (args.in === "QUOTE_THEN") return (await quotedProfitOf(standing, context))?.[name] ?? null;
    const profit = await profitOf(standing, context);
    return profit && figureIn(profit[name], standing.pair, args.in, context);
  };
}

/** In the pool's own tokens, raw. */
async function profitOf(standing: Standing, context: ApiContext): Promise<ProfitAndLoss | null> {
  const fees = await standing.fees(context);
  return fees && profitAndLoss({ ...standing, fees });
}

/** In the quote token, flows at the prices of their own blocks. */
export async function quotedProfitOf(standing: Standing, context: ApiContext): Promise<QuotedProfit | null> {
  const fees = await standing.fees(context);
  const flows = fees && (await standing.quotedFlows(context));
  if (fees === null || flows === null) return null;
  const now = present({ ...standing, fees });
  const quoted = (raw1: bigint) => quotedNow(raw1, standing.pair, context);
  const held = await quoted(now.held.raw1);
  const unrealizedIl = await quoted(now.unrealizedIl.raw1);
  const uncollected = await quoted(now.uncollected.raw1);
  const receivable = await quoted(now.receivable.raw1);
  if (held === null || unrealizedIl === null || uncollected === null || receivable === null) return null;
  return quotedProfit({ held, unrealizedIl, uncollected, receivable }, flows);
}
