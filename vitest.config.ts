import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const inMemory = (file: string) => new URL(`test/inMemory/${file}`, import.meta.url).pathname;

/** What starts neither a chain nor the app. */
const PURE = [
  ...["math", "state", "replay", "api", "docs", "config"].map((room) => `test/${room}/**/*.test.ts`),
  ...[
    "test/*.test.ts",
    "test/protocols/!(conformance).test.ts",
    "test/demo/@(app|arguments|positionsPage|view).test.ts",
  ],
];

/** What takes longest, or mostly waits, in that order. */
const LONG = [
  ...["demo/demo", "chain/asOf", "indexing/sameLogsSameRows", "chain/reads", "chain/owners", "chain/pairs"],
  ...["chain/feeLedger", "indexing/wrongMarkets"],
];

/** Where no earlier run has left its times vitest sorts by size, and a core waits for a long one that came last. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  // Tests that run handlers outside Ponder.
  resolve: {
    alias: {
      "ponder:schema": inMemory("ponderSchema.ts"),
      "ponder:registry": inMemory("ponderRegistry.ts"),
    },
  },
  test: {
    // Five times the longest that a test takes: on a busy machine nothing fails for being slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Left to itself vitest keeps one of two cores free: 11.5 minutes instead of 7.7.
    maxWorkers: 2,
    minWorkers: 1,
    sequence: { sequencer: LongFirst },
    restoreMocks: true,
    // Threads keep their modules from file to file: loading the API anew for each of its files took longer than its tests.
    poolOptions: { threads: { isolate: false } },
    projects: [
      {
        extends: true,
        test: {
          ...{ name: "pure", include: PURE, setupFiles: ["test/seed.ts"] },
          ...{ pool: "threads", sequence: { groupOrder: 0 } },
        },
      },
      {
        extends: true,
        test: {
          ...{ name: "apps", include: ["test/**/*.test.ts"], exclude: PURE },
          ...{ pool: "forks", sequence: { groupOrder: 1 }, globalSetup: "test/emptyDatabase.ts" },
        },
      },
    ],
  },
});
