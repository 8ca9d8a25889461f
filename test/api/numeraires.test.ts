import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { createOwnedWorld, ID, QUOTE, RATES } from "./ownedWorld.ts";
import { ALICE, address, block, POOL, position } from "./rows.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createOwnedWorld();
  app = createTestApi(db.database, {
    chains: [{ id: 1, name: "mainnet", quoteToken: QUOTE, quoteMinDepth: 10_000 }],
  });
});

afterAll(() => db.close());

async function asked(fields: string, id = ID, api = app) {
  const { data, errors } = await ask(api, `{position(id: "${id}") {${fields}}}`);
  expect(errors).toEqual([]);
  return data.position;
}

/** At the deposit, at the transfer, and from the collect on. */
const [AT_DEPOSIT, AT_TRANSFER, NOW] = RATES;
const close = (value: number) => expect.closeTo(value, 11);
const PNL = (numeraire: string) =>
  ["total", "realized", "unrealized", "priceEffect", "impermanentLoss", "fees"]
    .map((name) => `${name}(in: ${numeraire})`)
    .join(" ");

test("QUOTE is the token1 figure at the point's price", async () => {
  const fields = (numeraire: string) => `inventory {amounts {value(in: ${numeraire})}}
    deposited {valueNow(in: ${numeraire}) valueThen(in: ${numeraire})} pnl {${PNL(numeraire)}}
    impermanentLoss {versusToken0(in: ${numeraire}) versusHalf(in: ${numeraire}) allFlowsAtSpot(in: ${numeraire})
      netOfFees(in: ${numeraire}) total(in: ${numeraire}) hold {value(in: ${numeraire})}}
    pool {totals {volume {notional(in: ${numeraire})} feesLp {valueThen(in: ${numeraire})}}}`;
  const [token1, quote] = [await asked(fields("TOKEN1")), await asked(fields("QUOTE"))];
  const times = (figures: object): object =>
    Object.fromEntries(
      Object.entries(figures).map(([name, figure]) => [
        name,
        typeof figure === "number" ? close(figure * NOW) : times(figure),
      ]),
    );
  expect(token1.pnl.total).toBeCloseTo(0.012, 12);
  expect(quote).toEqual(times(token1));
  const before = await asked(`pnl {${PNL("QUOTE")}}`, `${ID}@115`);
  expect(before.pnl.fees).toBeCloseTo(0.014 * AT_TRANSFER, 11);
});

test("QUOTE_THEN converts each flow at its own block", async () => {
  const { pnl, deposited, fees, impermanentLoss, owners } = await asked(`pnl {${PNL("QUOTE_THEN")}}
    deposited {valueThen(in: QUOTE_THEN) valueNow(in: QUOTE_THEN)} fees {collected {valueThen(in: QUOTE_THEN)}}
    impermanentLoss {realized(in: QUOTE_THEN) total(in: QUOTE_THEN) netOfFees(in: QUOTE_THEN)}
    owners {pnl {${PNL("QUOTE_THEN")}} impermanentLoss {realized(in: QUOTE_THEN) unrealized(in: QUOTE_THEN)}}`);
  expect(deposited).toEqual({ valueThen: close(2 * AT_DEPOSIT), valueNow: close(2 * NOW) });
  expect(fees.collected.valueThen).toBeCloseTo(0.006 * NOW, 11);
  expect(impermanentLoss).toEqual({ realized: 0, total: close(0), netOfFees: close(0.012 * NOW) });
  expect(pnl).toEqual({
    ...{ total: close(2.012 * NOW - 2), realized: close(0.006 * NOW), unrealized: close(2.006 * NOW - 2) },
    ...{ priceEffect: close(2 * NOW - 2), impermanentLoss: close(0), fees: close(0.012 * NOW) },
  });
  const [alice, bob] = owners;
  const handed = 2 * Math.SQRT2 + 0.014;
  expect(alice.pnl).toEqual({
    ...{
      total: close(handed * AT_TRANSFER - 2),
      realized: close(handed * AT_TRANSFER - 2),
      unrealized: close(0),
    },
    ...{ priceEffect: close(3 * AT_TRANSFER - 2), fees: close(0.014 * AT_TRANSFER) },
    impermanentLoss: close((2 * Math.SQRT2 - 3) * AT_TRANSFER),
  });
  expect(alice.impermanentLoss).toEqual({
    ...{ realized: close((2 * Math.SQRT2 - 3) * AT_TRANSFER), unrealized: 0 },
  });
  expect(bob.pnl).toMatchObject({
    total: close(2.012 * NOW - handed * AT_TRANSFER),
    realized: close(0.006 * NOW - 0.009 * AT_TRANSFER),
    fees: close(0.002 * NOW),
    impermanentLoss: close((2 - 1.5 * Math.SQRT2) * NOW),
  });
  expect(alice.pnl.total + bob.pnl.total).toBeCloseTo(pnl.total, 11);
});

