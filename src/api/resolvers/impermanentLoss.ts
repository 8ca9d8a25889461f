import { feesEarned } from "../../state/feeParts.ts";
import type { ApiContext } from "../context.ts";
import { allFlowsAtSpot } from "../metrics/allFlowsAtSpot.ts";
import { type ImpermanentLoss, impermanentLoss } from "../metrics/impermanentLoss.ts";
import { feeCoverage, netOfFees } from "../metrics/netOfFees.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Amounts, Numeraire } from "./amounts.ts";
import { ledgerOf } from "./ledger.ts";
import type { Pair } from "./pair.ts";
import type { Standing } from "./standing.ts";

type Args = { in: Numeraire };

export const impermanentLossResolvers = {
  hold: ({ row, pair }: Standing): Amounts => ({ amount0: row.hold0, amount1: row.hold1, pair }),
  unrealized: (standing: Standing, args: Args) => {
    const { unrealizedRaw0, unrealizedRaw1 } = lossOf(standing);
    return inNumeraire(unrealizedRaw0, unrealizedRaw1, standing.pair, args.in);
  },
  realized: ({ row, pair }: Standing, args: Args) =>
    inNumeraire(row.realizedIl0, row.realizedIl1, pair, args.in),
  total: (standing: Standing, args: Args) => {
    const { totalRaw0, totalRaw1 } = lossOf(standing);
    return inNumeraire(totalRaw0, totalRaw1, standing.pair, args.in);
  },
  unrealizedRaw1: (standing: Standing) => lossOf(standing).unrealizedRaw1,
  realizedRaw1: ({ row }: Standing) => row.realizedIl1,
  ratio: (standing: Standing) => lossOf(standing).ratio,
  allFlowsAtSpot: (standing: Standing, args: Args) => {
    const { row, held, sqrtPriceX96, pair } = standing;
    const { raw0, raw1 } = allFlowsAtSpot({ ...row, ...held, sqrtPriceX96 });
    return inNumeraire(raw0, raw1, pair, args.in);
  },
  netOfFees: async (standing: Standing, args: Args, context: ApiContext) => {
    const fees = await lifetimeFees(standing, context);
    if (fees === null) return null;
    const { row, held, sqrtPriceX96, pair } = standing;
    const { raw0, raw1 } = netOfFees({ ...row, ...held, sqrtPriceX96 }, fees);
    return inNumeraire(raw0, raw1, pair, args.in);
  },
  feeCoverage: async (standing: Standing, _: unknown, context: ApiContext) => {
    const fees = await lifetimeFees(standing, context);
    const { row, held, sqrtPriceX96 } = standing;
    return fees && feeCoverage({ ...row, ...held, sqrtPriceX96 }, fees);
  },
};

async function lifetimeFees({ position }: Standing, context: ApiContext) {
  const ledger = await ledgerOf(position, context);
  return ledger && feesEarned(ledger.row, ledger.owedNow);
}

function lossOf({ row, held, sqrtPriceX96 }: Standing): ImpermanentLoss {
  return impermanentLoss({ ...row, ...held, sqrtPriceX96 });
}

function inNumeraire(raw0: bigint, raw1: bigint, pair: Pair, numeraire: Numeraire): number | null {
  return numeraire === "TOKEN0"
    ? wholeUnits(raw0, pair.token0Decimals)
    : wholeUnits(raw1, pair.token1Decimals);
}
