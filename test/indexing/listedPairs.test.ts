import { encodeAbiParameters, type Hex, padHex } from "viem";
import { beforeEach, expect, test } from "vitest";
import { staticCallsResult } from "../../abis/staticCalls.ts";
import { loadPairHandlers, type PairIndex } from "../chain/v2/indexPairs.ts";
import { poolRow, rowsOf } from "../chain/v2/pairRows.ts";
import {
  ALICE,
  BOB,
  FACTORY,
  mint,
  PAIR,
  script,
  swap,
  sync,
  TOKEN0,
  TOKEN1,
  transfer,
  ZERO,
} from "../chain/v2/scriptPair.ts";

const first = [
  transfer(ZERO, ZERO, 1000n),
  transfer(ZERO, ALICE, 999_000n),
  sync(10n ** 6n, 10n ** 6n),
  mint(10n ** 6n, 10n ** 6n),
];
const NOTHING: Hex[] = ["0x", "0x", "0x"];
const word = (address: string) => padHex(address as Hex, { size: 32 });

/** What the pair answers of itself; its tokens answer nothing. */
let answers: Hex[] = [];
let index: PairIndex;

beforeEach(async () => {
  answers = [word(FACTORY), word(TOKEN0), word(TOKEN1)];
  let asked = 0;
  const client = {
    call: async () => {
      const returned = asked++ === 0 ? answers : NOTHING;
      const ok = returned.map((data) => data !== "0x");
      return { data: encodeAbiParameters(staticCallsResult, [ok, returned]) };
    },
  };
  index = (await loadPairHandlers(FACTORY, { pools: [PAIR], client }))();
});

test("a listed pair is known from its first Mint on, with what it says of itself", async () => {
  await index.feed(script(first));
  expect(poolRow(index.tables)).toMatchObject({
    ...{ poolId: PAIR, factory: FACTORY, token0: TOKEN0, token1: TOKEN1, fee: 3000, tickSpacing: null },
    ...{ createdBlock: null, trackedFromBlock: 1, shares: 10n ** 6n, quarantinedBlock: null },
  });
});

test("tokens that come to a listed pair before its first Mint are in the reserves from then on", async () => {
  await index.feed(
    script(
      [sync(5n, 7n)],
      [...first.slice(0, 2), sync(10n ** 6n + 5n, 10n ** 6n + 7n), mint(10n ** 6n, 10n ** 6n)],
    ),
  );
  expect(rowsOf(index.tables, "pool")).toHaveLength(1);
  expect(poolRow(index.tables)).toMatchObject({ balance0: 10n ** 6n + 5n, quarantinedBlock: null });
});

test.for([
  ["a swap", [sync(10n ** 6n, 10n ** 6n), swap({ amount0In: 9n, amount1Out: 1n })]],
  ["a transfer", [transfer(ALICE, BOB, 5n)]],
  ["a later deposit", [transfer(ZERO, ALICE, 5n), sync(10n ** 6n, 10n ** 6n), mint(5n, 5n)]],
] as const)(
  "a listed pair whose first log is %s began before startBlock: indexing stops and says so",
  async ([, logs]) => {
    await expect(index.feed(script([...logs]))).rejects.toThrow(
      /startBlock 0 is after its creation: pool 0x0+aa/u,
    );
    expect(rowsOf(index.tables, "pool")).toHaveLength(0);
  },
);

test("a listed pair of another factory is named with it", async () => {
  answers = [word(BOB), word(TOKEN0), word(TOKEN1)];
  await expect(index.feed(script(first))).rejects.toThrow(`comes from factory ${BOB}`);
});

test("a listed contract without a pair's constants is named", async () => {
  answers = [word(FACTORY), word(TOKEN0), "0x"];
  await expect(index.feed(script(first))).rejects.toThrow("logs like a Uniswap v2 pair but has no token1()");
});