test("an event is worth what it was after its own block, and a pool's single trades are not known", async () => {
  const { data } = await ask(
    app,
    `{pool(chainId: 1, poolId: "${POOL}") {totals {volume {notional(in: QUOTE_THEN)}
    feesLp {valueThen(in: QUOTE_THEN)} }}}`,
  );
  expect(data.pool.totals).toEqual({ volume: { notional: null }, feesLp: { valueThen: null } });
  const event = {
    chainId: 1,
    poolId: POOL,
    positionId: ID.slice(2),
    transactionHash: "0x01",
    timestamp: 0,
  } as const;
  await db.database.insert(tables.liquidityEvent).values({
    ...{
      ...event,
      blockNumber: 110,
      logIndex: 3,
      kind: "DEPOSIT",
      liquidityDelta: 1n,
      sqrtPriceX96: 2n ** 96n,
    },
    ...{ amount0: 10n ** 18n, amount1: 10n ** 18n, paidOut0: 0n, paidOut1: 0n },
  });
  const { events } = await asked(
    "events(first: 1) {items {principal {value(in: QUOTE) own: value(in: QUOTE_THEN)}}}",
  );
  expect(events.items[0].principal).toEqual({ value: close(2 * AT_TRANSFER), own: close(2 * AT_TRANSFER) });
});

test("what has no price is null, and what is nothing is nothing", async () => {
  const none = createTestApi(db.database);
  const fields = `inventory {amounts {value(in: QUOTE)}} pnl {${PNL("QUOTE_THEN")}}
    impermanentLoss {realized(in: QUOTE) total(in: QUOTE_THEN)} deposited {valueThen(in: QUOTE_THEN)}`;
  const seen = await asked(fields, ID, none);
  expect(seen.inventory.amounts.value).toBeNull();
  expect(Object.values(seen.pnl)).toEqual([null, null, null, null, null, null]);
  expect(seen.impermanentLoss).toEqual({ realized: 0, total: null });
  expect(seen.deposited.valueThen).toBeNull();
});

test("over 1,000 blocks of history nothing is converted one by one", async () => {
  const flat = position({
    positionId: `${POOL}:${ALICE}:-600:600`,
    manager: null,
    tokenId: null,
    liquidity: 0n,
  });
  await db.database.insert(tables.position).values(flat);
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({ ...flat, blockNumber: from + i }));
  const fields = "deposited {valueThen(in: QUOTE_THEN)} withdrawn {valueThen(in: QUOTE_THEN)}";
  await db.database
    .insert(tables.block)
    .values([{ chainId: 1, number: 2000, hash: "0x2000", parentHash: "0x01", timestamp: 1_800_000_000 }]);
  // The first has all flows; the others are pokes.
  for (let from = 110; from < 1_110; from += 100) {
    await db.database.insert(tables.positionSnapshot).values(rows(from, from + 100));
  }
  const seen = await asked(fields, `1:${flat.positionId}`);
  expect(seen.deposited.valueThen).toBeCloseTo(153_833_345_317e-18 * AT_TRANSFER, 15);
  expect(seen.withdrawn.valueThen).toBeCloseTo(97_386_398_493e-18 * AT_TRANSFER, 15);
  await db.database.insert(tables.positionSnapshot).values(rows(1_110, 1_111));
  expect(await asked(fields, `1:${flat.positionId}`)).toEqual({
    ...{ deposited: { valueThen: null }, withdrawn: { valueThen: null } },
  });
});

test("one list converts flows of at most 2,000 blocks", async () => {
  const { database } = db;
  await database.insert(tables.block).values(block({ number: 4_000, timestamp: 1_900_000_000 }));
  const owner = address("d9");
  for (const tickUpper of [1_200, 1_900, 2_600]) {
    const positionId = `${POOL}:${owner}:-600:${tickUpper}`;
    const row = position({ positionId, owner, manager: null, tokenId: null, liquidity: 0n });
    await database.insert(tables.position).values(row);
    for (let from = tickUpper; from < tickUpper + 700; from += 100) {
      const some = Array.from({ length: 100 }, (_, i) => ({ ...row, blockNumber: from + i }));
      await database.insert(tables.positionSnapshot).values(some);
    }
  }
  const { errors } = await ask(
    app,
    `{positions(where: {owner: "${owner}"}, first: 3) {items {deposited {valueThen(in: QUOTE_THEN)}}}}`,
  );
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill("TOO_COMPLEX"));
  expect(errors[0]?.message).toContain("2100 blocks");
});
