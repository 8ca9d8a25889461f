import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp } from "../app.ts";
import { type Mutation, mutatedTree, removeTree } from "./fees/mutatedTree.ts";
import { askAll, compareAll } from "./owners/compareAll.ts";
import { type RecordedBooks, recordBooks } from "./owners/recordBooks.ts";

/** An app each: only `npm run test:owners` has the time. */
const runs = process.env.BALLAST_TEST_OPERATIONS !== undefined;
const OWNERSHIP = "src/state/ownership.ts";
const TRANSFER = "src/indexing/recordNftTransfer.ts";

/** Wrong books of owners, each of which the independent ones must notice. */
const MUTATIONS: [string, Mutation[]][] = [
  ["none of it", []],
  [
    "bought fees that are never recovered",
    [{ file: OWNERSHIP, from: "least(ownership.receivable0, positive(is.amount0 - was.amount0))", to: "0n" }],
  ],
  [
    "principal that comes in rounded down",
    [{ file: "src/state/handover.ts", from: "roundUp: true", to: "roundUp: false" }],
  ],
  [
    "a staker that becomes an owner",
    [{ file: TRANSFER, from: "scope.settings.stakers.has(to)", to: "false" }],
  ],
  [
    "a transfer to oneself that begins anew",
    [
      {
        file: TRANSFER,
        from: "if (to === position.owner) return",
        to: "if (to === position.manager) return",
      },
    ],
  ],
  [
    "pending fees that do not go with the transfer",
    [{ file: TRANSFER, from: "position.liquidity === 0n\n", to: "position.liquidity >= 0n\n" }],
  ],
  [
    "collected fees that turn into principal at a later withdrawal",
    [
      {
        file: "src/state/feeLedger.ts",
        from: "return { feesTaken0, feesTaken1 };",
        to: "return { feesTaken0: 0n * feesTaken0, feesTaken1: 0n * feesTaken1 };",
      },
    ],
  ],
  [
    "capital that stays at a withdrawal",
    [
      {
        file: "src/state/holdBasket.ts",
        from: "cost1: ledger.cost1 - release(ledger.cost1)",
        to: "cost1: ledger.cost1",
      },
    ],
  ],
];

let recorded: RecordedBooks;

beforeAll(async () => {
  if (runs) recorded = await recordBooks({ seed: 4_601, operations: 500 });
});

afterAll(async () => {
  await recorded?.anvil.stop();
});

test.skipIf(!runs).for(MUTATIONS)(
  "of %s the independent books notice as much as there is",
  async ([, mutations]) => {
    const root = await mutatedTree(mutations);
    const app = await startApp(recorded.markets, { root });
    try {
      await app.untilIndexed("anvil", recorded.last, 300);
      const { disagreements } = compareAll(recorded, await askAll(app, recorded));
      if (mutations.length === 0) expect(disagreements).toEqual([]);
      else expect(disagreements.length).toBeGreaterThan(10);
    } finally {
      await app.stop();
      await app.remove();
      await removeTree(root);
    }
  },
);
