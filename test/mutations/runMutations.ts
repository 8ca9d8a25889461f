/**
 * Proves that the tests of the fee ledger's maths can fail: each wrong replay below must turn one red. Every mutation
 * is made in a copy of the sources, never in place; the copy itself must be green first. Prints one line a mutation
 * with the test that noticed, and exits 1 if any survives. `npm run test:mutations`, optionally with a part of a mutation's name.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Edit, replayMutations } from "./replayMutations.ts";

const COPIED = [
  "src/math",
  "src/state",
  "abis",
  "demo/chain/randomness.ts",
  "test/replay",
  "test/state",
  "test/math",
  "test/fixtures",
  "vitest.config.ts",
  "package.json",
];

/** Some wrong replays never end, which is red too. */
const LIMIT_MS = 90_000;

const copy = mkdtempSync(join(tmpdir(), "ballast-mutations-"));
try {
  for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  process.exitCode = runAll(process.argv[2] ?? "");
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function runAll(wanted: string): number {
  let [run, survivors] = [0, 0];
  for (const { tests, mutations } of replayMutations) {
    const chosen = mutations.filter(({ name }) => name.includes(wanted));
    const already = chosen.length > 0 ? firstFailure(tests) : undefined;
    if (already !== undefined) throw new RedBeforeError(already);
    for (const { name, edits } of chosen) {
      const failed = withEdits(edits, () => firstFailure(tests));
      run++;
      if (failed === undefined) survivors++;
      console.log(failed === undefined ? `GREEN, SURVIVES  ${name}` : `red  ${name}  (${failed})`);
    }
  }
  console.log(`${run - survivors} of ${run} mutations turn a test red`);
  return survivors === 0 && run > 0 ? 0 : 1;
}

/** The title of the first test that fails, undefined if all pass. */
function firstFailure(tests: readonly string[]): string | undefined {
  const vitest = join("node_modules", "vitest", "vitest.mjs");
  // In threads, so that a replay without end goes with the process.
  const args = [vitest, "run", "--bail=1", "--reporter=json", "--pool=threads", "--no-file-parallelism"];
  const options = { cwd: copy, encoding: "utf8", timeout: LIMIT_MS, killSignal: "SIGKILL" } as const;
  const { status, signal, stdout } = spawnSync(process.execPath, [...args, ...tests], options);
  if (status === 0) return undefined;
  if (signal === "SIGKILL") return `no end within ${LIMIT_MS / 1000} s`;
  const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
    testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[];
  };
  const results = report.testResults.flatMap((file) => file.assertionResults);
  const failed = results.find((result) => result.status === "failed");
  if (failed === undefined)
    throw new NothingRanError(report.testResults.map((file) => file.message).join("\n"));
  return failed.fullName.trim().slice(0, 70);
}

function withEdits<T>(edits: readonly Edit[], run: () => T): T {
  const originals = new Map(edits.map(({ file }) => [file, readFileSync(file, "utf8")]));
  const mutated = new Map(originals);
  for (const { file, from, to } of edits) {
    const parts = (mutated.get(file) ?? "").split(from);
    if (parts.length !== 2) throw new AmbiguousEditError(file, from, parts.length - 1);
    mutated.set(file, parts.join(to));
  }
  for (const [file, text] of mutated) writeFileSync(join(copy, file), text);
  try {
    return run();
  } finally {
    for (const [file, text] of originals) writeFileSync(join(copy, file), text);
  }
}

class AmbiguousEditError extends Error {
  override readonly name = "AmbiguousEditError";

  constructor(file: string, from: string, times: number) {
    super(`${file} has ${times} times, not once: ${from}\nFit the mutation to the source.`);
  }
}

class RedBeforeError extends Error {
  override readonly name = "RedBeforeError";

  constructor(title: string) {
    super(`a test is red without any mutation, which hides what they do: ${title}`);
  }
}

class NothingRanError extends Error {
  override readonly name = "NothingRanError";

  constructor(output: string) {
    super(`a mutation kept the tests from running, which proves nothing: ${output}`);
  }
}
