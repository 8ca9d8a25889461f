import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPairHandlers, type PairIndex, type PairLog } from "../chain/v2/indexPairs.ts";
import { callRow, eventRows, poolRow, positionRows, rowsOf } from "../chain/v2/pairRows.ts";
import {
  ALICE,
  BOB,
  burn,
  CAROL,
  created,
  FACTORY,
  FEE_TO,
  mint,
  PAIR,
  script,
  swap,
  sync,
  transfer,
  ZERO,
} from "../chain/v2/scriptPair.ts";

// metrics.md 1.2 and 6.1: 1,000 of 18 decimals and 2,000,000 of 6, a hundredth of which is burnt after a swap.
const [R0, R1] = [10n ** 21n, 2n * 10n ** 12n];
const [S0, S1] = [1_010n * 10n ** 18n, 1_980_256_839_313n];
const SUPPLY = 44721359549995793n;
const PART = 447213595499957n;
const FEE = 110697532322n;

const first = [
  transfer(ZERO, ZERO, 1000n),
  transfer(ZERO, ALICE, SUPPLY - 1000n),
  sync(R0, R1),
  mint(R0, R1),
];
const traded = [sync(S0, S1), swap({ amount0In: 10n ** 19n, amount1Out: 19743160687n })];
const [PAID0, PAID1] = [10099999999999978996n, 19802568393n];
const burnt = [
  transfer(BOB, PAIR, PART),
  transfer(PAIR, ZERO, PART),
  sync(S0 - PAID0, S1 - PAID1),
  burn(PAID0, PAID1),
];
/** With the protocol's LP tokens before. */
const [LESS0, LESS1] = [10099974999813932698n, 19802519376n];
const burntWithFee = [
  transfer(BOB, PAIR, PART),
  transfer(ZERO, FEE_TO, FEE),
  transfer(PAIR, ZERO, PART),
  sync(S0 - LESS0, S1 - LESS1),
  burn(LESS0, LESS1),
];

let open: () => PairIndex;
let index: PairIndex;
const feed = (logs: readonly PairLog[]) => index.feed(logs);
const positionOf = (owner: string) => positionRows(index.tables).find((row) => row.owner === owner);

beforeAll(async () => {
  open = await loadPairHandlers(FACTORY);
});
beforeEach(() => {
  index = open();
});

