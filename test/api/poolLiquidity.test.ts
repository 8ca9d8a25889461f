import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { fillChain } from "./eventRows.ts";
import { NO_HOOKS, PAIR, pair, pairSnapshot, V4_POOL, v4Pool, word } from "./protocolRows.ts";
import { address, POOL, type PoolRow, pool, poolSnapshot, tickSnapshot } from "./rows.ts";

const Q96 = 2n ** 96n;
const [HOOKED, BROKEN, DYNAMIC, UNPRICED] = [word("b7"), address("b8"), address("b9"), address("ba")];
const atOne = { sqrtPriceX96: Q96, tick: 0, sqrtPriceDouble: 1, liquidity: 10n ** 6n };

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** Price 1: 10^6 in [-60, 60); from block 60 on also 10^6 in [-120, 120). */
beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await fillChain(database, [20, 60, 100]);
  const pools: PoolRow[] = [
    pool({ ...atOne, liquidity: 2n * 10n ** 6n }),
    pool({ ...atOne, poolId: BROKEN, quarantinedBlock: 60 }),
    pool({
      ...atOne,
      poolId: DYNAMIC,
      protocol: "ALGEBRA_INTEGRAL",
      dynamicFee: true,
      fee: null,
      swapFee: null,
    }),
    pool({
      ...atOne,
      poolId: UNPRICED,
      sqrtPriceX96: null,
      tick: null,
      sqrtPriceDouble: null,
      liquidity: 0n,
    }),
    v4Pool({ ...atOne, hooks: NO_HOOKS }),
    v4Pool({ ...atOne, poolId: HOOKED, hooks: address("80") }),
    pair(),
  ];
  await database.insert(tables.pool).values(pools);
  await database
    .insert(tables.poolSnapshot)
    .values([poolSnapshot({ ...atOne, fee: 3000, swapFee: 3000 }), pairSnapshot()]);
  const first = [tickAt(-60, 10n ** 6n, 20), tickAt(60, -(10n ** 6n), 20)];
  const later = [tickAt(-120, 10n ** 6n, 60), tickAt(120, -(10n ** 6n), 60)];
  // Where one position ended and another began, for a while.
  const gone = { ...tickAt(-180, 0n, 60), liquidityGross: 0n };
  await database
    .insert(tables.tickSnapshot)
    .values([...first, ...later, gone, { ...tickAt(-180, 0n, 10), liquidityGross: 5n }]);
  const ticks = [...first, ...later, gone].map(({ blockNumber: _, ...row }) => row);
  const others = [V4_POOL, HOOKED, BROKEN].flatMap((poolId) =>
    first.map(({ blockNumber: _, ...row }) => ({ ...row, poolId })),
  );
  await database.insert(tables.tick).values([...ticks, ...others]);
  app = createTestApi(database);
});

afterAll(() => db.close());

function tickAt(tick: number, liquidityNet: bigint, blockNumber: number) {
  const liquidityGross = liquidityNet < 0n ? -liquidityNet : liquidityNet;
  return tickSnapshot({
    tick,
    liquidityNet,
    liquidityGross,
    blockNumber,
    feeGrowthOutside0X128: BigInt(tick + 500),
  });
}

async function pools(fields: string, poolId = POOL, asOf = "") {
  const at = asOf === "" ? "" : `, asOf: {block: ${asOf}}`;
  const { data, errors } = await ask(app, `{pool(chainId: 1, poolId: "${poolId}"${at}) {${fields}}}`);
  return { pool: data?.pool, errors };
}

async function answer(fields: string, poolId = POOL, asOf = "") {
  const { pool, errors } = await pools(fields, poolId, asOf);
  expect(errors).toEqual([]);
  return pool;
}

describe("depth", () => {
  const DEPTH = "depth {move askIn1 askOut0 bidIn0 bidOut1 imbalance}";

  test("walks the ticks as they are and as they were", async () => {
    // 2 % is beyond both ranges: 2 * 10^6 to 60, 10^6 on to 120, by s(t) = 1.0001^(t / 2).
    expect(await answer(DEPTH)).toEqual({
      depth: {
        move: 0.02,
        askIn1: "9023",
        askOut0: "8976",
        bidIn0: "9023",
        bidOut1: "8976",
        imbalance: -47 / 17999,
      },
    });
    expect(await answer("depth(move: 0.02) {askIn1 askOut0 bidIn0 bidOut1}", POOL, "20")).toEqual({
      depth: { askIn1: "3005", askOut0: "2995", bidIn0: "3005", bidOut1: "2995" },
    });
  });

  test("is nothing before a price, and of a pair that of its reserves", async () => {
    const none = { move: 0.02, askIn1: "0", askOut0: "0", bidIn0: "0", bidOut1: "0", imbalance: null };
    expect(await answer(DEPTH, UNPRICED)).toEqual({ depth: none });
    // 2,000,000 USDC (1 - sqrt(0.98)) at the mint.
    expect(await answer("depth {bidOut1}", PAIR, "20")).toEqual({ depth: { bidOut1: "20101012677" } });
  });

  test.each(["0", "-0.1", "1", "0.0000001", "1e300", "1e400"])("a move of %s is BAD_INPUT", async (move) => {
    const { errors } = await pools(`depth(move: ${move}) {bidOut1}`);
    expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
  });
});

