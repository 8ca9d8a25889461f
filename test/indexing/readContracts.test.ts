import { encodeAbiParameters, type Hex } from "viem";
import { expect, test } from "vitest";
import { staticCallsResult } from "../../abis/staticCalls.ts";
import { ReadRefusedError, readContracts } from "../../src/indexing/readContracts.ts";

const TARGET = "0x00000000000000000000000000000000000000aa";
const ANSWER = encodeAbiParameters(staticCallsResult, [
  [true, false],
  ["0x12", "0x"],
]);

test("a node that is behind is asked again until it has come so far", async () => {
  const { read, asked } = reader([new Error("execution reverted: the node is behind"), ANSWER]);
  expect(await read()).toEqual(["0x12", null]);
  expect(asked()).toBe(2);
});

test("an RPC that refuses such a call is said in a sentence, without the code", async () => {
  const refused = Object.assign(new Error("missing to … data: 0x6080"), { shortMessage: "Missing `to`." });
  const { read, asked } = reader([refused]);
  await expect(read()).rejects.toThrow(ReadRefusedError);
  await expect(reader([refused]).read()).rejects.toThrow(
    "the RPC does not answer the eth_call that reads tokens and pools (Missing `to`.): use one that runs creation code",
  );
  expect(asked()).toBe(1);
});

test("an empty answer is no answer", async () => {
  await expect(reader([undefined]).read()).rejects.toThrow("an empty answer");
});

/** Reads two calls through a client that gives these answers in turn. */
function reader(answers: readonly (Hex | Error | undefined)[]) {
  let asked = 0;
  const call = async () => {
    const answer = answers[asked++];
    if (answer instanceof Error) throw answer;
    return { data: answer };
  };
  // Of Ponder's client, `call` is all that is used.
  const client = { call } as unknown as Parameters<typeof readContracts>[0]["client"];
  const calls = [
    { target: TARGET, data: "0x01" },
    { target: TARGET, data: "0x02" },
  ] as const;
  return { read: () => readContracts({ client, timestamp: 1_700_000_000 }, calls), asked: () => asked };
}
