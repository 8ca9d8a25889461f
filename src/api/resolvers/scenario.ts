import { ApiError } from "../errors.ts";
import { impermanentLoss } from "../metrics/impermanentLoss.ts";
import { inventorySkew } from "../metrics/inventorySkew.ts";
import { price } from "../metrics/price.ts";
import { moveBy, movedPrincipal, movedSqrtPrice } from "../metrics/priceMove.ts";
import { value, wholeUnits } from "../metrics/value.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Amounts } from "./amounts.ts";
import { pairOf } from "./pair.ts";
import { UnpricedPositionError } from "./standing.ts";

/** A position at another price. */
type ScenarioPoint = {
  shock: number;
  price: number | null;
  amounts: Amounts;
  value: number | null;
  impermanentLoss: number | null;
  skew: number | null;
};

const MAX_SHOCKS = 50;
/** A million times the price: what is past it is no price of the same market. */
const MAX_SHOCK = 1_000_000;

export function scenario(position: PositionAt, { shocks }: { shocks: readonly number[] }): ScenarioPoint[] {
  requireShocks(shocks);
  return shocks.map((shock) => pointAt(position, shock));
}

/** Throws BAD_INPUT. */
export function requireShocks(shocks: readonly number[]): void {
  if (shocks.length > MAX_SHOCKS) {
    throw new ApiError("BAD_INPUT", `shocks are ${shocks.length}: ask for ${MAX_SHOCKS} at most.`);
  }
  const bad = shocks.find((shock) => !(shock > -1 && shock <= MAX_SHOCK));
  if (bad === undefined) return;
  throw new ApiError(
    "BAD_INPUT",
    `A shock is ${bad}: it must be above -1 and at most ${MAX_SHOCK}; -0.2 is a price 20 % lower.`,
  );
}

function pointAt({ row, pool }: PositionAt, shock: number): ScenarioPoint {
  const { sqrtPriceX96: now, tick } = pool.row;
  if (now === null || tick === null) throw new UnpricedPositionError(row);
  const move = moveBy(shock);
  const sqrtPriceX96 = movedSqrtPrice(now, move);
  const pair = { ...pairOf(pool), sqrtPriceX96 };
  const held = movedPrincipal({ row, pool: { ...pool.row, sqrtPriceX96: now, tick } }, move);
  const priced = { ...held, sqrtPriceX96 };
  return {
    ...{ shock, price: price(sqrtPriceX96, pair), amounts: { ...held, pair } },
    value: value(priced, pair, "TOKEN1"),
    impermanentLoss: wholeUnits(impermanentLoss({ ...row, ...priced }).totalRaw1, pair.token1Decimals),
    skew: inventorySkew(priced),
  };
}
