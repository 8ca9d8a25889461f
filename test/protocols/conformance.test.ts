import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import { NotOfThisProtocolError, type RigPosition, type RigProtocol } from "../../demo/chain/protocolRig.ts";
import { type App, startApp } from "../app.ts";
import { askAccountHistory, askCandles, askPositionHistory } from "./conformance/askHistories.ts";
import { askEvents, askOpenIds, askPosition, type PositionAnswer } from "./conformance/askPositions.ts";
import { COMMON_EVENTS, differences } from "./conformance/differences.ts";
import { type History, playHistory, type Step, type StepName } from "./conformance/history.ts";
import { adapters, marketsOf } from "./conformance/rigs.ts";

type Lvr = { adverseSelection: { lvr: number | null; lvrPerSwap: number | null } };
type PoolLvr = Lvr & { positions: { items: Lvr[] } };

let anvil: Anvil;
let app: App;
const histories = new Map<RigProtocol, History>();

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_767_225_600 });
  const client = chainClient(anvil.url);
  for (const { protocol, start } of adapters) {
    const rig = await start(client);
    histories.set(protocol, await playHistory(rig, new Set(differences[protocol].without)));
  }
  const rigs = [...histories.values()].map(({ rig }) => rig);
  const [chain] = marketsOf(anvil.url, rigs).chains;
  // So that the accounts' histories have values: of the tokens of one pool.
  const quoteToken = historyOf("UNISWAP_V4").rig.token1;
  app = await startApp({ chains: [{ ...chain, quoteToken, quoteMinDepth: 0 }] });
  await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
});

afterAll(async () => {
  await app?.stop();
  await app?.remove();
  await anvil?.stop();
});

