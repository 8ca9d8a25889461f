import { add, nothing, worthOf } from "./amounts.ts";
import type { LeaderAnswer } from "./askOwners.ts";
import type { Comparison } from "./compare.ts";
import { earnedIn, sumFigures, type Time } from "./compareBooks.ts";
import { close, type Fraction, fraction, plus, times as product, size } from "./fraction.ts";

/** Ranks come from doubles, in which small differences of large flows and growths lose as much as a 2^-36th of these. */
const DOUBLES = fraction(1n, 2n ** 36n);

/** A leaderboard by profit, and what its accounts have and made by the independent books, in token1 of these decimals. */
export function compareLeaders(
  comparison: Comparison,
  leaders: readonly LeaderAnswer[],
  everyTime: readonly Time[],
  decimals: number,
): void {
  const owners = new Set(everyTime.map(({ segment }) => segment.owner));
  const said = leaders.map(({ account }) => account.address);
  comparison.exact("leaderboard", "accounts", said.toSorted(), [...owners].sort());
  const profits = leaders.map(({ pnl }) => pnl);
  comparison.exact(
    "leaderboard",
    "order",
    profits,
    profits.toSorted((a, b) => b - a),
  );
  comparison.exact(
    "leaderboard",
    "ranks",
    leaders.map(({ rank }) => rank),
    leaders.map((_, i) => i + 1),
  );
  for (const leader of leaders) {
    const { address } = leader.account;
    const own = everyTime.filter(({ segment }) => segment.owner === address);
    const { total, impermanentLoss } = sumFigures(own);
    const { n, d } = product(turnover(own), DOUBLES);
    const scale = { side: 1, decimals, units: Number(n / d) + 2 * own.length } as const;
    comparison.exact(
      address,
      "positions",
      leader.positions,
      new Set(own.map(({ position }) => position)).size,
    );
    comparison.near(address, "rank pnl", leader.pnl, total[1], scale);
    comparison.near(address, "rank IL", leader.impermanentLoss, impermanentLoss[1], scale);
    comparison.near(address, "rank fees", leader.fees, sumOf(own, feesAtSpot), scale);
    comparison.near(address, "rank value", leader.value, sumOf(own, worthNow), scale);
  }
}

/** All fees of its own at the price of the end. */
function feesAtSpot(time: Time): Fraction {
  return worthOf(earnedIn(time), time.moment.sqrtPriceX96)[1];
}

/** What closing would pay, to who owns it now. */
function worthNow({ position, segment, moment, payable }: Time): Fraction {
  if (segment !== position.segments.at(-1)) return fraction(0n);
  return worthOf(add(moment.principal, payable), moment.sqrtPriceX96)[1];
}

function turnover(times: readonly Time[]): Fraction {
  return sumOf(times, ({ segment: { basket, received }, moment }) =>
    plus(
      ...[basket.depositedWorth, basket.withdrawnWorth, received].map(([, in1]) => close(size(in1))),
      close(worthOf(add(basket.deposited, basket.withdrawn), moment.sqrtPriceX96)[1]),
    ),
  );
}

function sumOf(times: readonly Time[], part: (time: Time) => Fraction): Fraction {
  return times.reduce((sum, time) => plus(sum, close(part(time))), worthOf(nothing, 1n)[1]);
}
