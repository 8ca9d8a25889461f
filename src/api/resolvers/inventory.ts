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
      entryValue1: standing.row.entryValue1,
      hold1: standing.row.hold1,
    }),
  netInventory: ({ held, row, pair }: Standing): Amounts => ({ ...netInventory({ ...held, ...row }), pair }),
  netInventoryRatio: ({ held, row, sqrtPriceX96 }: Standing) =>
    netInventoryRatio({ ...held, hold0: row.hold0, hold1: row.hold1, sqrtPriceX96 }),
  rangePosition: ({ row, tick }: Standing) =>
    row.liquidity === 0n ? null : rangePosition({ tick, tickLower: row.tickLower, tickUpper: row.tickUpper }),
};

function priced({ held, sqrtPriceX96 }: Standing): PricedAmounts {
  return { ...held, sqrtPriceX96 };
}