describe("the worked example", () => {
  test("the first Mint is its LP's, of whose LP tokens 1,000 are nobody's", async () => {
    await feed(script([created()], first));
    expect(poolRow(index.tables)).toMatchObject({
      ...{
        protocol: "UNISWAP_V2",
        fee: 3000,
        swapFee: 3000,
        tickSpacing: null,
        dynamicFee: false,
        hooks: null,
      },
      ...{ sqrtPriceX96: 3543191142285914205922034n, tick: -200312, liquidity: SUPPLY },
      ...{ balance0: R0, balance1: R1, shares: SUPPLY, kLast: R0 * R1, feeOn: null, mints: 1 },
      ...{ basisX64: SUPPLY * 2n ** 64n, tokenMovesBalances: false, feesLp0: 0n, feesLp1: 0n },
    });
    expect(positionRows(index.tables)).toHaveLength(1);
    expect(positionOf(ALICE)).toMatchObject({
      ...{
        positionId: `${PAIR}:${ALICE}`,
        manager: null,
        tokenId: null,
        tickLower: -887272,
        tickUpper: 887272,
      },
      ...{ liquidity: SUPPLY - 1000n, basisX64: (SUPPLY - 1000n) * 2n ** 64n, hold0: R0, hold1: R1 },
      ...{ liquidityDouble: Number(SUPPLY - 1000n), sharesDouble: Number(SUPPLY - 1000n) },
    });
    expect(eventRows(index.tables)).toMatchObject([
      {
        kind: "DEPOSIT",
        logIndex: 3,
        liquidityDelta: SUPPLY - 1000n,
        amount0: R0,
        amount1: R1,
        paidOut0: 0n,
      },
    ]);
  });

  test("LP tokens that are handed over are sold and bought at market", async () => {
    await feed(script([created()], first, [transfer(ALICE, BOB, PART)]));
    expect(positionOf(BOB)).toMatchObject({
      ...{ liquidity: PART, basisX64: 8249634742471172390889025817280512n },
      ...{ deposited0: 9999999999999979205n, deposited1: 20000000000n, hold0: 9999999999999979205n },
      ...{ depositedValue1: 39999999999n, feesOffset0Double: 0, uncollectedOffset0Double: 0 },
    });
    // Principal follows from the product's root as the pair rounds it, down: 207 of 10^19 units seem to be fees.
    expect(positionOf(ALICE)).toMatchObject({
      ...{ liquidity: SUPPLY - 1000n - PART, withdrawn0: 9999999999999978997n, withdrawn1: 19999999999n },
      ...{ collected0: 9999999999999979204n, collected1: 19999999999n, feesTaken0: 207n, feesTaken1: 0n },
      ...{ tokensOwed0: 0n, tokensOwed1: 0n, transfers: 0, closedBlock: null },
    });
    expect(eventRows(index.tables)[1]).toMatchObject({
      ...{ kind: "TRANSFER", positionId: `${PAIR}:${ALICE}`, from: ALICE, to: BOB, liquidityDelta: -PART },
    });
    expect(poolRow(index.tables).basisX64).toBe(SUPPLY * 2n ** 64n);
  });

  test("a swap writes the pool and its own row, and no position", async () => {
    await feed(script([created()], first));
    const before = structuredClone(positionRows(index.tables));
    await feed(script([], [], traded));
    expect(positionRows(index.tables)).toEqual(before);
    expect(poolRow(index.tables)).toMatchObject({
      ...{ swaps: 1, volume0: 10n ** 19n, volume1: 19743160687n, feesLp0: 3n * 10n ** 16n, feesLp1: 0n },
      ...{ balance0: S0, balance1: S1, tokenMovesBalances: false, mints: 1, kLast: R0 * R1 },
    });
    expect(rowsOf(index.tables, "swap")).toMatchObject([
      {
        ...{ amount0: 10n ** 19n, amount1: -19743160687n, feeLp: 3n * 10n ** 16n, feeProtocol: 0n },
        ...{ sqrtPriceX96: 3508162143672948303641673n, sender: ALICE, recipient: BOB, logIndex: 1 },
        ...{ fee: 3000, pluginFee: 0, protocolFeeSetting: 0 },
      },
    ]);
  });

  test("a burn pays principal and fees at once, and nothing stays owed", async () => {
    await feed(script([created()], first, [transfer(ALICE, BOB, PART)], traded, burnt));
    expect(positionOf(BOB)).toMatchObject({
      ...{
        liquidity: 0n,
        basisX64: 0n,
        hold0: 0n,
        hold1: 0n,
        closedBlock: 5,
        secondsOpen: 120,
        secondsInRange: 120,
      },
      ...{
        withdrawn0: 10099849998883700603n,
        withdrawn1: 19802274293n,
        collected0: PAID0,
        collected1: PAID1,
      },
      ...{ feesTaken0: 150001116278393n, feesTaken1: 294100n, tokensOwed0: 0n, tokensOwed1: 0n },
      ...{
        feesOffset0Double: 150001116278393,
        feesOffset1Double: 294100,
        liquidityDouble: 0,
        sharesDouble: 0,
      },
    });
    const value1 = 294100n + 294099n;
    expect(rowsOf(index.tables, "ownership").at(-1)).toMatchObject({
      ...{ owner: BOB, number: 0, toBlock: null, liquidity: 0n, feesCollectedValue1: value1 },
    });
    expect(poolRow(index.tables)).toMatchObject({
      ...{ shares: SUPPLY - PART, burns: 1, feeOn: false, kLast: (S0 - PAID0) * (S1 - PAID1) },
      ...{ balance0: S0 - PAID0, balance1: S1 - PAID1, tokenMovesBalances: false },
    });
    expect(eventRows(index.tables).slice(2)).toMatchObject([
      {
        ...{ kind: "WITHDRAW", logIndex: 3, positionId: `${PAIR}:${BOB}`, liquidityDelta: -PART },
        ...{ amount0: 10099849998883700603n, amount1: 19802274293n, paidOut0: PAID0, paidOut1: PAID1 },
      },
    ]);
  });

  test("with the protocol's fee on its LP tokens come first, as a deposit at market of who gets them", async () => {
    await feed(script([created()], first, [transfer(ALICE, BOB, PART)], traded, burntWithFee));
    expect(poolRow(index.tables)).toMatchObject({
      shares: SUPPLY + FEE - PART,
      feeOn: true,
      quarantinedBlock: null,
    });
    expect(positionOf(BOB)).toMatchObject({ liquidity: 0n, collected0: LESS0, collected1: LESS1 });
    expect(positionOf(FEE_TO)).toMatchObject({ liquidity: FEE, feesTaken0: 0n, withdrawn0: 0n });
    expect(eventRows(index.tables).find(({ to }) => to === FEE_TO)).toMatchObject({
      ...{ kind: "TRANSFER", from: ZERO, positionId: `${PAIR}:${FEE_TO}`, liquidityDelta: FEE, logIndex: 1 },
    });
    const [again0, again1] = [10n ** 18n, 1_900_000_000n];
    const now = { reserve0: S0 - LESS0 + again0, reserve1: S1 - LESS1 - again1 };
    await feed(
      script(
        [],
        [],
        [],
        [],
        [],
        [sync(now.reserve0, now.reserve1), swap({ amount0In: again0, amount1Out: again1 })],
      ),
    );
    // 3/1000 of 10^18, and a sixth of it.
    expect(rowsOf(index.tables, "swap")[1]).toMatchObject({
      feeLp: 25n * 10n ** 14n,
      feeProtocol: 5n * 10n ** 14n,
    });
  });
});

