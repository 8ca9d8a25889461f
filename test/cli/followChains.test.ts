import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChainMemory } from "../../cli/chainMemory.ts";
import { followChains } from "../../cli/followChains.ts";
import type { SeenChain } from "../../cli/seenChain.ts";
import { parseMarkets } from "../../config/readMarkets.ts";
import { type StubChain, stubChain } from "./stubChain.ts";

const ANVIL = { local: true, genesis: "0xa0", number: 0, hash: "0xa0" };

let chain: StubChain;
let stop = () => {};

beforeEach(async () => {
  chain = await stubChain(31_337, blocks(1, "a"));
});

afterEach(async () => {
  stop();
  await chain.close();
});

/** Begins to look at the chain as it is now. What a look finds that ends after its test is no other's. */
function follow() {
  const said: string[] = [];
  const remembered: SeenChain[] = [];
  const memory: ChainMemory = {
    canForget: true,
    recall: async () => new Map(),
    remember: async (_, seen) => {
      remembered.push(seen);
    },
    forget: async () => {},
    howToForget: () => "",
    close: async () => {},
  };
  const factory = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
  const market = { protocol: "uniswap-v3", factory, positionManager: null, startBlock: 1 };
  const file = { chains: [{ id: 31_337, name: "anvil", rpc: [chain.url], markets: [market] }] };
  const markets = parseMarkets(JSON.stringify(file), "markets.json", {});
  const launch = { markets, seen: new Map([[31_337, ANVIL]]), memory };
  stop = followChains(launch, (line) => said.push(line), { local: 10, public: 10 });
  return { said, remembered };
}

function blocks(length: number, letter: string): string[] {
  return Array.from({ length }, (_, n) => `0x${letter}${n}`);
}

const soon = <T>(value: () => T) => expect.poll(value, { timeout: 60_000 });

describe("followChains", () => {
  it("remembers the block 30 below the head while the chain grows", async () => {
    chain.hashes = blocks(100, "a");
    const { said, remembered } = follow();
    await soon(() => remembered.at(-1)).toEqual({ ...ANVIL, number: 69, hash: "0xa69" });
    chain.hashes = blocks(150, "a");
    await soon(() => remembered.at(-1)).toEqual({ ...ANVIL, number: 119, hash: "0xa119" });
    expect(said).toEqual([]);
  });

  it("says so once when the chain starts anew, and keeps what was seen for the next start to find", async () => {
    chain.hashes = blocks(100, "a");
    const { said, remembered } = follow();
    await soon(() => remembered.at(-1)?.number).toBe(69);
    chain.hashes = blocks(200, "b");
    await soon(() => said.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(said.length).toBe(1);
    // Which block gives it away depends on the request in whose middle it started anew.
    expect(said[0]).toMatch(
      /^Chain "anvil" \(id 31337\): its (genesis block|block 69) is 0xb.* is not on the chain any more: start Ballast anew\.$/,
    );
    expect(remembered.at(-1)).toEqual({ ...ANVIL, number: 69, hash: "0xa69" });
  });

  it("waits for a node that is away for a while", async () => {
    chain.page = "gone";
    const { said, remembered } = follow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect({ said, remembered }).toEqual({ said: [], remembered: [] });
    chain.page = undefined;
    await soon(() => remembered.length).toBeGreaterThan(0);
  });
});
