import { afterAll, beforeAll, expect, test } from "vitest";
import { AT_2000, AT_60000, CHAIN, createAccountWorld, Story, WBTC_POOL } from "./accountWorld.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { ALICE, address, POOL } from "./rows.ts";

const BOB = address("d2");

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** R until block 40, then Bob's; 20,000 USDC beside it; 0.5 WBTC since block 50. */
beforeAll(async () => {
  db = await createAccountWorld();
  app = createTestApi(db.database, { chains: [CHAIN] });
  const r = new Story(
    db.database,
    { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 },
    20,
  );
  await r.deposit(10n ** 16n, AT_2000, 20);
  const cash = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -201060 };
  await new Story(db.database, cash, 30).deposit(9337972079356593n, AT_2000, 30);
  await r.transfer(BOB, AT_2000, 40);
  const wbtc = { owner: ALICE, poolId: WBTC_POOL, tickLower: 64020, tickUpper: 64620 };
  await new Story(db.database, wbtc, 50).deposit(41540852326n, AT_60000, 50);
});
afterAll(() => db.close());

const R = [-202080, -197280];
const CASH = [-202080, -201060];
const WBTC = [64020, 64620];

async function rangesOf(owner: string, asOf: string, args: string): Promise<number[][] | string> {
  const query = `{account(chainId: 1, address: "${owner}"${asOf}) {positions${args} {totalCount
    items {tickLower tickUpper owner}}}}`;
  const { data, errors } = await ask(app, query);
  if (errors[0] !== undefined) return errors[0].extensions.code;
  const { items, totalCount } = data.account.positions;
  expect(items.every((item: { owner: string }) => item.owner === owner)).toBe(true);
  expect(totalCount).toBe(items.length);
  return items.map((item: { tickLower: number; tickUpper: number }) => [item.tickLower, item.tickUpper]);
}

test("an account's positions are those that it owns, the dearest first", async () => {
  expect(await rangesOf(ALICE, "", "")).toEqual([WBTC, CASH]);
  expect(await rangesOf(ALICE, "", "(direction: ASC)")).toEqual([CASH, WBTC]);
  expect(await rangesOf(BOB, "", "")).toEqual([R]);
  expect(await rangesOf(ALICE, "", `(where: {pool: "${POOL}"})`)).toEqual([CASH]);
  expect(await rangesOf(ALICE, "", `(where: {owner: ["${ALICE}"]}, orderBy: OPENED)`)).toEqual([WBTC, CASH]);
});

test("as of a block those that it owned then, over its pools", async () => {
  const at = (block: number) => `, asOf: {block: ${block}}`;
  expect(await rangesOf(ALICE, at(39), "")).toEqual([R, CASH]);
  expect(await rangesOf(ALICE, at(49), "")).toEqual([CASH]);
  expect(await rangesOf(ALICE, at(50), "(orderBy: SKEW)")).toEqual([WBTC, CASH]);
  expect(await rangesOf(ALICE, at(25), "(orderBy: OPENED)")).toEqual([R]);
  expect(await rangesOf(BOB, at(40), `(where: {pool: "${POOL}"})`)).toEqual([R]);
  expect(await rangesOf(ALICE, at(50), "(orderBy: PNL)")).toBe("ORDER_UNAVAILABLE");
});

test("another owner or chain in the filter is refused", async () => {
  expect(await rangesOf(ALICE, "", `(where: {owner: ["${BOB}"]})`)).toBe("BAD_INPUT");
  expect(await rangesOf(ALICE, "", `(where: {owner: ["${ALICE}", "${BOB}"]})`)).toBe("BAD_INPUT");
  expect(await rangesOf(ALICE, "", "(where: {chainId: 2})")).toBe("BAD_INPUT");
});