describe("LP tokens in the pair", () => {
  const start = () =>
    feed(script([created()], first, [transfer(ALICE, BOB, PART)], [transfer(ALICE, CAROL, PART)]));

  test("that nobody burns are given away: a transfer at market", async () => {
    await start();
    await feed(script([], [], [], [], [transfer(BOB, PAIR, PART)]));
    expect(callRow(index.tables)).toMatchObject({ parkedShares: PART });
    expect(positionOf(BOB)).toMatchObject({
      liquidity: 0n,
      closedBlock: 5,
      collected0: 9999999999999979204n,
    });
    expect(eventRows(index.tables).at(-1)).toMatchObject({ kind: "TRANSFER", from: BOB, to: PAIR });
    expect(poolRow(index.tables).shares).toBe(SUPPLY);
  });

  test("from an earlier transaction are fees of the next who burns", async () => {
    await start();
    const [paid0, paid1] = [2n * 9999999999999979204n, 39999999999n];
    await feed(
      script(
        [],
        [],
        [],
        [],
        [transfer(BOB, PAIR, PART)],
        [
          transfer(CAROL, PAIR, PART),
          transfer(PAIR, ZERO, 2n * PART),
          sync(R0 - paid0, R1 - paid1),
          burn(paid0, paid1),
        ],
      ),
    );
    expect(poolRow(index.tables)).toMatchObject({ quarantinedBlock: null, shares: SUPPLY - 2n * PART });
    expect(positionOf(CAROL)).toMatchObject({
      ...{ liquidity: 0n, withdrawn0: 9999999999999978997n, collected0: paid0, collected1: paid1 },
      ...{ feesTaken0: 9999999999999979411n, feesTaken1: 20000000000n },
    });
    expect(eventRows(index.tables).map(({ kind }) => kind)).toEqual([
      ...["DEPOSIT", "TRANSFER", "TRANSFER", "TRANSFER", "WITHDRAW"],
    ]);
    expect(callRow(index.tables)).toMatchObject({ parkedShares: 0n, parkedBasisX64: 0n });
  });

  test("of several holders that one Burn pays are withdrawn by each, in parts; the last one's at the Burn", async () => {
    await start();
    const [paid0, paid1] = [2n * 9999999999999979204n + 1n, 39999999999n];
    await feed(
      script(
        [],
        [],
        [],
        [],
        [
          transfer(BOB, PAIR, PART),
          transfer(CAROL, PAIR, PART),
          transfer(PAIR, ZERO, 2n * PART),
          sync(R0 - paid0, R1 - paid1),
          burn(paid0, paid1),
        ],
      ),
    );
    expect(eventRows(index.tables).slice(3)).toMatchObject([
      {
        kind: "WITHDRAW",
        positionId: `${PAIR}:${BOB}`,
        logIndex: 0,
        paidOut0: 9999999999999979204n,
        paidOut1: 19999999999n,
      },
      {
        kind: "WITHDRAW",
        positionId: `${PAIR}:${CAROL}`,
        logIndex: 4,
        paidOut0: 9999999999999979205n,
        paidOut1: 20000000000n,
      },
    ]);
    expect([positionOf(BOB)?.liquidity, positionOf(CAROL)?.liquidity]).toEqual([0n, 0n]);
  });

  test("that come while it burns are none of that Burn's: a token may hand LP tokens on", async () => {
    await start();
    const [paid0, paid1] = [9999999999999979204n, 19999999999n];
    const [few0, few1] = [156524n, 0n];
    await feed(
      script(
        ...[[], [], [], []],
        [transfer(ALICE, BOB, PART)],
        [
          ...[transfer(BOB, PAIR, PART), transfer(PAIR, ZERO, PART), transfer(BOB, PAIR, 7n)],
          ...[sync(R0 - paid0, R1 - paid1), burn(paid0, paid1), transfer(PAIR, ZERO, 7n)],
          ...[sync(R0 - paid0 - few0, R1 - paid1 - few1), burn(few0, few1)],
        ],
      ),
    );
    expect(poolRow(index.tables)).toMatchObject({
      ...{ quarantinedBlock: null, burns: 2, shares: SUPPLY - PART - 7n },
    });
    expect(eventRows(index.tables).slice(4)).toMatchObject([
      { kind: "TRANSFER", from: BOB, to: PAIR, liquidityDelta: -7n, logIndex: 2 },
      { kind: "WITHDRAW", liquidityDelta: -PART, paidOut0: paid0, paidOut1: paid1, logIndex: 4 },
    ]);
    expect(positionOf(BOB)).toMatchObject({ liquidity: PART - 7n, collected0: paid0 + 156524n });
    expect(callRow(index.tables).parkedShares).toBe(0n);
  });

  test("in more Transfers than are kept stay given away: the Burn is of those that are", async () => {
    await start();
    const many = Array.from({ length: 40 }, () => transfer(BOB, PAIR, 10n ** 6n));
    const [paid0, paid1] = [894427190999n, 1788n];
    await feed(
      script(...[[], [], [], []], [
        ...[...many, transfer(PAIR, ZERO, 40n * 10n ** 6n)],
        ...[sync(R0 - paid0, R1 - paid1), burn(paid0, paid1)],
      ]),
    );
    const events = eventRows(index.tables).slice(3);
    expect(events.map(({ kind }) => kind)).toEqual([...Array(8).fill("TRANSFER"), "WITHDRAW"]);
    expect(events.at(-1)).toMatchObject({ liquidityDelta: -32n * 10n ** 6n, paidOut0: paid0 });
    expect(positionOf(BOB)?.liquidity).toBe(PART - 40n * 10n ** 6n);
    expect(poolRow(index.tables)).toMatchObject({
      quarantinedBlock: null,
      shares: SUPPLY - 40n * 10n ** 6n,
    });
  });

  test("that are the protocol's stay in the pair through the Burn that minted them", async () => {
    const toPair = burntWithFee.map((log, i) => (i === 1 ? transfer(ZERO, PAIR, FEE) : log));
    await feed(script([created()], first, [transfer(ALICE, BOB, PART)], traded, toPair));
    expect(poolRow(index.tables)).toMatchObject({ quarantinedBlock: null, shares: SUPPLY + FEE - PART });
    expect(positionOf(BOB)).toMatchObject({ liquidity: 0n, collected0: LESS0, collected1: LESS1 });
    expect(callRow(index.tables).parkedShares).toBe(FEE);
  });

  test("that are burnt without a sender are nobody's", async () => {
    await start();
    const [paid0, paid1] = [9999999999999979204n, 19999999999n];
    await feed(
      script(
        [],
        [],
        [],
        [],
        [transfer(BOB, PAIR, PART)],
        [transfer(PAIR, ZERO, PART), sync(R0 - paid0, R1 - paid1), burn(paid0, paid1)],
      ),
    );
    expect(poolRow(index.tables)).toMatchObject({ burns: 1, shares: SUPPLY - PART, quarantinedBlock: null });
    expect(eventRows(index.tables).some(({ kind }) => kind === "WITHDRAW")).toBe(false);
  });

  test("and a deposit in the same transaction leave both on one book", async () => {
    await start();
    const [paid0, paid1] = [9999999999999979204n, 19999999999n];
    const some = SUPPLY / 100n;
    await feed(
      script(
        [],
        [],
        [],
        [],
        [
          transfer(BOB, PAIR, PART),
          ...[transfer(ZERO, BOB, some), sync(R0 + R0 / 100n, R1 + R1 / 100n), mint(R0 / 100n, R1 / 100n)],
          ...[
            transfer(PAIR, ZERO, PART),
            sync(R0 + R0 / 100n - paid0, R1 + R1 / 100n - paid1),
            burn(paid0, paid1),
          ],
        ],
      ),
    );
    expect(poolRow(index.tables).quarantinedBlock).toBe(null);
    expect(positionOf(BOB)).toMatchObject({
      ...{ liquidity: some, collected0: paid0, closedBlock: null },
      ...{ deposited0: 9999999999999979205n + R0 / 100n, deposited1: 20000000000n + R1 / 100n },
    });
  });
});

