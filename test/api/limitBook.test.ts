import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import type { ApiContext } from "../../src/api/context.ts";
import { type Breach, type Limits, nextBreaches } from "../../src/api/metrics/nextBreaches.ts";
import { poolsAtPoints } from "../../src/api/poolsAtPoints.ts";
import { type AccountAt, accountAt } from "../../src/api/queries/accounts.ts";
import { findTips } from "../../src/api/queries/tips.ts";
import { quotesOf } from "../../src/api/quotes.ts";
import { limitBookOf } from "../../src/api/resolvers/limitBook.ts";
import { limitBreachResolvers } from "../../src/api/resolvers/limitBreach.ts";
import { createSnapshots } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { AT_2000, CHAIN, createAccountWorld, forget, quarantine, Story } from "./accountWorld.ts";
import { PATIENT } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { PAIR, pair, pairPosition } from "./protocolRows.ts";
import { ALICE, address, ownership, POOL, WETH } from "./rows.ts";

const BOB = address("d2");
const R = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };
const ID = `${POOL}:${ALICE}:-202080:-197280`;
const LIMITS: Limits = { SKEW: 0.2, TICKS_TO_BOUND: 2_000, TOKEN_SHARE: 0.6, DELTA: 0.9 };

let db: TestDatabase;
beforeAll(async () => {
  db = await createAccountWorld();
});
afterEach(() => forget(db.database));
afterAll(() => db.close());

/** As an operation of its own finds it. */
async function atAccount<T>(question: (account: AccountAt, context: ApiContext) => Promise<T>): Promise<T> {
  return createSnapshots(db.database, new Turns(1), PATIENT).read(async (snapshot) => {
    const ask: ApiContext["ask"] = (asked) => asked(snapshot);
    const tips = await findTips(snapshot, [1]);
    const tip = tips.get(1);
    if (tip === undefined) throw new Error("the chain has blocks");
    const context: ApiContext = {
      ...{ chains: [CHAIN], ask, tips: () => Promise.resolve(tips), heads: new Map(), now: tip.timestamp },
      ...{ ...quotesOf(ask, [CHAIN], new Map()), poolAt: poolsAtPoints(ask) },
    };
    return question(accountAt({ address: ALICE, tip, past: false }), context);
  });
}

const after = (previous: readonly Breach[]) =>
  atAccount(async (account, context) =>
    nextBreaches(previous, await limitBookOf(account, LIMITS, context), LIMITS),
  );
const names = (list: readonly Breach[]) => list.map(({ limit, subject }) => [limit, subject]);

test("what an account closes or passes on leaves its book, and is still found by its id", async () => {
  const r = new Story(db.database, R, 20);
  await r.deposit(10n ** 16n, AT_2000, 20);
  const opened = await after([]);
  expect(names(opened.entered)).toEqual([
    ...[
      ["SKEW", POOL],
      ["TICKS_TO_BOUND", ID],
      ["TOKEN_SHARE", WETH],
    ],
  ]);
  await r.withdraw(10n ** 16n, AT_2000, 40);
  const closed = await after(opened.standing);
  // What was withdrawn waits: its tokens are the book's.
  expect(names(closed.left)).toEqual([
    ["SKEW", POOL],
    ["TICKS_TO_BOUND", ID],
  ]);
  expect(names(closed.standing)).toEqual([["TOKEN_SHARE", WETH]]);
  await r.collect(AT_2000, 50);
  const collected = await after(closed.standing);
  expect([names(collected.left), collected.standing]).toEqual([[["TOKEN_SHARE", WETH]], []]);
});

test("a breach that was left names what it was of, though the account has it no more", async () => {
  const r = new Story(db.database, R, 20);
  await r.deposit(10n ** 16n, AT_2000, 20);
  const { standing } = await after([]);
  await r.transfer(BOB, AT_2000, 40);
  const { left } = await after(standing);
  expect(left).toHaveLength(3);
  const found = await atAccount((account, context) =>
    Promise.all(
      left.map(async (breach) => {
        const of = { ...breach, account };
        const [pool, position, token] = await Promise.all([
          limitBreachResolvers.pool(of, null, context),
          limitBreachResolvers.position(of, null, context),
          limitBreachResolvers.token(of, null, context),
        ]);
        return [pool?.row.poolId, position?.row.positionId, position?.row.owner, token?.symbol];
      }),
    ),
  );
  const none = undefined;
  expect(found).toEqual([
    ...[
      [POOL, none, none, none],
      [none, ID, BOB, none],
      [none, none, none, "WETH"],
    ],
  ]);
});

test("what is not known in quarantine changes nothing", async () => {
  await new Story(db.database, R, 20).deposit(10n ** 16n, AT_2000, 20);
  const { standing } = await after([]);
  await quarantine(db.database, POOL, 60);
  const unknown = await after(standing);
  expect(unknown).toEqual({ entered: [], left: [], standing });
});

test("LP tokens have a skew and no bounds; limits that are not given have no readings", async () => {
  await db.database.insert(tables.pool).values(pair());
  const row = pairPosition();
  await db.database.insert(tables.position).values(row);
  await db.database.insert(tables.ownership).values(ownership({ ...row, number: 0 }));
  const { asOf, readings } = await atAccount((account, context) => limitBookOf(account, LIMITS, context));
  const few = await atAccount((account, context) => limitBookOf(account, { DELTA: 0.1 }, context));
  expect(asOf.number).toBe(100);
  expect(readings.map(({ limit, value }) => [limit, value])).toEqual([
    ...[
      ["SKEW", expect.closeTo(0, 9)],
      ["DELTA", expect.closeTo(0.5, 9)],
    ],
    ...[
      ["TOKEN_SHARE", expect.any(Number)],
      ["TOKEN_SHARE", expect.any(Number)],
    ],
  ]);
  expect(few.readings).toEqual([{ limit: "DELTA", subject: PAIR, value: expect.closeTo(0.5, 9) }]);
});
