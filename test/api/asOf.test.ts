import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { MANAGER, POOL } from "./rows.ts";
import { A, B, createVectorWorld, timeOf } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** Indexed up to block 110, of which 107 is the last with an event. */
beforeAll(async () => {
  db = await createVectorWorld();
  app = createTestApi(db.database);
  const digits = (value: number, length: number) => String(value).padStart(length, "0");
  const checkpoint = `${digits(timeOf(110), 10)}${digits(1, 16)}${digits(110, 16)}${"9".repeat(33)}`;
  await db.database.execute(
    `insert into _ponder_checkpoint values ('mainnet', 1, '${checkpoint}', '${checkpoint}', '${checkpoint}')`,
  );
});

afterAll(() => db.close());

const poolAt = (asOf: string) => ask(app, `{pool(chainId: 1, poolId: "${POOL}", asOf: ${asOf}) {id tick}}`);

describe("a past point", () => {
  test.each([
    ["{block: 100}", 100, 0],
    ["{block: 104}", 104, -60],
    ["{block: 107}", 107, -21],
    ["{block: 110}", 107, -21],
    [`{timestamp: ${timeOf(105)}}`, 105, -61],
    [`{timestamp: ${timeOf(106) - 1}}`, 105, -61],
    [`{timestamp: ${timeOf(110)}}`, 107, -21],
    [`{block: 104, timestamp: null}`, 104, -60],
  ])("%s is the newest block row up to it", async (asOf, number, tick) => {
    const { data, errors } = await poolAt(asOf);
    expect(errors).toEqual([]);
    expect(data.pool).toEqual({ id: `1:${POOL}@${number}`, tick });
  });

  test.each([
    "{block: 99}",
    "{block: 89}",
    "{block: 0}",
    `{timestamp: ${timeOf(100) - 1}}`,
    "{timestamp: 0}",
  ])("%s is before there was anything: null", async (asOf) => {
    const both = `{pool(chainId: 1, poolId: "${POOL}", asOf: ${asOf}) {id}
        position(id: "${A}", asOf: ${asOf}) {id}}`;
    const { data, errors } = await ask(app, both);
    expect(errors).toEqual([]);
    expect(data).toEqual({ pool: null, position: null });
  });

  test.each([
    ["{}", "exactly one"],
    ["{block: null}", "exactly one"],
    ["{block: 100, timestamp: 1700000000}", "exactly one"],
    ["{block: -1}", "asOf.block is -1: it must be 0 or more"],
    ["{timestamp: -1}", "asOf.timestamp is -1: it must be 0 or more"],
    ["{block: 111}", `of chain 1: up to block 110, timestamp ${timeOf(110)}`],
    ["{block: 2147483647}", "past what is indexed"],
    [`{timestamp: ${timeOf(110) + 1}}`, `of chain 1: up to block 110, timestamp ${timeOf(110)}`],
  ])("%s is no point", async (asOf, words) => {
    const { status, errors } = await poolAt(asOf);
    expect([status, errors[0]?.extensions.code]).toEqual([400, "BAD_INPUT"]);
    expect(errors[0]?.message).toContain(words);
  });

  test("of a chain of which nothing is indexed is no point", async () => {
    const chains = [{ id: 5, name: "other", quoteToken: null, quoteMinDepth: 10_000 }];
    const query = `{pool(chainId: 5, poolId: "${POOL}", asOf: {block: 1}) {id}}`;
    const { errors } = await ask(createTestApi(db.database, { chains }), query);
    expect(errors[0]?.message).toContain("Nothing of chain 5 is indexed yet");
    expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
  });
});

