import { describe, expect, it } from "vitest";
import { MarketsFileError, parseMarkets, readMarkets } from "../../config/readMarkets.ts";

const POOL = "0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640";
const OTHER_POOL = "0x8ad599c3A0ff1De082011EFDDc58f1908eb6e6D8";
const POOL_ID = "0x21c67e77068de97969ba93d4aab21826d33ca12bb9f565d8496e8fda8a82ca27";
const CUSTOM_FACTORY = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const MARKET = { protocol: "uniswap-v3", pools: [POOL], startBlock: 12_376_729 };
const CHAIN = { id: 1, name: "mainnet", rpc: ["https://eth.example"], markets: [MARKET] };

function faultsOf(file: unknown, env: NodeJS.ProcessEnv = {}): string[] {
  const text = typeof file === "string" ? file : JSON.stringify(file);
  try {
    parseMarkets(text, "ballast.config.json", env);
  } catch (error) {
    if (error instanceof MarketsFileError)
      return error.faults.map(({ path, message }) => `${path} ${message}`);
    throw error;
  }
  return [];
}

const withChain = (change: object) => ({ chains: [{ ...CHAIN, ...change }] });
const withMarket = (change: object) => withChain({ markets: [{ ...MARKET, ...change }] });

const START_BLOCK =
  "write a block number, 0 or more, not after the creation of the factory or the listed pools, as 12369621";
const V4 = { protocol: "uniswap-v4", pools: [POOL_ID], startBlock: 21_688_329 };
const MARKET_EXAMPLE = '{ "protocol": "uniswap-v3", "pools": ["0x..."], "startBlock": 12369621 }';
const RPC_URL =
  'is not an http:// or https:// URL without user name and password: write one, as "http://127.0.0.1:8545"';