describe("liquidityDistribution", () => {
  const BAND = "{tickLower tickUpper liquidity amounts {amount0 amount1}}";

  test("has a band for each spacing around the price", async () => {
    expect(await answer(`liquidityDistribution(bands: 4) ${BAND}`)).toEqual({
      liquidityDistribution: [
        { tickLower: -120, tickUpper: -60, liquidity: "1000000", amounts: { amount0: "0", amount1: "2986" } },
        { tickLower: -60, tickUpper: 0, liquidity: "2000000", amounts: { amount0: "0", amount1: "5990" } },
        { tickLower: 0, tickUpper: 60, liquidity: "2000000", amounts: { amount0: "5990", amount1: "0" } },
        { tickLower: 60, tickUpper: 120, liquidity: "1000000", amounts: { amount0: "2986", amount1: "0" } },
      ],
    });
    const { liquidityDistribution } = await answer(`liquidityDistribution ${BAND}`, V4_POOL);
    expect(liquidityDistribution).toHaveLength(200);
  });

  test("merges what is between the bounds", async () => {
    const args = "(tickLower: -120, tickUpper: 120, bands: 1)";
    const band = { tickLower: -120, tickUpper: 120, liquidity: "500000" };
    expect(await answer(`liquidityDistribution${args} ${BAND}`, POOL, "20")).toEqual({
      liquidityDistribution: [{ ...band, amounts: { amount0: "2995", amount1: "2995" } }],
    });
  });

  test("is one band of a pair, and empty before a price", async () => {
    const amounts = { amount0: "1010000000000000000000", amount1: "1980256839313" };
    const band = { tickLower: -887272, tickUpper: 887272, liquidity: "44722023743410024", amounts };
    expect(await answer(`liquidityDistribution ${BAND}`, PAIR)).toEqual({ liquidityDistribution: [band] });
    expect(await answer(`liquidityDistribution ${BAND}`, UNPRICED)).toEqual({ liquidityDistribution: [] });
  });

  test.each([
    "bands: 0",
    "bands: 1001",
    "tickLower: 0",
    "tickUpper: 60",
    "tickLower: 60, tickUpper: 60",
    "tickLower: -887273, tickUpper: 0",
    "tickLower: 0, tickUpper: 887273",
  ])("%s is BAD_INPUT", async (args) => {
    const { errors } = await pools(`liquidityDistribution(${args}) {liquidity}`);
    expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
  });
});

describe("ticks", () => {
  const indexes = async (args: string, poolId = POOL, asOf = "") =>
    (await answer(`ticks${args} {items {index}}`, poolId, asOf)).ticks.items.map(
      ({ index }: { index: number }) => index,
    );

  test("are those that are initialised, lowest first, and those that were", async () => {
    expect(await indexes("")).toEqual([-120, -60, 60, 120]);
    expect(await indexes("", POOL, "20")).toEqual([-180, -60, 60]);
    expect(await indexes("(tickLower: -60, tickUpper: 60)")).toEqual([-60, 60]);
    expect(await indexes("(tickLower: -59, tickUpper: 119)")).toEqual([60]);
    expect(await indexes("", PAIR)).toEqual([]);
    const fields = "index liquidityGross liquidityNet feeGrowthOutside0X128 feeGrowthOutside1X128";
    const row = { liquidityGross: "1000000", feeGrowthOutside0X128: "560", feeGrowthOutside1X128: "0" };
    for (const asOf of ["", "20"]) {
      const { ticks } = await answer(`ticks(tickLower: 60, first: 1) {items {${fields}}}`, POOL, asOf);
      expect(ticks.items).toEqual([{ ...row, index: 60, liquidityNet: "-1000000" }]);
    }
  });

  test.each([
    ["", [-120, -60, 60, 120]],
    ["20", [-180, -60, 60]],
  ])("come in pages; as of block '%s'", async (asOf, expected) => {
    const found: number[] = [];
    for (let after = ""; ; ) {
      const page = "items {index} pageInfo {hasNextPage endCursor rankedAt {number}}";
      const { ticks } = await answer(`ticks(first: 1${after}) {${page}}`, POOL, asOf);
      found.push(...ticks.items.map(({ index }: { index: number }) => index));
      expect(ticks.pageInfo.rankedAt.number).toBe(asOf === "" ? 100 : 20);
      if (!ticks.pageInfo.hasNextPage) break;
      after = `, after: "${ticks.pageInfo.endCursor}"`;
    }
    expect(found).toEqual(expected);
  });

  test("are not read on from a place in another list, nor by more than 1,000", async () => {
    const { ticks } = await answer("ticks(first: 1) {pageInfo {endCursor}}");
    const after = `after: "${ticks.pageInfo.endCursor}"`;
    const other = await pools(`ticks(tickLower: -60, ${after}) {items {index}}`);
    expect(other.errors[0]?.extensions.code).toBe("CURSOR_INVALID");
    const size = await pools("ticks(first: 1001) {items {index}}");
    expect(size.errors[0]?.extensions.code).toBe("BAD_INPUT");
    const bounds = await pools("ticks(tickLower: 1, tickUpper: 0) {items {index}}");
    expect(bounds.errors[0]?.extensions.code).toBe("BAD_INPUT");
  });
});

