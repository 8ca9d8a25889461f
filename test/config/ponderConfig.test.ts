import { describe, expect, it } from "vitest";
import { ponderConfig } from "../../config/ponderConfig.ts";
import { parseMarkets } from "../../config/readMarkets.ts";

const POOL = "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640";
const FACTORY = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const OTHER = "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512";
const MANAGER = "0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0";
const POOL_ID = "0x21c67e77068de97969ba93d4aab21826d33ca12bb9f565d8496e8fda8a82ca27";
const OTHER_ID = `0x${"ab".repeat(32)}`;
const LISTED = { protocol: "uniswap-v3", pools: [POOL], startBlock: 7 };
const WHOLE = { protocol: "uniswap-v3", factory: FACTORY, positionManager: null, startBlock: 3 };

function configOf(chains: object[], env: NodeJS.ProcessEnv = {}) {
  return ponderConfig(parseMarkets(JSON.stringify({ chains }), "markets.json", env), env);
}

const mainnet = { id: 1, name: "mainnet", rpc: ["https://eth.example"], markets: [LISTED] };
const anvil = { id: 31_337, name: "anvil", rpc: ["http://127.0.0.1:8545"], markets: [WHOLE] };

describe("ponderConfig", () => {
  it("gives each contract its chains, listed pools by address and a factory's pools by its event", () => {
    const { contracts } = configOf([mainnet, anvil]);
    expect(contracts.UniswapV3Factory.chain).toEqual({ anvil: { address: [FACTORY], startBlock: 3 } });
    expect(contracts.UniswapV3Pool.chain).toMatchObject({
      mainnet: { address: [POOL], startBlock: 7 },
      anvil: {
        address: { address: [FACTORY], event: { name: "PoolCreated" }, parameter: "pool", startBlock: 3 },
        startBlock: 3,
      },
    });
    expect(contracts.UniswapV3PositionManager.chain).toEqual({
      mainnet: { address: ["0xc36442b4a4522e871399cd717abdd847ab11fe88"], startBlock: 7 },
    });
  });

  it("finds the pools of each protocol by the event that its factory logs", () => {
    const markets = [
      { protocol: "uniswap-v2", factory: OTHER, startBlock: 1 },
      { protocol: "pancakeswap-v3", factory: FACTORY, positionManager: MANAGER, startBlock: 2 },
      { protocol: "algebra-integral", factory: MANAGER, positionManager: OTHER, startBlock: 3 },
    ];
    const { contracts } = configOf([{ ...anvil, markets }]);
    expect(contracts).toMatchObject({
      UniswapV2Factory: { chain: { anvil: { address: [OTHER], startBlock: 1 } } },
      UniswapV2Pair: {
        chain: {
          anvil: { address: { address: [OTHER], event: { name: "PairCreated" }, parameter: "pair" } },
        },
      },
      PancakeV3Factory: { chain: { anvil: { address: [FACTORY], startBlock: 2 } } },
      PancakeV3Pool: {
        chain: {
          anvil: { address: { address: [FACTORY], event: { name: "PoolCreated" }, parameter: "pool" } },
        },
      },
      PancakeV3PositionManager: { chain: { anvil: { address: [MANAGER], startBlock: 2 } } },
      AlgebraFactory: { chain: { anvil: { address: [MANAGER], startBlock: 3 } } },
      AlgebraPool: {
        chain: { anvil: { address: { address: [MANAGER], event: { name: "Pool" }, parameter: "pool" } } },
      },
      AlgebraPositionManager: { chain: { anvil: { address: [OTHER], startBlock: 3 } } },
    });
    expect(Object.keys(contracts).length).toBe(8);
  });

  it("takes every log of a PoolManager, or those of the listed ids alone", () => {
    const v4 = { protocol: "uniswap-v4", poolManager: FACTORY, positionManager: MANAGER, startBlock: 5 };
    const listing = { ...v4, pools: [POOL_ID, OTHER_ID.toUpperCase().replace("X", "x")] };
    const { contracts } = configOf([
      { ...anvil, markets: [v4] },
      { ...anvil, id: 1337, name: "listing", markets: [listing] },
    ]);
    const args = { id: [POOL_ID, OTHER_ID] };
    expect(contracts.UniswapV4PoolManager.chain).toEqual({
      anvil: { address: [FACTORY], startBlock: 5 },
      listing: {
        address: [FACTORY],
        startBlock: 5,
        filter: [
          { event: "Initialize", args },
          { event: "ModifyLiquidity", args },
          { event: "Swap", args },
          { event: "Donate", args },
          { event: "ProtocolFeeUpdated", args },
        ],
      },
    });
    expect(contracts.UniswapV4PositionManager.chain.listing).toEqual({ address: [MANAGER], startBlock: 5 });
  });

  it("leaves out a contract that no chain has, which Ponder would refuse", () => {
    expect(Object.keys(configOf([mainnet]).contracts)).toEqual(["UniswapV3Pool", "UniswapV3PositionManager"]);
    expect(Object.keys(configOf([anvil]).contracts)).toEqual(["UniswapV3Factory", "UniswapV3Pool"]);
  });

  it("lists an RPC URL of this machine 64 times and polls it every 100 ms, and no other", () => {
    const { chains } = configOf([mainnet, anvil]);
    expect(chains.mainnet).toEqual({ id: 1, rpc: ["https://eth.example"] });
    expect(chains.anvil).toEqual({
      id: 31_337,
      rpc: Array(64).fill("http://127.0.0.1:8545"),
      pollingInterval: 100,
    });
  });

  it.each(["http://localhost:1", "http://[::1]:1"])("takes %s for this machine", (url) => {
    expect(configOf([{ ...anvil, rpc: [url] }]).chains.anvil?.rpc.length).toBe(64);
  });

  it("keeps rows in Postgres if DATABASE_URL is set, else in PGlite under BALLAST_DATA_DIR", () => {
    expect(configOf([mainnet]).database).toEqual({ kind: "pglite", directory: ".ballast/pglite" });
    expect(configOf([mainnet], { BALLAST_DATA_DIR: "/srv/data" }).database).toEqual({
      kind: "pglite",
      directory: "/srv/data/pglite",
    });
    expect(configOf([mainnet], { DATABASE_URL: "postgres://db/ballast" }).database).toEqual({
      kind: "postgres",
      connectionString: "postgres://db/ballast",
    });
  });
});
