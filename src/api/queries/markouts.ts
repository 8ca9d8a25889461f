import { sql } from "drizzle-orm";
import { swap } from "../../../ponder.schema.ts";
import type { MarkoutSums } from "../metrics/markout.ts";
import type { Snapshot } from "../snapshot.ts";
import { type SwapSpan, within } from "./windowSwaps.ts";

const Q192 = sql.raw(String(2n ** 192n));

/**
 * Sums over a pool's swaps that `horizon` seconds have passed since at `until` (unix seconds), each against the last
 * price up to then. A swap's place counts below its second: 2^32 swaps fit into one.
 */
export async function sumMarkouts(
  snapshot: Snapshot,
  span: SwapSpan,
  { horizon, until }: { horizon: number; until: number },
): Promise<MarkoutSums> {
  const reach = BigInt(horizon + 1) * 2n ** 32n - 1n;
  const placed = sql`select ${swap.timestamp} as timestamp, ${swap.amount0} as amount0, ${swap.amount1} as amount1,
      ${swap.sqrtPriceX96} as price, ${swap.timestamp} * 4294967296::bigint
        + row_number() over (order by ${swap.blockNumber}, ${swap.logIndex}) as place
    from ${swap} where ${within(span)}`;
  const later = sql`select timestamp, amount0, amount1, last_value(price) over
      (order by place range between current row and ${sql.raw(String(reach))} following) as price
    from (${placed}) as placed`;
  const gains = sql`select abs(amount1) as notional, amount0 * price * price + amount1 * ${Q192} as gain
    from (${later}) as later where timestamp + ${horizon}::bigint <= ${until}`;
  const { rows } = (await snapshot.execute(
    sql`select coalesce(sum(gain), 0)::text as gain, coalesce(sum(notional), 0)::text as notional,
        coalesce(sum(notional) filter (where gain < 0), 0)::text as toxic from (${gains}) as gains`,
  )) as { rows: { gain: string; notional: string; toxic: string }[] };
  const [sums] = rows;
  return {
    gainX192: BigInt(sums?.gain ?? 0),
    notional: BigInt(sums?.notional ?? 0),
    toxicNotional: BigInt(sums?.toxic ?? 0),
  };
}
