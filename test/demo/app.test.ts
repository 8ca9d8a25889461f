import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { apiPort } from "../../demo/app.ts";

test("without PORT and with 42069 taken, the API goes to a free port, which is said", async () => {
  const holder = createServer().listen(42069);
  // Taken by somebody else serves as well.
  await Promise.race([once(holder, "listening"), once(holder, "error").catch(() => {})]).catch(() => {});
  const said: string[] = [];
  const port = await apiPort({}, (line) => said.push(line));
  expect(port).not.toBe(42069);
  expect(said).toEqual([`Port 42069 is in use, so the API is on port ${port}.`]);
  holder.close();
});
