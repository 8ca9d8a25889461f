import { toDouble } from "../../math/toDouble.ts";

/** Parts of equal volume that a day's trading is cut into, and how many of them the mean is over. */
const PARTS = 50;

/**
 * How one-sided trading is on the clock of its own volume, 0 to 1 (metrics.md 8): the mean of |bought - sold| over volume,
 * of the newest 50 parts of a fiftieth of a day's volume each. A trade on the border of two is split between them; what
 * does not fill a part is left out. `trades`: token1 raw, newest first, above 0 where token0 was bought;
 * `dayVolume1`: token1 of a day's trades, unsigned. Null without a full part.
 * Example: a day of one purchase and one sale of the same size is 1, each part being on one side.
 */
export function flowToxicity(trades: readonly bigint[], dayVolume1: bigint): number | null {
  if (dayVolume1 === 0n) return null;
  let [parts, oneSided, net, room] = [0n, 0n, 0n, dayVolume1];
  for (const trade of trades) {
    // Times 50 in place of a part divided by 50: nothing is rounded.
    let rest = (trade < 0n ? -trade : trade) * BigInt(PARTS);
    while (rest > 0n && parts < PARTS) {
      const taken = rest < room ? rest : room;
      net += trade < 0n ? -taken : taken;
      rest -= taken;
      room -= taken;
      if (room > 0n) continue;
      oneSided += net < 0n ? -net : net;
      parts += 1n;
      [net, room] = [0n, dayVolume1];
    }
  }
  return parts === 0n ? null : toDouble(oneSided, parts * dayVolume1);
}
