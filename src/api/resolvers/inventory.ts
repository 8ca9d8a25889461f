import { ApiError } from "../errors.ts";
import { inventorySkew, inventorySkewE18, share0, skewRisk } from "../metrics/inventorySkew.ts";
import { netInventory, netInventoryRatio } from "../metrics/netInventory.ts";
import { rangePosition } from "../metrics/rangePosition.ts";
import { skewVsEntry } from "../metrics/skewVsEntry.ts";
import { skewVsTarget } from "../metrics/skewVsTarget.ts";
import type { PricedAmounts } from "../metrics/value.ts";
import type { Amounts } from "./amounts.ts";
import type { Standing } from "./standing.ts";

export const inventoryResolvers = {
  amounts: ({ held, pair }: Standing): Amounts => ({ ...held, pair }),
  share0: (standing: Standing) => share0(priced(standing)),
  skew: (standing: Standing) => inventorySkew(priced(standing)),
  skewE18: (standing: Standing) => inventorySkewE18(priced(standing)),
  skewRisk: (standing: Standing) =>
    skewRisk(inventorySkew(priced(standing)), standing.pool.riskToken === 1 ? 1 : 0),
  skewVsTarget: (standing: Standing, { targetShare }: { targetShare: number }) => {
    if (targetShare < 0 || targetShare > 1) {
      throw new ApiError(
        "BAD_INPUT",
        "targetShare is from 0 to 1: 0.3 asks for 30 % of the value in token0.",
      );
    }
    return skewVsTarget(share0(priced(standing)), targetShare);
  },
  skewVsEntry: (standing: Standing) =>
    skewVsEntry({
      share0: share0(priced(standing)),
      entryValue1: standing.sums.entryValue1,
      hold1: standing.sums.hold1,
    }),
  netInventory: ({ held, sums, pair }: Standing): Amounts => ({
    ...netInventory({ ...held, ...sums }),
    pair,
  }),
  netInventoryRatio: ({ held, sums, sqrtPriceX96 }: Standing) =>
    netInventoryRatio({ ...held, hold0: sums.hold0, hold1: sums.hold1, sqrtPriceX96 }),
  /** Of one range: several have no common one. */
  rangePosition: ({ ranges: [range, ...others], tick }: Standing) =>
    range === undefined || others.length > 0 || range.liquidity === 0n
      ? null
      : rangePosition({ ...range, tick }),
};

function priced({ held, sqrtPriceX96 }: Standing): PricedAmounts {
  return { ...held, sqrtPriceX96 };
}