const CASES: [kind: string, file: unknown, faults: string[], env?: NodeJS.ProcessEnv][] = [
  [
    "text that is not JSON",
    '{\n  "chains": [\n    { "id": 1, }\n  ]\n}',
    ["line 3, column 16 is not JSON: write a key in double quotes here"],
  ],
  [
    "a key twice in one object",
    '{ "chains": [], "chains": [] }',
    ['line 1, column 17 has "chains" a second time in one object: remove one'],
  ],
  ["a file that is no object", [], ['the file is []: write { "chains": [...] }']],
  ["no chains key", {}, ["chains is missing: write a list of chains"]],
  ["an empty list of chains", { chains: [] }, ["chains is empty: list at least one chain"]],
  [
    "an unknown key",
    withChain({ colour: "red" }),
    [
      "chains[0].colour is not known: remove it, or write one of id, name, rpc, quoteToken, quoteMinDepth, stablecoins, wrappedNative, markets",
    ],
  ],
  [
    "a misspelt key",
    withMarket({ positionManger: null }),
    ['chains[0].markets[0].positionManger is not known: did you mean "positionManager"?'],
  ],
  [
    "a wrong checksum",
    withMarket({ pools: [POOL, "0x8Ad599c3A0ff1De082011EFDDc58f1908eb6e6D8"] }),
    [
      `chains[0].markets[0].pools[1] is "0x8Ad599c3A0ff1De082011EFDDc58f1908eb6e6D8", whose checksum is wrong: write "${OTHER_POOL}" if that is the address, or copy it again`,
    ],
  ],
  [
    "something that is no address",
    withMarket({ pools: ["0x88e6"] }),
    [
      'chains[0].markets[0].pools[0] is "0x88e6", which is neither 0x and 40 hex digits nor 0x and 64: write a pool\'s address, or on uniswap-v4 its 32-byte id',
    ],
  ],
  [
    "a pool that is no text",
    withMarket({ pools: [7] }),
    ["chains[0].markets[0].pools[0] is 7: write a pool's address, or on uniswap-v4 its 32-byte id"],
  ],
  [
    "a missing start block",
    withChain({ markets: [{ protocol: "uniswap-v3", pools: [POOL] }] }),
    [`chains[0].markets[0].startBlock is missing: ${START_BLOCK}`],
  ],
  [
    "a negative start block",
    withMarket({ startBlock: -1 }),
    [`chains[0].markets[0].startBlock is -1: ${START_BLOCK}`],
  ],
  [
    "a start block that is no integer",
    withMarket({ startBlock: 1.5 }),
    [`chains[0].markets[0].startBlock is 1.5: ${START_BLOCK}`],
  ],
  [
    "a start block in quotes",
    withMarket({ startBlock: "12376729" }),
    [`chains[0].markets[0].startBlock is "12376729": ${START_BLOCK}`],
  ],
  [
    "a pool twice in one list, in other capitals",
    withMarket({ pools: [POOL, POOL.toLowerCase()] }),
    [
      "chains[0].markets[0].pools[1] 0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640 stands in chains[0].markets[0].pools[0] already: remove one",
    ],
  ],
  [
    "a pool in two markets",
    withChain({ markets: [MARKET, { ...MARKET, startBlock: 1 }] }),
    [
      "chains[0].markets[1].pools[0] 0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640 stands in chains[0].markets[0].pools[0] already: remove one",
    ],
  ],
  [
    "a chain id twice",
    { chains: [CHAIN, { ...CHAIN, name: "other" }] },
    ["chains[1].id 1 stands in chains[0].id already: remove one"],
  ],
  [
    "a chain name twice",
    { chains: [CHAIN, { ...CHAIN, id: 10 }] },
    ["chains[1].name mainnet stands in chains[0].name already: remove one"],
  ],
  [
    "a chain name with a space",
    withChain({ name: "main net" }),
    [
      'chains[0].name is "main net": write a name of letters, digits, "-" and "_" that starts with a letter, as "mainnet"',
    ],
  ],
  [
    "an unknown protocol",
    withMarket({ protocol: "uniswap-v1" }),
    [
      'chains[0].markets[0].protocol is "uniswap-v1": write one of "uniswap-v2", "uniswap-v3", "uniswap-v4", "pancakeswap-v3", "algebra-integral"',
    ],
  ],
  [
    "an empty list of RPC URLs",
    withChain({ rpc: [] }),
    ["chains[0].rpc is empty: list at least one RPC URL, or leave rpc out and set PONDER_RPC_URL_<id>"],
  ],
  ["an RPC URL that is not http", withChain({ rpc: ["ftp://eth.example"] }), [`chains[0].rpc[0] ${RPC_URL}`]],
  [
    "an RPC URL with a password",
    withChain({ rpc: ["https://me:pw@eth.example"] }),
    [`chains[0].rpc[0] ${RPC_URL}`],
  ],
  [
    "one RPC URL instead of a list",
    withChain({ rpc: "https://eth.example" }),
    ['chains[0].rpc is not a list: write one, as ["https://eth.example.org"]'],
  ],
  [
    "no RPC URL at all",
    withChain({ rpc: undefined }),
    ['chains[0].rpc is missing: write a list of URLs, ["https://..."], or set PONDER_RPC_URL_1'],
  ],
  [
    "a faulty RPC URL in the environment",
    withChain({ rpc: undefined }),
    [
      "PONDER_RPC_URL_1 in the environment must hold http:// or https:// URLs without user name or password, with commas between them",
    ],
    { PONDER_RPC_URL_1: "https://a.example,nonsense" },
  ],
  [
    "no factory where none is canonical",
    withChain({ id: 31_337 }),
    [
      "chains[0].markets[0].factory is missing: chain id 31337 has no canonical uniswap-v3 deployment, write the factory's address",
      "chains[0].markets[0].positionManager is missing: this factory is not a canonical one, write its position manager's address or null for none",
    ],
  ],
  [
    "a factory of one's own without position manager",
    withMarket({ factory: CUSTOM_FACTORY }),
    [
      "chains[0].markets[0].positionManager is missing: this factory is not a canonical one, write its position manager's address or null for none",
    ],
  ],
  [
    "a malformed quote token",
    withChain({ quoteToken: "USDC" }),
    [
      'chains[0].quoteToken is "USDC", which is not 0x and 40 hex digits: write the address of the token that values are quoted in, or leave it out',
    ],
  ],
  [
    "a negative quote depth",
    withChain({ quoteMinDepth: -1 }),
    ["chains[0].quoteMinDepth is -1: write a number of quote units, 0 or more, as 10000"],
  ],
  [
    "no markets key",
    { chains: [{ id: 1, name: "mainnet", rpc: ["https://eth.example"] }] },
    [`chains[0].markets is missing: write a list of markets, as [${MARKET_EXAMPLE}]`],
  ],
  [
    "an empty list of markets",
    withChain({ markets: [] }),
    [`chains[0].markets is empty: list at least one market, as ${MARKET_EXAMPLE}`],
  ],
  [
    "an empty list of pools",
    withMarket({ pools: [] }),
    [
      "chains[0].markets[0].pools is empty: list at least one pool, or leave pools out for every pool of the factory",
    ],
  ],
  [
    "every pool of one factory next to listed pools",
    withChain({ markets: [MARKET, { protocol: "uniswap-v3", startBlock: 1 }] }),
    [
      "chains[0].markets[1].pools is missing while chains[0].markets[0] lists its pools: on one chain, either every uniswap-v3 market lists its pools or none does",
    ],
  ],
  [
    "every pool of one factory twice",
    withChain({
      markets: [
        { protocol: "uniswap-v3", startBlock: 1 },
        { protocol: "uniswap-v3", startBlock: 2 },
      ],
    }),
    [
      "chains[0].markets[1] 0x1f98431c8ad98523631ae4a59f267346ea31f984 stands in chains[0].markets[0] already: remove one",
    ],
  ],
  [
    "a factory on Uniswap v4",
    withChain({ markets: [{ ...V4, factory: CUSTOM_FACTORY }] }),
    [
      'chains[0].markets[0].factory is no key of a uniswap-v4 market: write "poolManager", the address of its PoolManager',
    ],
  ],
  [
    "a PoolManager on another protocol",
    withMarket({ poolManager: CUSTOM_FACTORY }),
    [
      'chains[0].markets[0].poolManager is no key of a uniswap-v3 market: write "factory", the address of its factory',
    ],
  ],
  [
    "a position manager and a staker on Uniswap v2, even none",
    withMarket({ protocol: "uniswap-v2", positionManager: null, stakers: [] }),
    [
      "chains[0].markets[0].positionManager is no key of a uniswap-v2 market: remove it, its positions are no NFTs and belong to whoever holds the shares",
      "chains[0].markets[0].stakers is no key of a uniswap-v2 market: remove it, its positions are no NFTs and belong to whoever holds the shares",
    ],
  ],
  [
    "an address where Uniswap v4 has an id",
    withChain({ markets: [{ ...V4, pools: [POOL_ID, POOL] }] }),
    [
      "chains[0].markets[0].pools[1] is an address, and pools of uniswap-v4 have none: write the pool's id, 0x and 64 hex digits",
    ],
  ],
  [
    "an id where other protocols have an address",
    withMarket({ protocol: "pancakeswap-v3", pools: [POOL_ID] }),
    [
      "chains[0].markets[0].pools[0] is a 32-byte id, and pools of pancakeswap-v3 have none: write the pool's address, 0x and 40 hex digits",
    ],
  ],
  [
    "no factory on Algebra, which has no canonical one anywhere",
    withMarket({ protocol: "algebra-integral", positionManager: null }),
    [
      "chains[0].markets[0].factory is missing: there is no canonical algebra-integral deployment, write the factory's address",
    ],
  ],
  [
    "no PoolManager where none is canonical",
    withChain({ id: 31_337, markets: [V4] }),
    [
      "chains[0].markets[0].poolManager is missing: chain id 31337 has no canonical uniswap-v4 deployment, write the PoolManager's address",
      "chains[0].markets[0].positionManager is missing: this PoolManager is not a canonical one, write its position manager's address or null for none",
    ],
  ],
  [
    "no factory of Uniswap v2 where none is canonical",
    withChain({ id: 31_337, markets: [{ protocol: "uniswap-v2", startBlock: 1 }] }),
    [
      "chains[0].markets[0].factory is missing: chain id 31337 has no canonical uniswap-v2 deployment, write the factory's address",
    ],
  ],
  [
    "one factory under two protocols, once written and once canonical",
    withChain({
      markets: [
        { protocol: "uniswap-v3", startBlock: 1 },
        {
          protocol: "pancakeswap-v3",
          factory: "0x1F98431c8aD98523631AE4a59f267346ea31F984",
          positionManager: null,
          startBlock: 1,
        },
      ],
    }),
    [
      'chains[0].markets[1].factory is 0x1f98431c8ad98523631ae4a59f267346ea31f984, of which chains[0].markets[0] says "uniswap-v3": it has one protocol, correct one of them',
    ],
  ],
  [
    "a pool under two protocols",
    withChain({ markets: [MARKET, { ...MARKET, protocol: "pancakeswap-v3" }] }),
    [
      "chains[0].markets[1].pools[0] 0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640 stands in chains[0].markets[0].pools[0] already: remove one",
    ],
  ],
  [
    "every pool of a PoolManager next to listed ones",
    withChain({ markets: [V4, { protocol: "uniswap-v4", startBlock: 1 }] }),
    [
      "chains[0].markets[1].pools is missing while chains[0].markets[0] lists its pools: on one chain, either every uniswap-v4 market lists its pools or none does",
    ],
  ],
];