describe("an id with a block", () => {
  const idOf = async (id: string, asOf = ""): Promise<Answer> =>
    ask(app, `{position(id: "${id}"${asOf}) {id asOf {number} pool {id asOf {number}}}}`);

  test.each([
    [`${A}@104`, "", `${A}@104`],
    [`${B}@104`, "", `${B}@104`],
    [`${A}@109`, "", `${A}@107`],
    [`1:${MANAGER.toUpperCase().replace("X", "x")}:7@104`, "", `${A}@104`],
    [`${A}@104`, ", asOf: {block: 104}", `${A}@104`],
    [`${A}@104`, `, asOf: {timestamp: ${timeOf(105) - 1}}`, `${A}@104`],
    [A, ", asOf: {block: 104}", `${A}@104`],
    [A, ", asOf: null", A],
  ])("%s%s is %s", async (id, asOf, expected) => {
    const { data, errors } = await idOf(id, asOf);
    expect(errors).toEqual([]);
    const at = expected.includes("@") ? expected.slice(expected.indexOf("@")) : "";
    const number = Number(at.slice(1) || 107);
    expect(data.position).toEqual({
      id: expected,
      asOf: { number },
      pool: { id: `1:${POOL}${at}`, asOf: { number } },
    });
  });

  test.each([
    [`${A}@104`, ", asOf: {block: 105}", "The id says block 104"],
    [`${A}@104`, ", asOf: {block: 20}", "The id says block 104"],
    [`${A}@111`, "", "past what is indexed"],
    [`${A}@`, "", "chainId:manager:tokenId"],
    [`${A}@-1`, "", "chainId:manager:tokenId"],
    [`${A}@1@2`, "", "chainId:manager:tokenId"],
  ])("%s%s is refused", async (id, asOf, words) => {
    const { status, errors } = await idOf(id, asOf);
    expect([status, errors[0]?.extensions.code]).toEqual([400, "BAD_INPUT"]);
    expect(errors[0]?.message).toContain(words);
  });

  test("of a position that was not opened yet, or never, is null", async () => {
    expect((await idOf(`${A}@99`)).data).toEqual({ position: null });
    expect((await idOf(`1:${MANAGER}:999@104`)).data).toEqual({ position: null });
  });
});

const AMOUNTS = "{amount0 amount1 decimal0 decimal1 value}";
const FLOW = "{amount0 amount1 valueNow valueThen valueThen0: valueThen(in: TOKEN0)}";
const POOL_FIELDS = `{sqrtPriceX96 tick liquidity price exact caveats protocolFeeShare0 protocolFeeShare1
  feeGrowthGlobal0X128 feeGrowthGlobal1X128 principal ${AMOUNTS} uncollectedFees ${AMOUNTS} protocolFees ${AMOUNTS}
  created {number} trackedFrom {number} asOf {number timestamp}
  hour: totals(window: HOUR) {...T} all: totals {...T}}`;
const TOTALS = `fragment T on PoolTotals {from {number timestamp} swaps mints burns volume {amount0 amount1 notional}
  feesGross ${FLOW} feesProtocol ${FLOW} feesLp ${FLOW}}`;
const POSITION_FIELDS = `{owner liquidity status justInTime opened {number} closed {number} asOf {number}
  inventory {amounts ${AMOUNTS} skewE18 netInventory ${AMOUNTS} rangePosition} worth deposited ${FLOW}
  owed ${AMOUNTS} principalOwed ${AMOUNTS} residual ${AMOUNTS} timeInRange
  fees {uncollected ${AMOUNTS} collected ${FLOW} earned ${AMOUNTS} method}
  hour: adverseSelection(window: HOUR) {lvr feesLp feesMinusLvr lvrCoverage}
  all: adverseSelection(window: ALL) {lvr feesLp feesMinusLvr lvrCoverage}
  impermanentLoss {unrealizedRaw1 realizedRaw1 total netOfFees feeCoverage ratio} pool {tick liquidity}}`;

test.each([100, 101, 102, 103, 104, 105, 106])(
  "block %i is answered as it was when it was the head, to the last field",
  async (number) => {
    const db = await createVectorWorld(number);
    const then = createTestApi(db.database);
    const asOf = `, asOf: {block: ${number}}`;
    const queries = (point: string) => [
      `{pool(chainId: 1, poolId: "${POOL}"${point}) ${POOL_FIELDS}} ${TOTALS}`,
      `{position(id: "${A}"${point}) ${POSITION_FIELDS}}`,
      `{position(id: "${B}"${point}) ${POSITION_FIELDS}}`,
    ];
    for (const [i, query] of queries("").entries()) {
      const live = await ask(then, query);
      expect(live.errors).toEqual([]);
      expect(Object.values(live.data)[0]).toMatchObject({ asOf: { number } });
      const { data, errors } = await ask(app, queries(asOf)[i] ?? "");
      expect({ data, errors }).toEqual({ data: live.data, errors: [] });
    }
    await db.close();
  },
);
