import { ApiError } from "../errors.ts";
import { inventorySkew, inventorySkewE18, share0, skewRisk } from "../metrics/inventorySkew.ts";
import { netInventory, netInventoryRatio } from "../metrics/netInventory.ts";
import { isPair } from "../metrics/protocol.ts";
import { rangePosition } from "../metrics/rangePosition.ts";
import { skewVsEntry } from "../metrics/skewVsEntry.ts";
import { skewVsTarget } from "../metrics/skewVsTarget.ts";
import type { PricedAmounts } from "../metrics/value.ts";
import type { Amounts } from "./amounts.ts";
import type { Standing } from "./standing.ts";

/** What an inventory needs of a book: all LPs of a pool have one, but not all else of a {@link Standing}. */
export type InventoryStanding = Pick<
  Standing,
  "held" | "ranges" | "pool" | "pair" | "sqrtPriceX96" | "tick"
> & { sums: Pick<Standing["sums"], "hold0" | "hold1" | "entryValue1"> };

export const inventoryResolvers = {
  amounts: ({ held, pair }: InventoryStanding): Amounts => ({ ...held, pair }),
  share0: (standing: InventoryStanding) => share0(priced(standing)),
  skew: (standing: InventoryStanding) => inventorySkew(priced(standing)),
  skewE18: (standing: InventoryStanding) => inventorySkewE18(priced(standing)),
  skewRisk: (standing: InventoryStanding) =>
    skewRisk(inventorySkew(priced(standing)), standing.pool.riskToken === 1 ? 1 : 0),
  skewVsTarget: (standing: InventoryStanding, { targetShare }: { targetShare: number }) => {
    if (targetShare < 0 || targetShare > 1) {
      throw new ApiError(
        "BAD_INPUT",
        "targetShare is from 0 to 1: 0.3 asks for 30 % of the value in token0.",
      );
    }
    return skewVsTarget(share0(priced(standing)), targetShare);
  },
  skewVsEntry: (standing: InventoryStanding) =>
    skewVsEntry({
      share0: share0(priced(standing)),
      entryValue1: standing.sums.entryValue1,
      hold1: standing.sums.hold1,
    }),
  netInventory: ({ held, sums, pair }: InventoryStanding): Amounts => ({
    ...netInventory({ ...held, ...sums }),
    pair,
  }),
  netInventoryRatio: ({ held, sums, sqrtPriceX96 }: InventoryStanding) =>
    netInventoryRatio({ ...held, hold0: sums.hold0, hold1: sums.hold1, sqrtPriceX96 }),
  /** Of one range: several have no common one, and a pair has none. */
  rangePosition: ({ ranges: [range, ...others], tick, pool }: InventoryStanding) =>
    range === undefined || others.length > 0 || range.liquidity === 0n || isPair(pool)
      ? null
      : rangePosition({ ...range, tick }),
};

function priced({ held, sqrtPriceX96 }: InventoryStanding): PricedAmounts {
  return { ...held, sqrtPriceX96 };
}