test("the price that a burn leaves by rounding costs those who stay, and nobody who left before it", async () => {
  await feed(script([created()], first));
  const part = SUPPLY - 1000n;
  const [paid0, paid1] = [(part * R0) / SUPPLY, (part * R1) / SUPPLY];
  const steps = [transfer(ALICE, PAIR, part), transfer(PAIR, ZERO, part), sync(R0 - paid0, R1 - paid1)];
  await feed(script([...steps, burn(paid0, paid1)]));
  const { balance0, balance1, lvrX128, basisX64 } = poolRow(index.tables);
  // What the 1,000 LP tokens of nobody have left is 22 times the price before: a root of 4.729.
  expect([balance0, balance1, basisX64]).toEqual([22360680n, 1n, 1000n * 2n ** 64n]);
  expect(positionOf(ALICE)?.lvrX128).toBe(0n);
  // 1000 of liquidity at a root of 4.472e-5, times 3.729^2.
  expect(Number(lvrX128) / 2 ** 128).toBeCloseTo(0.6217, 3);
});

test("a transfer of nothing and one to oneself change nothing", async () => {
  await feed(script([created()], first));
  const before = structuredClone([...index.tables]);
  await feed(script([], [transfer(ALICE, BOB, 0n), transfer(ALICE, ALICE, 5n)]));
  expect([...index.tables]).toEqual(before);
});

