import { describe, expect, it } from "vitest";
import { parseMarkets, readMarkets } from "../../config/readMarkets.ts";

const POOL_A = "0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640";
const POOL_B = "0x8ad599c3a0ff1de082011efddc58f1908eb6e6d8";
const POOL_ID = "0x21c67e77068de97969ba93d4aab21826d33ca12bb9f565d8496e8fda8a82ca27";
const OWN_FACTORY = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const OWN_MANAGER = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512";
const OWN_STAKER = "0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0";

function chainOf(chain: object, env: NodeJS.ProcessEnv = {}) {
  const file = { chains: [{ id: 1, name: "mainnet", rpc: ["https://eth.example"], ...chain }] };
  const [first] = parseMarkets(JSON.stringify(file), "markets.json", env).chains;
  if (first === undefined) throw new Error("no chain");
  return first;
}

function uniswapV3Of(chain: object) {
  const markets = chainOf(chain).markets.get("uniswap-v3");
  if (markets === undefined) throw new Error("no market of uniswap-v3");
  return markets;
}

describe("marketsOf", () => {
  it("fills in the canonical deployment and the known tokens of the chain, in lower case", () => {
    const chain = chainOf({ markets: [{ protocol: "uniswap-v3", startBlock: 12_369_621 }] });
    expect([...chain.markets.keys()]).toEqual(["uniswap-v3"]);
    expect(chain.markets.get("uniswap-v3")).toEqual({
      factories: new Map([["0x1f98431c8ad98523631ae4a59f267346ea31f984", { startBlock: 12_369_621 }]]),
      pools: new Map(),
      positionManagers: new Set(["0xc36442b4a4522e871399cd717abdd847ab11fe88"]),
      stakers: new Set(["0xe34139463ba50bd61336e0c446bd8c0867c6fe65"]),
      startBlock: 12_369_621,
    });
    expect(chain.quoteToken).toBe(null);
    expect(chain.quoteMinDepth).toBe(10_000);
    expect(chain.wrappedNative).toBe("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");
    expect(chain.stablecoins).toEqual(
      new Set([
        "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
        "0xdac17f958d2ee523a2206206994597c13d831ec7",
        "0x6b175474e89094c44da98b954eedeac495271d0f",
      ]),
    );
  });

  it("merges markets that list pools: each pool keeps its factory and start block, the chain starts at the first", () => {
    const uniswapV3 = uniswapV3Of({
      markets: [
        { protocol: "uniswap-v3", pools: [POOL_A], startBlock: 20 },
        {
          protocol: "uniswap-v3",
          factory: OWN_FACTORY,
          positionManager: OWN_MANAGER,
          stakers: [OWN_STAKER],
          pools: [POOL_B],
          startBlock: 10,
        },
      ],
    });
    expect(uniswapV3).toEqual({
      factories: new Map(),
      pools: new Map([
        [
          "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640",
          { factory: "0x1f98431c8ad98523631ae4a59f267346ea31f984", startBlock: 20 },
        ],
        [POOL_B, { factory: OWN_FACTORY, startBlock: 10 }],
      ]),
      positionManagers: new Set([
        "0xc36442b4a4522e871399cd717abdd847ab11fe88",
        "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512",
      ]),
      stakers: new Set(["0xe34139463ba50bd61336e0c446bd8c0867c6fe65", OWN_STAKER]),
      startBlock: 10,
    });
  });

  it("merges several factories with all of their pools", () => {
    const uniswapV3 = uniswapV3Of({
      markets: [
        { protocol: "uniswap-v3", startBlock: 20 },
        { protocol: "uniswap-v3", factory: OWN_FACTORY, positionManager: null, startBlock: 30 },
      ],
    });
    expect([...uniswapV3.factories]).toEqual([
      ["0x1f98431c8ad98523631ae4a59f267346ea31f984", { startBlock: 20 }],
      [OWN_FACTORY, { startBlock: 30 }],
    ]);
    expect(uniswapV3.positionManagers.size).toBe(1);
  });

  it("keeps the protocols of a chain apart, each with its canonical deployment", () => {
    const { markets } = chainOf({
      markets: [
        { protocol: "uniswap-v4", pools: [POOL_ID.toUpperCase().replace("X", "x")], startBlock: 40 },
        { protocol: "pancakeswap-v3", startBlock: 30 },
        { protocol: "uniswap-v2", startBlock: 20 },
        { protocol: "algebra-integral", factory: OWN_FACTORY, positionManager: null, startBlock: 10 },
      ],
    });
    expect([...markets.keys()]).toEqual(["uniswap-v2", "uniswap-v4", "pancakeswap-v3", "algebra-integral"]);
    expect(markets.get("uniswap-v2")).toEqual({
      factories: new Map([["0x5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f", { startBlock: 20 }]]),
      pools: new Map(),
      positionManagers: new Set(),
      stakers: new Set(),
      startBlock: 20,
    });
    expect(markets.get("uniswap-v4")).toEqual({
      factories: new Map(),
      pools: new Map([[POOL_ID, { factory: "0x000000000004444c5dc75cb358380d2e3de08a90", startBlock: 40 }]]),
      positionManagers: new Set(["0xbd216513d74c8cf14cf4747e6aaa6420ff64ee9e"]),
      stakers: new Set(),
      startBlock: 40,
    });
    expect(markets.get("pancakeswap-v3")).toEqual({
      factories: new Map([["0x0bfbcf9fa4f9c56b0f40a671ad40e0805a091865", { startBlock: 30 }]]),
      pools: new Map(),
      positionManagers: new Set(["0x46a15b0b27311cedf172ab29e4f4766fbe7f4364"]),
      stakers: new Set(["0x556b9306565093c855aea9ae92a594704c2cd59e"]),
      startBlock: 30,
    });
    expect(markets.get("algebra-integral")?.factories).toEqual(new Map([[OWN_FACTORY, { startBlock: 10 }]]));
  });

  it("takes a PoolManager of one's own", () => {
    const market = { protocol: "uniswap-v4", poolManager: OWN_FACTORY, positionManager: OWN_MANAGER };
    const { markets } = chainOf({ markets: [{ ...market, startBlock: 1 }] });
    expect(markets.get("uniswap-v4")?.factories).toEqual(new Map([[OWN_FACTORY, { startBlock: 1 }]]));
  });

  it("names the native currency of a known chain, and none of an unknown one", () => {
    const markets = [{ protocol: "uniswap-v3", factory: OWN_FACTORY, positionManager: null, startBlock: 1 }];
    expect(chainOf({ id: 137, markets }).nativeCurrency).toEqual({
      symbol: "POL",
      name: "POL",
      decimals: 18,
    });
    expect(chainOf({ id: 987_654_321, markets }).nativeCurrency).toEqual({
      symbol: null,
      name: null,
      decimals: 18,
    });
  });

  it("names no native currency where chains of one id have different ones, as 999 does", () => {
    const markets = [{ protocol: "uniswap-v3", factory: OWN_FACTORY, positionManager: null, startBlock: 1 }];
    expect(chainOf({ id: 999, markets }).nativeCurrency.symbol).toBe(null);
  });

  it("takes an empty list of stakers for none", () => {
    const markets = [{ protocol: "uniswap-v3", stakers: [], startBlock: 1 }];
    expect(uniswapV3Of({ markets }).stakers.size).toBe(0);
  });

  it("takes positionManager null for none, even on a chain that has a canonical one", () => {
    const markets = [{ protocol: "uniswap-v3", positionManager: null, startBlock: 1 }];
    expect(uniswapV3Of({ markets }).positionManagers.size).toBe(0);
  });

  it("takes tokens of the file before those of the table", () => {
    const chain = chainOf({
      quoteToken: "0x6B175474E89094C44Da98b954EedeAC495271d0F",
      quoteMinDepth: 0,
      stablecoins: [],
      wrappedNative: OWN_FACTORY,
      markets: [{ protocol: "uniswap-v3", startBlock: 0 }],
    });
    expect(chain.quoteToken).toBe("0x6b175474e89094c44da98b954eedeac495271d0f");
    expect(chain.quoteMinDepth).toBe(0);
    expect(chain.stablecoins.size).toBe(0);
    expect(chain.wrappedNative).toBe(OWN_FACTORY);
    expect(chain.markets.get("uniswap-v3")?.startBlock).toBe(0);
  });

  it("takes RPC URLs of the environment before those of the file, and none in the file then", () => {
    const markets = [{ protocol: "uniswap-v3", startBlock: 1 }];
    const env = { PONDER_RPC_URL_1: "https://a.example/key, http://127.0.0.1:8545" };
    const urls = ["https://a.example/key", "http://127.0.0.1:8545"];
    expect(chainOf({ markets }, env).rpc).toEqual(urls);
    expect(chainOf({ markets, rpc: undefined }, env).rpc).toEqual(urls);
    expect(chainOf({ markets }, { PONDER_RPC_URL_10: "https://a.example" }).rpc).toEqual([
      "https://eth.example",
    ]);
  });
});

describe("readMarkets", () => {
  it("reads the example that users copy, from the path that BALLAST_CONFIG names", () => {
    const { chains } = readMarkets({ BALLAST_CONFIG: "ballast.config.example.json" });
    expect(chains.map(({ name, quoteToken }) => [name, quoteToken])).toEqual([
      ["mainnet", "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"],
    ]);
  });
});
