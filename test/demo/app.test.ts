import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { apiPort } from "../../demo/app.ts";

test("without PORT and with 42069 taken, the API goes to a free port, which is said", async () => {
  const said: string[] = [];
  for (let port = 42069; port === 42069; ) {
    const holder = createServer().listen(42069);
    // Taken by somebody else serves as well, until they give it back: then it is tried again.
    await once(holder, "listening").catch(() => {});
    port = await apiPort({}, (line) => said.push(line));
    holder.close();
    if (port !== 42069) expect(said).toEqual([`Port 42069 is in use, so the API is on port ${port}.`]);
  }
});