test("a transfer of nothing from address 0, which anyone may log, is no Mint's", async () => {
  const nothing = transfer(ZERO, CAROL, 0n);
  const some = SUPPLY / 100n;
  const [in0, in1] = [R0 / 100n, R1 / 100n];
  const minted = [transfer(ZERO, BOB, some), sync(R0 + in0, R1 + in1), mint(in0, in1)];
  await feed(script([created()], [nothing, ...first], [nothing, ...minted], [nothing]));
  expect(poolRow(index.tables)).toMatchObject({ quarantinedBlock: null, feeOn: null, shares: SUPPLY + some });
  expect(positionRows(index.tables).map(({ owner }) => owner)).toEqual([ALICE, BOB]);
});

test("LP tokens that go to address 0 are locked: they leave their holder and stay in the supply", async () => {
  await feed(script([created()], first, [transfer(ALICE, ZERO, PART)]));
  expect(positionRows(index.tables)).toHaveLength(1);
  expect(positionOf(ALICE)?.liquidity).toBe(SUPPLY - 1000n - PART);
  expect(poolRow(index.tables).shares).toBe(SUPPLY);
});

describe("reserves that change without a trade", () => {
  test("up, are a donation to the LPs, and the pool says so from then on", async () => {
    await feed(script([created()], first, [sync(R0 + 7n, R1 + 8n)]));
    expect(poolRow(index.tables)).toMatchObject({
      tokenMovesBalances: true,
      feesLp0: 7n,
      feesLp1: 8n,
      balance0: R0 + 7n,
    });
    await feed(script([], [], [], [sync(R0 + 1_000_007n, R1 + 8n), swap({ amount0In: 1_000_000n })]));
    expect(poolRow(index.tables)).toMatchObject({ tokenMovesBalances: true, feesLp0: 3_007n });
  });

  test("not at all, say nothing of the token", async () => {
    await feed(script([created()], first, [sync(R0, R1)]));
    expect(poolRow(index.tables)).toMatchObject({ tokenMovesBalances: false, feesLp0: 0n });
  });

  test("down, make fees negative: a burn then pays less than the principal", async () => {
    const paid0 = 4999999999999989602n;
    const halved = [sync(R0 / 2n, R1)];
    await feed(
      script([created()], first, [transfer(ALICE, BOB, PART)], halved, [
        ...[transfer(BOB, PAIR, PART), transfer(PAIR, ZERO, PART)],
        ...[sync(R0 / 2n - paid0, R1 - 19999999999n), burn(paid0, 19999999999n)],
      ]),
    );
    // Lb is 447213595499957, the price has doubled: 10 / sqrt(2) and 20,000 x sqrt(2) were principal.
    expect(positionOf(BOB)).toMatchObject({
      ...{ withdrawn0: 7071067811865460392n, withdrawn1: 28284271247n, collected0: paid0, tokensOwed0: 0n },
      ...{ feesTaken0: -2071067811865470790n, feesTaken1: -8284271248n, feesOffset1Double: -8284271248 },
    });
    expect(poolRow(index.tables)).toMatchObject({ tokenMovesBalances: true, quarantinedBlock: null });
  });

  test("before the first Mint, with one token only, leave the pair without a price", async () => {
    await feed(script([created()], [sync(5n, 0n)]));
    expect(poolRow(index.tables)).toMatchObject({ sqrtPriceX96: null, balance0: 5n, quarantinedBlock: null });
    await feed(script([], [], [...first.slice(0, 2), sync(R0 + 5n, R1), mint(R0, R1)]));
    expect(poolRow(index.tables)).toMatchObject({
      balance0: R0 + 5n,
      shares: SUPPLY,
      quarantinedBlock: null,
    });
  });
});

