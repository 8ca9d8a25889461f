import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { BOB, createOwnedWorld, QUOTE, RATES } from "./ownedWorld.ts";
import { ALICE, ownership } from "./rows.ts";
import { createVectorWorld } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

async function accountOf(owner: string, fields: string, asOf = "") {
  const { data, errors } = await ask(app, `{account(chainId: 1, address: "${owner}"${asOf}) {${fields}}}`);
  expect(errors).toEqual([]);
  return data.account;
}

const close = (value: number) => expect.closeTo(value, 11);
const both = (amount0: number, amount1: number) => ({
  amount0: String(BigInt(amount0) * 10n ** 15n),
  amount1: String(BigInt(amount1) * 10n ** 15n),
});

describe("a position that went over with fees that wait", () => {
  beforeAll(async () => {
    db = await createOwnedWorld();
    app = createTestApi(db.database, {
      chains: [{ id: 1, name: "mainnet", quoteToken: QUOTE, quoteMinDepth: 10_000 }],
    });
  });
  afterAll(() => db.close());

  const FEES = "fees {earned {amount0 amount1} uncollected {amount0 amount1} collected {amount0 valueThen}}";
  const BOOK = `pools {pnl {total realized fees priceEffect impermanentLoss} ${FEES}}`;

  test("is the old owner's up to then, what waited as if collected", async () => {
    const [book] = (await accountOf(ALICE, BOOK)).pools;
    expect(book.fees).toEqual({
      ...{ earned: both(4, 6), uncollected: both(0, 0) },
      collected: { amount0: both(4, 6).amount0, valueThen: close(0.014) },
    });
    expect(book.pnl).toEqual({
      ...{ total: close(2 * Math.SQRT2 + 0.014 - 2), realized: close(2 * Math.SQRT2 + 0.014 - 2) },
      ...{ fees: close(0.014), priceEffect: close(1), impermanentLoss: close(2 * Math.SQRT2 - 3) },
    });
  });

  test("is the new owner's from then on, what it bought being no fees of its own", async () => {
    const [book] = (await accountOf(BOB, BOOK)).pools;
    expect(book.fees).toEqual({
      ...{ earned: both(1, 1), uncollected: both(1, 1) },
      collected: { amount0: "0", valueThen: 0 },
    });
    expect(book.pnl).toMatchObject({
      total: close(2 + 0.006 + 0.004 + 0.002 - 2 * Math.SQRT2 - 0.014),
      realized: close(0.006 - 0.009),
      fees: close(0.002),
    });
  });

  test("was the old owner's alone before", async () => {
    const [book] = (await accountOf(ALICE, BOOK, ", asOf: {block: 105}")).pools;
    expect(book.pnl).toMatchObject({ total: close(0), fees: 0 });
    expect(await accountOf(BOB, "id", ", asOf: {block: 105}")).toBeNull();
  });

  test("converts a profit at the point, or each flow at its own block", async () => {
    const query = "pnl {total then: total(in: QUOTE_THEN) fees feesThen: fees(in: QUOTE_THEN)}";
    const [atStart, atTransfer, now] = RATES;
    const { pnl } = await accountOf(ALICE, query.replace("then:", "totalThen:"));
    expect(pnl.total).toBeCloseTo((2 * Math.SQRT2 + 0.014 - 2) * now, 9);
    expect(pnl.totalThen).toBeCloseTo((2 * Math.SQRT2 + 0.014) * atTransfer - 2 * atStart, 9);
    expect([pnl.fees, pnl.feesThen]).toEqual([close(0.014 * now), close(0.014 * atTransfer)]);
    const bob = (await accountOf(BOB, query.replace("then:", "totalThen:"))).pnl;
    const bought = (2 * Math.SQRT2 + 0.014) * atTransfer;
    // 2 held, 0.006 waits; 0.006 was collected in block 120, at the rate of now.
    expect(bob.totalThen).toBeCloseTo((2 + 0.006 + 0.006) * now - bought, 9);
  });
});

describe("two positions of the published vector as one book", () => {
  beforeAll(async () => {
    db = await createVectorWorld();
    app = createTestApi(db.database);
    const positions = await db.database.select().from(tables.position);
    const rows = positions.map((row) => ownership({ ...row, owner: ALICE, fromBlock: 100 }));
    await db.database.insert(tables.ownership).values(rows);
  });
  afterAll(() => db.close());

  test("have the fees of both, which are theirs beside what they hold", async () => {
    const { pools, inventory } = await accountOf(
      ALICE,
      `pools {positions inventory {amounts {amount0 amount1}} fees {uncollected {amount0 amount1} earned {amount0 amount1}}}
       inventory {token {symbol} amount}`,
    );
    const sum = { amount0: "30000000000001", amount1: "23434451769058" };
    expect(pools[0]).toMatchObject({ positions: 2, fees: { uncollected: sum, earned: sum } });
    const held = pools[0].inventory.amounts;
    const amounts = Object.fromEntries(
      inventory.map(({ token, amount }: { token: { symbol: string }; amount: string }) => [
        ...[token.symbol, amount],
      ]),
    );
    expect(BigInt(amounts.WETH) - BigInt(held.amount0)).toBe(30000000000001n);
    expect(BigInt(amounts.DAI) - BigInt(held.amount1)).toBe(23434451769058n);
  });
});
