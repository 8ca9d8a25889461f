import { expect, test } from "vitest";
import type { Worth } from "./amounts.ts";
import type { Figures } from "./basket.ts";
import { collect, deposit, handOver, withdraw } from "./booking.ts";
import { toNumber } from "./fraction.ts";
import { earned, openPosition, type Position, positionFigures, segmentFigures } from "./position.ts";

const ONE = 2n ** 96n;
const OWNER = "0x0000000000000000000000000000000000000001";
const NEXT = "0x0000000000000000000000000000000000000002";
const AT = { id: "1:2:3", pool: OWNER, tickLower: -60, tickUpper: 60, tokenId: 3n } as const;

test("the history of metrics.md 4.1 is worth what 4.6 says, in raw token1", () => {
  const position = openPosition(AT, OWNER, 1);
  const flow = (liquidity: bigint, amount0: bigint, amount1: bigint, sqrtPriceX96: bigint) => ({
    liquidity,
    amounts: [amount0, amount1] as const,
    sqrtPriceX96,
  });
  deposit(position, flow(10n ** 16n, 31442952788347355012n, 37855704095n, 3543226830587239509588885n));
  deposit(position, flow(5n * 10n ** 15n, 10269081066075328779n, 30391945556n, 3724882643302912312464336n));
  withdraw(position, flow(9n * 10n ** 15n, 13758161189406625917n, 65416588660n, 3819173722705582514354192n));
  const figures = positionFigures(position, {
    sqrtPriceX96: 3632919503999448234869331n,
    principal: [15553445685090027117n, 29505906636n],
    owed: [13758161189406625917n, 65416588660n],
  });
  // There each event's value is truncated before it is added: of three events, up to three units.
  expect(truncated(figures)).toEqual({
    total: 5761312628n - 1n,
    realized: 5086391303n - 1n,
    unrealized: 674921325n,
    priceEffect: 7651146277n,
    impermanentLoss: -1889833649n,
    fees: 0n,
  });
});

test("full range, price 1, 2 at the transfer, 1 again: the position lost 0, the owners 0.1716 and 0.1213 (metrics.md 4.5)", () => {
  const position = openPosition(AT, OWNER, 1);
  const unit = 10n ** 18n;
  deposit(position, { liquidity: unit, amounts: [unit, unit], sqrtPriceX96: ONE });
  // The square root of 2, and what full-range liquidity of 10^18 holds there.
  const doubled = { sqrtPriceX96: 112045541949572279837463876454n, owed: [0n, 0n] } as const;
  const principal = [707106781186547524n, 1414213562373095048n] as const;
  handOver(position, NEXT, 2, {
    ...doubled,
    principal,
    principalUp: [principal[0] + 1n, principal[1] + 1n],
  });
  const end = { sqrtPriceX96: ONE, principal: [unit - 1n, unit - 1n], owed: [0n, 0n] } as const;
  const whole = positionFigures(position, end);
  const parts = position.segments.map((segment) => segmentFigures(position, segment, end));
  expect(in1(whole.impermanentLoss)).toBeCloseTo(0, 12);
  expect(parts.map(({ impermanentLoss }) => in1(impermanentLoss).toFixed(4))).toEqual(["-0.1716", "-0.1213"]);
  expect(parts.map(({ total }) => in1(total).toFixed(4))).toEqual(["0.8284", "-0.8284"]);
  expect(parts.reduce((sum, { total }) => sum + in1(total), 0)).toBeCloseTo(in1(whole.total), 12);
});

test("fees that come with a transfer are the old owner's: their collection is no fee of the new one, its price change is", () => {
  const { position, end } = passedWithFees();
  collect(position, { paid: [10n, 0n], debited: [10n, 0n], sqrtPriceX96: 2n * ONE });
  const [first, second] = position.segments.map((segment) =>
    segmentFigures(position, segment, { ...end, owed: [3n, 0n] }),
  );
  // 8 waited at the transfer at price 1; 10 were collected at price 4, 3 more wait there.
  expect(first && truncated(first)).toMatchObject({ total: 8n, fees: 8n, priceEffect: 0n });
  expect(second && truncated(second)).toMatchObject({ fees: (2n + 3n) * 4n });
  // The 100 that were held and the 8 that came with them gained 3 each.
  expect(second && truncated(second)).toMatchObject({ total: 20n + 300n + 24n, priceEffect: 300n + 24n });
  expect(position.segments.map(({ earnedBefore, earnedAfter }) => [earnedBefore, earnedAfter])).toEqual([
    [
      [0n, 0n],
      [8n, 0n],
    ],
    [[8n, 0n], null],
  ]);
  expect(earned(position, { ...end, owed: [3n, 0n] })).toEqual([13n, 0n]);
});

test("fees that were collected stay what they were worth then when principal is withdrawn after", () => {
  const { position, end } = passedWithFees();
  collect(position, { paid: [8n, 0n], debited: [8n, 0n], sqrtPriceX96: ONE });
  collect(position, { paid: [2n, 0n], debited: [2n, 0n], sqrtPriceX96: 2n * ONE });
  withdraw(position, { liquidity: 5n, amounts: [5n, 50n], sqrtPriceX96: 2n * ONE });
  // 10 were collected, worth 16; what waits is all principal.
  const figures = positionFigures(position, { ...end, principal: [95n, 950n], owed: [5n, 50n] });
  expect(truncated(figures).fees).toBe(16n);
  expect(earned(position, { ...end, owed: [5n, 50n] })).toEqual([10n, 0n]);
});

/** 100 and 1000 at price 1, handed over with 8 of fees waiting; then price 4, no liquidity moved. */
function passedWithFees() {
  const position: Position = openPosition(AT, OWNER, 1);
  const amounts = [100n, 1000n] as const;
  deposit(position, { liquidity: 100n, amounts, sqrtPriceX96: ONE });
  const moment = { sqrtPriceX96: ONE, principal: amounts, principalUp: amounts, owed: [8n, 0n] as const };
  handOver(position, NEXT, 2, moment);
  return { position, end: { sqrtPriceX96: 2n * ONE, principal: amounts, owed: [0n, 0n] as const } };
}

function in1([, worth]: Worth): number {
  return toNumber({ n: worth.n, d: worth.d * 10n ** 18n });
}

function truncated(figures: Figures): Record<string, bigint> {
  const entries = Object.entries(figures) as [string, Worth][];
  return Object.fromEntries(entries.map(([name, [, { n, d }]]) => [name, n / d]));
}
