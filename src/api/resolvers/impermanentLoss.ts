import type { ApiContext } from "../context.ts";
import { allFlowsAtSpot } from "../metrics/allFlowsAtSpot.ts";
import { versusHalf, versusToken0, versusToken1 } from "../metrics/benchmarks.ts";
import { breakEven } from "../metrics/breakEven.ts";
import { type ImpermanentLoss, impermanentLoss } from "../metrics/impermanentLoss.ts";
import { feeCoverage, netOfFees } from "../metrics/netOfFees.ts";
import { apr } from "../metrics/returns.ts";
import type { Amounts } from "./amounts.ts";
import { type Answer, type Figure, figureIn, type InNumeraire, quotedNow } from "./numeraire.ts";
import type { Standing } from "./standing.ts";

export const impermanentLossResolvers = {
  hold: ({ sums, pair }: Standing): Amounts => ({ amount0: sums.hold0, amount1: sums.hold1, pair }),
  unrealized: (standing: Standing, args: InNumeraire, context: ApiContext) => {
    const { unrealizedRaw0, unrealizedRaw1 } = lossOf(standing);
    return figureIn({ raw0: unrealizedRaw0, raw1: unrealizedRaw1 }, standing.pair, args.in, context);
  },
  realized: (standing: Standing, args: InNumeraire, context: ApiContext): Answer => {
    const { realizedIl0, realizedIl1 } = standing.sums;
    if (args.in === "QUOTE_THEN") return realizedThen(standing, 0n, context);
    return figureIn({ raw0: realizedIl0, raw1: realizedIl1 }, standing.pair, args.in, context);
  },
  total: (standing: Standing, args: InNumeraire, context: ApiContext): Answer => {
    const { totalRaw0, totalRaw1, unrealizedRaw1 } = lossOf(standing);
    if (args.in === "QUOTE_THEN") return realizedThen(standing, unrealizedRaw1, context);
    return figureIn({ raw0: totalRaw0, raw1: totalRaw1 }, standing.pair, args.in, context);
  },
  unrealizedRaw1: (standing: Standing) => lossOf(standing).unrealizedRaw1,
  realizedRaw1: ({ sums }: Standing) => sums.realizedIl1,
  ratio: (standing: Standing) => lossOf(standing).ratio,
  apr: (standing: Standing) => apr(lossOf(standing).totalRaw1, standing.sums),
  versusToken0: present(versusToken0),
  versusToken1: present(versusToken1),
  versusHalf: present(versusHalf),
  allFlowsAtSpot: present((standing) => allFlowsAtSpot(flat(standing))),
  netOfFees: async (standing: Standing, args: InNumeraire, context: ApiContext) => {
    const fees = await standing.fees(context);
    if (fees === null) return null;
    const { raw0, raw1 } = netOfFees(flat(standing), fees.earned);
    if (args.in === "QUOTE_THEN") return realizedThen(standing, raw1 - standing.sums.realizedIl1, context);
    return figureIn({ raw0, raw1 }, standing.pair, args.in, context);
  },
  feeCoverage: async (standing: Standing, _: unknown, context: ApiContext) => {
    const fees = await standing.fees(context);
    return fees && feeCoverage(flat(standing), fees.earned);
  },
  breakEvenLower: async (standing: Standing, _: unknown, context: ApiContext) => {
    const fees = await standing.fees(context);
    return fees && breakEven({ ...standing, fees: fees.earned }).lower;
  },
  breakEvenUpper: async (standing: Standing, _: unknown, context: ApiContext) => {
    const fees = await standing.fees(context);
    return fees && breakEven({ ...standing, fees: fees.earned }).upper;
  },
};

/** A figure of what is held now: QUOTE_THEN has no flow of it to convert. */
function present(figureOf: (standing: Standing) => Figure) {
  return (standing: Standing, args: InNumeraire, context: ApiContext): Answer =>
    figureIn(figureOf(standing), standing.pair, args.in, context);
}

/** Realised loss at the quote prices of its withdrawals, and a present figure at that of now. */
async function realizedThen(standing: Standing, now1: bigint, context: ApiContext): Promise<number | null> {
  const flows = await standing.quotedFlows(context);
  const quoted = await quotedNow(now1, standing.pair, context);
  return flows === null || quoted === null ? null : flows.realizedIl + quoted;
}

function lossOf(standing: Standing): ImpermanentLoss {
  return impermanentLoss(flat(standing));
}

function flat({ sums, held, sqrtPriceX96 }: Standing) {
  return { ...sums, ...held, sqrtPriceX96 };
}