describe.each(adapters)("$protocol", ({ protocol, lpPips }) => {
  const different = differences[protocol];
  const has = (name: StepName) => !different.without.includes(name);

  test("what it has not is what its contracts refuse", async () => {
    const { rig, steps } = historyOf(protocol);
    for (const name of different.without) {
      expect(name).toBe("collect");
      await expect(rig.collect(last(steps).position)).rejects.toThrow(NotOfThisProtocolError);
    }
    expect(different.reasons.length > 0).toBe(
      Object.keys(different).length > 2 || different.without.length > 0,
    );
  });

  test("liquidity, owner and status after every operation are the chain's", async () => {
    for (const step of historyOf(protocol).steps) {
      const position = await positionAfter(protocol, step);
      expect(BigInt(position.liquidity), step.name).toBe(step.liquidity);
      expect(position.status, step.name).toBe(step.name === "close" ? "CLOSED" : "IN_RANGE");
      expect(position.owner, step.name).toBe(ownerAfter(protocol, step).toLowerCase());
      expect(position.protocol).toBe(protocol);
      expect(position.pool.poolId).toBe(historyOf(protocol).rig.pool.toLowerCase());
    }
  });

  test("every token that the LP paid or was paid stands in an event", async () => {
    const { alice, bob } = historyOf(protocol);
    const events = (await Promise.all(idsOf(protocol).map((id) => askEvents(app, id)))).flat();
    for (const { name, before, after, received0, received1 } of historyOf(protocol).steps) {
      const own = events.filter(({ block: { number } }) => number > before && number <= after);
      const flow = (amounts: (event: (typeof own)[number]) => string[]) =>
        own.reduce(
          (sum, event) => {
            const [amount0 = "0", amount1 = "0"] = amounts(event);
            return { amount0: sum.amount0 + BigInt(amount0), amount1: sum.amount1 + BigInt(amount1) };
          },
          { amount0: 0n, amount1: 0n },
        );
      const paidIn = flow(({ kind, principal }) =>
        kind === "DEPOSIT" ? [principal.amount0, principal.amount1] : [],
      );
      const paidOut = flow(({ paidOut }) => (paidOut === null ? [] : [paidOut.amount0, paidOut.amount1]));
      expect([paidOut.amount0 - paidIn.amount0, paidOut.amount1 - paidIn.amount1], name).toEqual([
        received0,
        received1,
      ]);
    }
    expect(alice).not.toBe(bob);
  });

  test("its operations leave the declared events", async () => {
    const events = (await Promise.all(idsOf(protocol).map((id) => askEvents(app, id)))).flat();
    for (const { name, before, after } of historyOf(protocol).steps) {
      const own = events.filter(({ block: { number } }) => number > before && number <= after);
      const kinds = own.map(({ kind }) => kind);
      expect(kinds, name).toEqual(different.events?.[name] ?? COMMON_EVENTS[name]);
    }
  });

  test("inventory and what is owed, just before the end, are what closing pays", async () => {
    const { steps } = historyOf(protocol);
    const close = last(steps);
    const position = await ask(protocol, close, close.before);
    const { amounts } = position.inventory;
    expect([
      BigInt(amounts.amount0) + BigInt(position.owed?.amount0 ?? 0),
      BigInt(amounts.amount1) + BigInt(position.owed?.amount1 ?? 0),
    ]).toEqual([close.received0, close.received1]);
  });

  test("profit is what came out less what went in, each at the price of its moment", async () => {
    const { steps } = historyOf(protocol);
    const positions = await Promise.all(idsOf(protocol).map((id) => askNow(id)));
    const total = positions.reduce((sum, { pnl }) => sum + (pnl.total ?? Number.NaN), 0);
    const raw = steps.reduce((sum, step) => {
      const value = step.received0 * step.sqrtPriceX96 ** 2n + (step.received1 << 192n);
      return sum + Number(value) / 2 ** 192;
    }, 0);
    const unit = 10 ** -(positions[0]?.pool.token1.decimals ?? Number.NaN);
    expect(Math.abs(total - raw * unit)).toBeLessThan(10 * unit + Math.abs(raw * unit) * 1e-9);
    for (const { pnl } of positions) {
      const parts =
        (pnl.priceEffect ?? Number.NaN) + (pnl.impermanentLoss ?? Number.NaN) + (pnl.fees ?? Number.NaN);
      expect(Math.abs(parts - (pnl.total ?? Number.NaN))).toBeLessThan(10 * unit);
    }
  });

  test("divergence is a loss at every moment, and all of it is realised at the end", async () => {
    const { steps } = historyOf(protocol);
    for (const step of steps) {
      const { unrealizedRaw1, realizedRaw1 } = (await positionAfter(protocol, step)).impermanentLoss;
      expect(Number(unrealizedRaw1), step.name).toBeLessThanOrEqual(0);
      expect(Number(realizedRaw1), step.name).toBeLessThanOrEqual(0);
    }
    for (const id of idsOf(protocol)) {
      const closed = await askNow(id);
      expect(closed.impermanentLoss.unrealizedRaw1).toBe("0");
      expect(closed.inventory).toMatchObject({ amounts: { amount0: "0", amount1: "0" }, skew: null });
      expect(closed.owed).toEqual({ amount0: "0", amount1: "0" });
    }
  });

  test("both ways of counting its fees agree", async () => {
    const residuals = await Promise.all(idsOf(protocol).map(async (id) => (await askNow(id)).residual));
    const expected = different.noResidual ? null : { amount0: "0", amount1: "0" };
    expect(residuals).toEqual(residuals.map(() => expected));
  });

  test("it earns what its contract leaves of the same trades to LPs", async () => {
    const own = await feesOf(protocol);
    const uniswapV3 = await feesOf("UNISWAP_V3");
    // Prices go a little less far the more a trade pays, and v2 keeps fees in the reserves, which follow the price.
    expect(own / uniswapV3 / (lpPips / 3000)).toBeGreaterThan(0.99);
    expect(own / uniswapV3 / (lpPips / 3000)).toBeLessThan(1.01);
  });

  test("what rebalancing would have spared the pool is the sum of what it would have spared its positions", async () => {
    const fields = "adverseSelection(window: ALL) {lvr lvrPerSwap}";
    const { pool } = await app.query<{ pool: PoolLvr }>(
      `{pool(chainId: 31337, poolId: "${historyOf(protocol).rig.pool}") {${fields} positions(first: 20) {items {${fields}}}}}`,
    );
    const lost = pool.positions.items.map(({ adverseSelection: { lvr } }) => lvr ?? Number.NaN);
    const { lvr, lvrPerSwap } = pool.adverseSelection;
    expect(lost.length).toBeGreaterThan(1);
    expect(lvr).toBeGreaterThan(0);
    expect(lost.reduce((sum, each) => sum + each, 0) / (lvr ?? Number.NaN)).toBeCloseTo(1, 6);
    // A block of each history has one trade at most.
    expect((lvrPerSwap ?? Number.NaN) / (lvr ?? Number.NaN)).toBeCloseTo(1, 6);
  });

  test("candles open where the last closed, hold every price of the chain, and add up to the pool's totals", async () => {
    const { rig, steps } = historyOf(protocol);
    const { candles, ...pool } = await askCandles(app, rig.pool);
    const scale = 10 ** (pool.token0.decimals - pool.token1.decimals);
    const priceOf = (root: bigint) => (Number(root) / 2 ** 96) ** 2 * scale;
    expect(candles[0]?.open).toBe(priceOf(2n ** 96n));
    for (const [i, { timestamp, open, high, low, close }] of candles.entries()) {
      const before = candles[i - 1];
      if (before !== undefined) expect([timestamp, open]).toEqual([before.timestamp + 60, before.close]);
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
    }
    const prices = [2n ** 96n, ...steps.map(({ sqrtPriceX96 }) => sqrtPriceX96)].map(priceOf);
    const extreme = (of: (...values: number[]) => number, values: number[]) => of(...values) / scale;
    // Each trade is before a step, whose price is what it left; where one had no step after it, the last has it.
    expect(
      extreme(
        Math.max,
        candles.map(({ high }) => high),
      ),
    ).toBeCloseTo(extreme(Math.max, prices), 9);
    expect(
      extreme(
        Math.min,
        candles.map(({ low }) => low),
      ),
    ).toBeCloseTo(extreme(Math.min, prices), 9);
    expect((candles.at(-1)?.close ?? Number.NaN) / scale).toBeCloseTo(
      priceOf(last(steps).sqrtPriceX96) / scale,
      9,
    );
    const sum = (of: (candle: (typeof candles)[number]) => string | number) =>
      String(candles.reduce((all, candle) => all + BigInt(of(candle)), 0n));
    expect(sum(({ swaps }) => swaps)).toBe("4");
    const sums = (part: "volume" | "feesLp") => ({
      amount0: sum((candle) => candle[part].amount0),
      amount1: sum((candle) => candle[part].amount1),
    });
    expect({ swaps: 4, volume: sums("volume"), feesLp: sums("feesLp") }).toEqual(pool.totals);
    const lost = candles.reduce((all, { lvr }) => all + lvr, 0);
    expect(lost / pool.adverseSelection.lvr).toBeCloseTo(1, 9);
    expect(candles.at(-1)).toMatchObject({ principal: pool.principal, liquidity: pool.liquidity });
  });

  test("every point of a position's history is what it answers as of its block, each of its events' too", async () => {
    for (const id of idsOf(protocol)) {
      const { points, then } = await askPositionHistory(app, id);
      expect(points).toEqual(then);
      const numbers = points.map(({ block }) => block.number);
      const changed = (await askEvents(app, id)).map(({ block }) => block.number);
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.filter((number) => !numbers.includes(number))).toEqual([]);
    }
  });

  test("the LP's books have the position until it is handed over, the next owner's from then on", async () => {
    const { steps, alice, bob, rig } = historyOf(protocol);
    const step = (name: StepName) => steps.find((one) => one.name === name) ?? last(steps);
    const transfer = step("transfer");
    const idOf = (one: Step) => positionId(protocol, one.position);
    expect(await askOpenIds(app, alice, rig.pool, transfer.before)).toEqual([idOf(step("open"))]);
    expect(await askOpenIds(app, bob, rig.pool, transfer.before)).toEqual([]);
    expect(await askOpenIds(app, alice, rig.pool, transfer.after)).toEqual([]);
    expect(await askOpenIds(app, bob, rig.pool, transfer.after)).toEqual([idOf(transfer)]);
    expect(await askOpenIds(app, bob, rig.pool, last(steps).after)).toEqual([]);
    const { owners } = await askNow(idOf(transfer));
    const expected = different.splitsByOwner ? [bob] : [alice, bob];
    expect(owners.map(({ owner }) => owner)).toEqual(expected.map((owner) => owner.toLowerCase()));
    expect(has("transfer")).toBe(true);
  });
});

