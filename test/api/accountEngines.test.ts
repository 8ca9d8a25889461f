import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { AT_2000, CHAIN, createAccountWorld, Story } from "./accountWorld.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { ENGINES } from "./listWorld.ts";
import { ALICE, address, POOL } from "./rows.ts";

const BOB = address("d2");
const R = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };

/** All that is read of an account: what it holds, what is settled, one by one and in sums, lists. */
const EVERYTHING = `id value skew openPositions inventory {token {symbol} amount}
  pnl {total fees quoted: total(in: QUOTE_THEN)} pools {positions impermanentLoss {realizedRaw1}}
  positions {items {tickLower} totalCount}`;

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let app: ReturnType<typeof createTestApi>;

  beforeAll(async () => {
    db = await createAccountWorld(create);
    app = createTestApi(db.database, { chains: [CHAIN] });
    const passedOn = new Story(db.database, R, 20);
    await passedOn.deposit(10n ** 16n, AT_2000, 20);
    const cash = new Story(db.database, { ...R, tickUpper: -201060 }, 20);
    await cash.deposit(9337972079356593n, AT_2000, 20);
    await passedOn.transfer(BOB, AT_2000, 40);
    await cash.withdraw(9337972079356593n, AT_2000, 50);
    const { positionId, poolId } = passedOn.position;
    await db.database.insert(tables.liquidityEvent).values({
      ...{ chainId: 1, blockNumber: 40, logIndex: 3, kind: "TRANSFER", poolId, positionId },
      ...{ transactionHash: `0x${"7".repeat(64)}`, timestamp: 1_700_001_200, liquidityDelta: 0n },
      ...{ amount0: 0n, amount1: 0n, paidOut0: 0n, paidOut1: 0n, from: ALICE, to: BOB },
      sqrtPriceX96: AT_2000.sqrtPriceX96,
    });
  });
  afterAll(() => db.close());

  async function accountOf(owner: string, fields: string, asOf = "") {
    const query = `{account(chainId: 1, address: "${owner}"${asOf}) {${fields}}}`;
    const { data, errors } = await ask(app, query);
    expect(errors).toEqual([]);
    return data.account;
  }

  test("an account now", async () => {
    const { value, pnl, ...book } = await accountOf(ALICE, `${EVERYTHING} events {items {id}}`);
    expect(value).toBeCloseTo(20_000, 6);
    expect(pnl.total).toBeCloseTo(0, 5);
    expect(pnl.quoted).toBeCloseTo(0, 5);
    expect(book).toEqual({
      ...{ id: `1:${ALICE}`, skew: -1, openPositions: 0 },
      inventory: [
        { token: { symbol: "USDC" }, amount: "20000000000" },
        { token: { symbol: "WETH" }, amount: "0" },
      ],
      // Each rounded up when it came in, and down when it went out: in all a unit of WETH and two of USDC.
      pools: [{ positions: 2, impermanentLoss: { realizedRaw1: "-2" } }],
      positions: { items: [{ tickLower: -202080 }], totalCount: 1 },
      events: { items: [{ id: "1:40:3" }] },
    });
  });

  test("an account as of a block", async () => {
    const then = await accountOf(ALICE, EVERYTHING, ", asOf: {block: 30}");
    expect(then.value).toBeCloseTo(120_742.876496, 5);
    expect(then.skew).toBeCloseTo(0.041671, 6);
    expect(then).toMatchObject({
      ...{ id: `1:${ALICE}@30`, openPositions: 2, pools: [{ positions: 2 }] },
      positions: { items: [{ tickLower: -202080 }, { tickLower: -202080 }], totalCount: 2 },
    });
  });
});
