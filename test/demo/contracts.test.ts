import { readFileSync } from "node:fs";
import {
  type Address,
  decodeAbiParameters,
  encodeDeployData,
  type Hex,
  hexToBytes,
  hexToString,
  parseAbi,
  size,
  toFunctionSelector,
} from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { staticCallsAbi, staticCallsBytecode, staticCallsResult } from "../../abis/staticCalls.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { ownArtifact } from "../../demo/chain/artifacts.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { deployContract } from "../../demo/chain/deploy.ts";
import { compiledFiles } from "../../demo/contracts/compile.ts";

let anvil: Anvil;
let client: ChainClient;
let deployer: Address;
beforeAll(async () => {
  anvil = await startAnvil();
  client = chainClient(anvil.url);
  [deployer] = (await client.getAddresses()) as [Address];
});
afterAll(() => anvil.stop());

const deploy = (name: string, args: unknown[] = []) =>
  deployContract(client, deployer, ownArtifact(name), args);
const selectors = { name: "0x06fdde03", symbol: "0x95d89b41", decimals: "0x313ce567" } as const;

/** What one call through StaticCalls answers. */
async function ask(token: Address, item: keyof typeof selectors, gasEach = 150_000n, maxReturn = 256n) {
  const [answer] = await askAll([token], [selectors[item]], gasEach, maxReturn);
  return answer;
}

async function askAll(targets: Address[], datas: Hex[], gasEach: bigint, maxReturn: bigint, notBefore = 0n) {
  const args = [targets, datas, gasEach, maxReturn, notBefore] as const;
  const request = encodeDeployData({ abi: staticCallsAbi, bytecode: staticCallsBytecode, args });
  const { data = "0x" } = await client.call({ data: request });
  const [ok, answers] = decodeAbiParameters(staticCallsResult, data);
  return ok.map((success, index) => ({ ok: success, data: answers[index] ?? "0x" }));
}

test("the committed artifacts and bytecode are what the committed sources compile to", () => {
  const files = compiledFiles();
  expect(files.size).toBe(24);
  for (const [path, text] of files) expect(readFileSync(path, "utf8"), path).toBe(text);
});

test("the selectors asked for are those of ERC-20 metadata", () => {
  expect(
    parseAbi(["function name()", "function symbol()", "function decimals()"]).map((item) =>
      toFunctionSelector(item),
    ),
  ).toEqual(Object.values(selectors));
});

test("decimals of 0 and 255 are read", async () => {
  for (const [decimals, word] of [
    [0, "00"],
    [255, "ff"],
  ] as const) {
    const token = await deploy("TestToken", ["Test", "TST", decimals]);
    expect(await ask(token, "decimals")).toEqual({ ok: true, data: `0x${"00".repeat(31)}${word}` });
  }
});

test("symbols of 32 bytes come back as they are", async () => {
  const answer = await ask(await deploy("Bytes32Token"), "symbol");
  expect(answer).toEqual({ ok: true, data: `0x4d4b52${"00".repeat(29)}` });
});

test("functions that revert or do not exist, and accounts without code, are not ok", async () => {
  for (const token of [await deploy("RevertingToken"), await deploy("BareToken"), deployer]) {
    for (const item of ["name", "symbol", "decimals"] as const)
      expect((await ask(token, item))?.ok).toBe(false);
  }
});

test("decimals() that burns all gas costs its own limit only, and its neighbours are answered", async () => {
  const burner = await deploy("GasBurningToken");
  const honest = await deploy("TestToken", ["Test", "TST", 6]);
  const targets = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? burner : honest));
  const answers = await askAll(
    targets,
    targets.map(() => selectors.decimals),
    150_000n,
    32n,
  );
  expect(answers.map(({ ok }) => ok)).toEqual(targets.map((target) => target === honest));
});

test("a node whose newest block is older than asked for refuses, rather than find no code at a new contract", async () => {
  const token = await deploy("TestToken", ["Test", "TST", 6]);
  const { timestamp } = await client.getBlock();
  const ask = (notBefore: bigint) => askAll([token], [selectors.decimals], 150_000n, 32n, notBefore);
  expect(await ask(timestamp)).toMatchObject([{ ok: true }]);
  await expect(ask(timestamp + 1_000_000_000n)).rejects.toThrow("the node is behind");
});

test("a name of 20,000 letters is cut off at the limit", async () => {
  const answer = await ask(await deploy("LongNameToken"), "name", 200_000n, 256n);
  expect(answer?.ok).toBe(true);
  expect(size(answer?.data ?? "0x")).toBe(256);
  expect(hexToString(answer?.data ?? "0x").endsWith("LLLLLLLL")).toBe(true);
});

test("empty text, NUL, control characters and broken UTF-8 come through untouched", async () => {
  const text = (data: Hex = "0x") => decodeAbiParameters([{ type: "bytes" }], data)[0];
  const empty = await deploy("EmptyTextToken");
  const control = await deploy("ControlCharacterToken");
  expect(text((await ask(empty, "symbol"))?.data)).toBe("0x");
  expect(hexToBytes(text((await ask(control, "symbol"))?.data))).toEqual(new Uint8Array([0x41, 0, 0x42, 7]));
  expect(text((await ask(control, "name"))?.data)).toBe("0x1b5b33316d7265640afffe20656e64");
});

test("decimals() of more than a uint8 is a number all the same", async () => {
  const answer = await ask(await deploy("OversizedDecimalsToken"), "decimals");
  expect(BigInt(answer?.data ?? "0x")).toBe(300n);
});
