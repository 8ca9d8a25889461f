import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { AT_2000, CHAIN, createAccountWorld, DUST_POOL, forget, Story } from "./accountWorld.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { ALICE, address, POOL } from "./rows.ts";

const BOB = address("d2");
const CAROL = address("d3");
const STAKER = address("ee");
const R = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
beforeAll(async () => {
  db = await createAccountWorld();
  app = createTestApi(db.database, { chains: [CHAIN] });
});
afterEach(async () => {
  await forget(db.database);
  await db.database.delete(tables.liquidityEvent);
});
afterAll(() => db.close());

type EventRow = typeof tables.liquidityEvent.$inferInsert;

/** An event of a position, at a place of the chain. */
function log(story: Story, kind: string, place: [number, number], row: Partial<EventRow> = {}) {
  const [blockNumber, logIndex] = place;
  const { positionId, poolId } = story.position;
  return db.database.insert(tables.liquidityEvent).values({
    ...{ chainId: 1, blockNumber, logIndex, kind, poolId, positionId },
    ...{ transactionHash: `0x${"7".repeat(64)}`, timestamp: 1_700_000_000 + blockNumber * 30 },
    ...{ liquidityDelta: 0n, amount0: 0n, amount1: 0n, paidOut0: 0n, paidOut1: 0n },
    ...{ sqrtPriceX96: AT_2000.sqrtPriceX96, from: null, to: null },
    ...row,
  });
}

/** Its places, newest first. */
async function eventsOf(owner: string, args = "", asOf = ""): Promise<string[]> {
  const { data, errors } = await ask(
    app,
    `{account(chainId: 1, address: "${owner}"${asOf}) {events${args} {items {id}}}}`,
  );
  expect(errors).toEqual([]);
  return data.account.events.items.map(({ id }: { id: string }) => id.replace(/^1:/, ""));
}

/** Alice mints in block 20 and hands over in block 40, between a collect and a withdrawal of the same block. */
async function handOver() {
  const story = new Story(db.database, R, 20);
  await story.deposit(10n ** 16n, AT_2000, 20);
  await story.transfer(BOB, AT_2000, 40);
  await log(story, "DEPOSIT", [20, 1]);
  await log(story, "COLLECT", [40, 1]);
  await log(story, "TRANSFER", [40, 2], { from: ALICE, to: BOB });
  await log(story, "WITHDRAW", [40, 3]);
  await log(story, "COLLECT", [50, 1]);
  return story;
}

test("each owner has the events of its own time, and both have the transfer", async () => {
  await handOver();
  expect(await eventsOf(ALICE)).toEqual(["40:2", "40:1", "20:1"]);
  expect(await eventsOf(BOB)).toEqual(["50:1", "40:3", "40:2"]);
});

test("events of several positions and pools are one list, in the order of the chain", async () => {
  const story = await handOver();
  await story.transfer(ALICE, AT_2000, 50);
  const dust = { owner: ALICE, poolId: DUST_POOL, tickLower: -60, tickUpper: 60 };
  const other = new Story(db.database, dust, 30);
  await other.deposit(10n ** 18n, { sqrtPriceX96: 2n ** 96n, tick: 0 }, 30);
  await log(other, "DEPOSIT", [30, 5]);
  await log(story, "TRANSFER", [50, 2], { from: BOB, to: ALICE });
  await log(story, "WITHDRAW", [100, 1]);
  expect(await eventsOf(ALICE)).toEqual(["100:1", "50:2", "40:2", "40:1", "30:5", "20:1"]);
  expect(await eventsOf(BOB)).toEqual(["50:2", "50:1", "40:3", "40:2"]);
  const query = `{account(chainId: 1, address: "${ALICE}") {events {items {kind fees {amount0}
    position {pool {poolId}}}}}}`;
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  const pools = data.account.events.items.map(
    (item: { position: { pool: { poolId: string } } }) => item.position.pool.poolId,
  );
  expect(pools).toEqual([POOL, POOL, POOL, POOL, DUST_POOL, POOL]);
});

test("there and back in one block: the one between has what came between", async () => {
  const story = new Story(db.database, R, 20);
  await story.deposit(10n ** 16n, AT_2000, 20);
  await story.transfer(BOB, AT_2000, 40);
  await db.database.delete(tables.positionSnapshot);
  await db.database.delete(tables.ownershipSnapshot);
  await story.transfer(ALICE, AT_2000, 40);
  for (const [logIndex, kind, to] of [
    [1, "COLLECT", null],
    [2, "TRANSFER", BOB],
    [3, "COLLECT", null],
    [4, "TRANSFER", ALICE],
    [5, "COLLECT", null],
  ] as const) {
    await log(story, kind, [40, logIndex], { to });
  }
  expect(await eventsOf(ALICE)).toEqual(["40:5", "40:4", "40:2", "40:1"]);
  expect(await eventsOf(BOB)).toEqual(["40:4", "40:3", "40:2"]);
});

test("a staking contract takes nobody's events away", async () => {
  const story = new Story(db.database, R, 20);
  await story.deposit(10n ** 16n, AT_2000, 20);
  await log(story, "TRANSFER", [30, 1], { from: ALICE, to: STAKER });
  await log(story, "COLLECT", [30, 2]);
  await story.transfer(CAROL, AT_2000, 40);
  await log(story, "TRANSFER", [40, 1], { from: STAKER, to: CAROL });
  await log(story, "COLLECT", [40, 2]);
  await log(story, "TRANSFER", [40, 3], { from: CAROL, to: STAKER });
  expect(await eventsOf(ALICE)).toEqual(["40:1", "30:2", "30:1"]);
  expect(await eventsOf(CAROL)).toEqual(["40:3", "40:2", "40:1"]);
});

test("pages go on where the last one ended, and past ones stand at their block", async () => {
  await handOver();
  const page = async (after: string) => {
    const query = `{account(chainId: 1, address: "${ALICE}") {events(first: 2${after}) {items {id}
      pageInfo {hasNextPage endCursor}}}}`;
    const { data, errors } = await ask(app, query);
    expect(errors).toEqual([]);
    return data.account.events;
  };
  const first = await page("");
  expect(first.items).toEqual([{ id: "1:40:2" }, { id: "1:40:1" }]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await page(`, after: "${first.pageInfo.endCursor}"`);
  expect([second.items, second.pageInfo.hasNextPage]).toEqual([[{ id: "1:20:1" }], false]);
  expect(await eventsOf(ALICE, "", ", asOf: {block: 39}")).toEqual(["20:1"]);
  const query = `{account(chainId: 1, address: "${BOB}") {events(after: "${first.pageInfo.endCursor}") {items {id}}}}`;
  expect((await ask(app, query)).errors[0]?.extensions.code).toBe("CURSOR_INVALID");
});