describe("logs that do not fit quarantine the pair, and others are followed", () => {
  test.for([
    ["a Swap without its Sync", [swap({ amount0In: 10n ** 19n, amount1Out: 19743160687n })]],
    [
      "a Swap that takes too much",
      [sync(S0, S1 - 1n), swap({ amount0In: 10n ** 19n, amount1Out: 19743160688n })],
    ],
    ["a Mint without its LP tokens", [sync(R0 + 1n, R1 + 1n), mint(1n, 1n)]],
    ["a Mint of too many LP tokens", [transfer(ZERO, BOB, 10n ** 9n), sync(R0 + 9n, R1 + 9n), mint(9n, 9n)]],
    ["a Burn without its LP tokens", [sync(R0 - 9n, R1 - 9n), burn(9n, 9n)]],
    ["a Burn of more than was sent", [transfer(PAIR, ZERO, 9n), sync(R0 - 9n, R1 - 9n), burn(9n, 9n)]],
    ["a transfer of more than is held", [transfer(ALICE, BOB, SUPPLY)]],
    ["a transfer of who holds none", [transfer(CAROL, BOB, 1n)]],
    [
      "LP tokens for the protocol without growth",
      [transfer(ZERO, FEE_TO, 1n), transfer(ZERO, BOB, 9n), sync(R0 + R0, R1 + R1), mint(R0, R1)],
    ],
  ] as const)("%s", async ([, logs]) => {
    await feed(script([created()], first, [...logs], traded));
    const pool = poolRow(index.tables);
    expect(pool).toMatchObject({ quarantinedBlock: 3, balance0: S0, balance1: S1 });
    expect(pool.swaps).toBeGreaterThan(0);
    expect(rowsOf(index.tables, "swap").at(-1)).toMatchObject({
      feeLp: null,
      feeProtocol: null,
      amount0: 10n ** 19n,
    });
    expect(rowsOf(index.tables, "quarantine")).toHaveLength(1);
  });

  test.for([
    ["a Mint", [transfer(ZERO, BOB, 9n), sync(R0 + 9n, R1 + 9n)]],
    ["a Burn", [transfer(ALICE, PAIR, 9n), transfer(PAIR, ZERO, 9n), sync(R0 - 9n, R1 - 9n)]],
  ] as const)("%s that never comes, at the next transaction", async ([, logs]) => {
    await feed(script([created()], first, [...logs], traded));
    expect(poolRow(index.tables)).toMatchObject({
      quarantinedBlock: 4,
      balance0: S0,
      balance1: S1,
      swaps: 1,
    });
    expect(rowsOf(index.tables, "quarantine")).toMatchObject([{ blockNumber: 4, logIndex: 0 }]);
  });

  test("a Burn that never comes, at the next in its transaction", async () => {
    const burning = [transfer(ALICE, PAIR, 9n), transfer(PAIR, ZERO, 9n)];
    await feed(script([created()], first, [...burning, sync(R0 - 9n, R1), ...burning]));
    expect(rowsOf(index.tables, "quarantine")).toMatchObject([{ blockNumber: 3, logIndex: 4 }]);
  });
});