describe("a faulty markets file", () => {
  it("is none that lists the pools of one protocol and takes every pool of another", () => {
    const whole = ["uniswap-v2", "pancakeswap-v3"].map((protocol) => ({ protocol, startBlock: 1 }));
    const algebra = { protocol: "algebra-integral", factory: CUSTOM_FACTORY, positionManager: null };
    const markets = [MARKET, V4, ...whole, { ...algebra, startBlock: 1 }];
    expect(faultsOf(withChain({ markets }))).toEqual([]);
  });

  it.each(CASES)("%s: names the place and what to write there", (_, file, faults, env) => {
    expect(faultsOf(file, env)).toEqual(faults);
  });

  it("gets all of its faults reported at once, in the order of the file's paths", () => {
    const file = {
      chains: [
        { ...CHAIN, nmae: "x", rpc: ["ws://eth.example"], markets: [{ ...MARKET, startBlock: -1 }, 3] },
        { ...CHAIN, name: "two", markets: [{ ...MARKET, pools: Array(11).fill("0x12").fill(POOL, 2, 3) }] },
      ],
    };
    expect(faultsOf(file).map((fault) => fault.split(" ")[0])).toEqual([
      "chains[0].markets[0].startBlock",
      "chains[0].markets[1]",
      "chains[0].nmae",
      "chains[0].rpc[0]",
      "chains[1].id",
      ...[0, 1, 3, 4, 5, 6, 7, 8, 9, 10].map((p) => `chains[1].markets[0].pools[${p}]`),
    ]);
  });

  it("that does not exist: says how to make one", () => {
    expect(() => readMarkets({}, "/nonexistent")).toThrow(
      "The markets file ballast.config.json cannot be used:\n  ballast.config.json does not exist: copy ballast.config.example.json to it and write your chains and pools there, or set BALLAST_CONFIG to another file",
    );
  });

  it("that is a directory: says that it cannot be read", () => {
    expect(() => readMarkets({ BALLAST_CONFIG: "test" })).toThrow(
      "test cannot be read (EISDIR): BALLAST_CONFIG must name a readable JSON file",
    );
  });
});
