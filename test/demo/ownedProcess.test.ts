import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOwned } from "../../demo/ownedProcess.ts";

let bin: string;

beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), "ballast-owned-"));
  // Patience that is over at once.
  writeFileSync(join(bin, "sleep"), "#!/bin/sh\n", { mode: 0o755 });
});
afterAll(() => rmSync(bin, { recursive: true }));

test("a program that does not end when told to is killed, and what it started with it", async () => {
  const stubborn = `trap "" TERM; (/bin/sleep 200; echo outlived) & echo up; wait`;
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  const { child, stop } = startOwned("sh", ["-c", stubborn], { env });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  // When everybody who could write has ended.
  const closed = once(child, "close");
  await expect.poll(() => output, { timeout: 60_000 }).toBe("up\n");
  await stop();
  await closed;
  expect(output).toBe("up\n");
});