test("every point of an LP's history is what all of its books answer as of its block", async () => {
  const { alice, bob } = historyOf("UNISWAP_V4");
  for (const owner of [alice, bob]) {
    const { points, then } = await askAccountHistory(app, owner);
    expect(points).toEqual(then);
    expect(points.filter(({ value, skew }) => Number(value) > 0 && skew !== null).length).toBeGreaterThan(0);
  }
});

function historyOf(protocol: RigProtocol): History {
  const history = histories.get(protocol);
  if (history === undefined) throw new Error(`${protocol} was not played`);
  return history;
}

/** metrics.md and schema.graphql name positions so. */
function positionId(protocol: RigProtocol, { tokenId, account, owner }: RigPosition): string {
  const { pool } = historyOf(protocol).rig;
  return tokenId === null
    ? `31337:${pool}:${account}`.toLowerCase()
    : `31337:${owner}:${tokenId}`.toLowerCase();
}

function idsOf(protocol: RigProtocol): string[] {
  return [...new Set(historyOf(protocol).steps.map(({ position }) => positionId(protocol, position)))];
}

function ownerAfter(protocol: RigProtocol, step: Step): string {
  const { alice, bob } = historyOf(protocol);
  return step.name === "transfer" || step.name === "close" ? bob : alice;
}

async function ask(protocol: RigProtocol, step: Step, block: number): Promise<PositionAnswer> {
  const id = positionId(protocol, step.position);
  const position = await askPosition(app, id, block);
  if (position === null) throw new Error(`${id} is not there in block ${block}`);
  return position;
}

function positionAfter(protocol: RigProtocol, step: Step): Promise<PositionAnswer> {
  return ask(protocol, step, step.after);
}

async function askNow(id: string): Promise<PositionAnswer> {
  const position = await askPosition(app, id, Number(await chainClient(anvil.url).getBlockNumber()));
  if (position === null) throw new Error(`${id} is not there`);
  return position;
}

/** All positions' lifetime fees in raw token1, at a price of 1. */
async function feesOf(protocol: RigProtocol): Promise<number> {
  const positions = await Promise.all(idsOf(protocol).map((id) => askNow(id)));
  return positions.reduce(
    (sum, { fees }) =>
      sum + Number(fees.earned?.amount0 ?? Number.NaN) + Number(fees.earned?.amount1 ?? Number.NaN),
    0,
  );
}

function last(steps: readonly Step[]): Step {
  const step = steps.at(-1);
  if (step === undefined) throw new Error("nothing was played");
  return step;
}
