import { defineConfig } from "vitest/config";

const inMemory = (file: string) => new URL(`test/inMemory/${file}`, import.meta.url).pathname;

export default defineConfig({
  // Tests that run handlers outside Ponder.
  resolve: {
    alias: {
      "ponder:schema": inMemory("ponderSchema.ts"),
      "ponder:registry": inMemory("ponderRegistry.ts"),
    },
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Left to itself vitest keeps one of two cores free: 11.5 minutes instead of 7.7.
    maxWorkers: 2,
    minWorkers: 1,
  },
});