describe("quote", () => {
  const QUOTE =
    "quote(zeroForOne: true, amountIn: 10000) {amountIn amountOut amountInUsed sqrtPriceX96After tickAfter ticksCrossed costRatio}";

  test("is a swap on the ticks as they were; what no liquidity takes is not used", async () => {
    // To -60 3005 and a fee of 10, rounded up; nothing is below, -180 being crossed without a change.
    expect(await answer(QUOTE, POOL, "20")).toEqual({
      quote: {
        ...{ amountIn: "10000", amountOut: "2995", amountInUsed: "3015", sqrtPriceX96After: "4295128740" },
        ...{ tickAfter: -887272, ticksCrossed: 2, costRatio: 20 / 3015 },
      },
    });
    expect((await answer(QUOTE)).quote).toMatchObject({ amountOut: "8976", ticksCrossed: 2 });
    expect((await answer(QUOTE, V4_POOL)).quote).toMatchObject({ amountOut: "2995", ticksCrossed: 1 });
  });

  test("of a pair is getAmountOut", async () => {
    // 10 WETH into 1000 and 2,000,000 USDC: the trade that the pair then saw.
    const sale =
      "quote(zeroForOne: true, amountIn: 10000000000000000000) {amountOut amountInUsed tickAfter ticksCrossed}";
    expect((await answer(sale, PAIR, "20")).quote).toEqual({
      ...{
        amountOut: "19743160687",
        amountInUsed: "10000000000000000000",
        tickAfter: null,
        ticksCrossed: null,
      },
    });
  });

  test.each([
    ["in quarantine", BROKEN],
    ["before a dynamic fee is known", DYNAMIC],
    ["before a price", UNPRICED],
    ["with hooks", HOOKED],
  ])("is null %s", async (_, poolId) => {
    expect(await answer(QUOTE, poolId)).toEqual({ quote: null });
  });

  test.each(["0", "-1", String(2n ** 255n)])("of %s is BAD_INPUT", async (amountIn) => {
    const { errors } = await pools(`quote(zeroForOne: false, amountIn: "${amountIn}") {amountOut}`);
    expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
  });
});

test.each(["depth {move}", "ticks {items {index}}", "liquidityDistribution {liquidity}"])(
  "ticks of a pool in quarantine are not known: %s is BAD_INPUT, naming the block to ask before",
  async (fields) => {
    const { errors } = await pools(fields, BROKEN);
    expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
    expect(errors[0]?.message).toContain("from block 60 on");
  },
);

describe("what they count as", () => {
  const rows = async (query: string) => (await ask(app, query)).errors[0]?.message ?? "";
  const ofPools = (first: number, fields: string) => `{pools(first: ${first}) {items {${fields}}}}`;

  test.each([
    ["depth {move}", 100, 101],
    ["quote(zeroForOne: true, amountIn: 1) {amountOut}", 20, 21],
    ["liquidityDistribution {liquidity}", 50, 51],
    ["liquidityDistribution(bands: 1) {liquidity}", 100, 101],
    ["ticks {items {index}}", 10, 11],
    ["ticks(first: 1) {items {index}}", 100, 101],
  ])("%s: %i pools pass, %i do not", async (fields, most, over) => {
    expect(await rows(ofPools(most, fields))).not.toContain("rows, more than");
    expect(await rows(ofPools(over, fields))).toContain("rows, more than 10000");
  });

  test("each time that they are asked for", async () => {
    const twice = "a: depth {move} b: depth {move}";
    expect(await rows(ofPools(51, twice))).toContain("10200 rows");
  });
});
