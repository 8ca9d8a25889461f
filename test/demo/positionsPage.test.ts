import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { awaitPositions } from "../../demo/positionsPage.ts";

const asked = { chainId: 31337, pool: "0x01" };
const tries = { most: 3, pause: 1 };
const page = { pool: null, positions: { items: [] } };

/** An API that answers its first requests 503. */
async function busyApi(refusals: number): Promise<string> {
  let left = refusals;
  const server = createServer((_, response) => {
    const isBusy = left-- > 0;
    response.statusCode = isBusy ? 503 : 200;
    response.end(JSON.stringify(isBusy ? { errors: [{ message: "Too many at once." }] } : { data: page }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a page that the API was too busy for is asked for again", async () => {
  await expect(awaitPositions(await busyApi(2), asked, new AbortController().signal, tries)).resolves.toEqual(
    page,
  );
});

test("at last its error is said", async () => {
  await expect(awaitPositions(await busyApi(3), asked, new AbortController().signal, tries)).rejects.toThrow(
    "The API answers with an error: Too many at once.",
  );
});

test("who ended the demo does not wait for it", async () => {
  const ended = AbortSignal.abort(new Error("Ended."));
  await expect(awaitPositions(await busyApi(2), asked, ended, tries)).rejects.toThrow("Ended.");
});
