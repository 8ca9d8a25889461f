import { z } from "zod";
import { addressInFile } from "./addressInFile.ts";
import { poolInFile } from "./poolInFile.ts";
import { PROTOCOLS } from "./protocols.ts";
import { isRpcUrl } from "./rpcUrls.ts";

const startBlock = advise(
  "write a block number, 0 or more, not after the creation of the factory or the listed pools, as 12369621",
);
/** What the API's Int holds. */
const MAX_CHAIN_ID = 2_147_483_647;

const chainId = advise(`write the chain id as a whole number from 1 to ${MAX_CHAIN_ID}, as 1`);
const chainName = advise(
  'write a name of letters, digits, "-" and "_" that starts with a letter, as "mainnet"',
);
// URLs hold keys: the message does not repeat them.
const RPC_URL =
  'is not an http:// or https:// URL without user name and password: write one, as "http://127.0.0.1:8545"';
const depth = advise("write a number of quote units, 0 or more, as 10000");
const MARKET_EXAMPLE = '{ "protocol": "uniswap-v3", "pools": ["0x..."], "startBlock": 12369621 }';

const market = z.strictObject(
  {
    protocol: z
      .enum(PROTOCOLS, advise(`write one of ${PROTOCOLS.map((protocol) => `"${protocol}"`).join(", ")}`))
      .describe("The protocol of the pools."),
    factory: addressInFile("the factory's address, or leave it out for the canonical deployment")
      .optional()
      .describe(
        "The factory. Left out: the protocol's canonical deployment on this chain id. Not on uniswap-v4, which has a poolManager; algebra-integral has no canonical one.",
      ),
    poolManager: addressInFile("the PoolManager's address, or leave it out for the canonical deployment")
      .optional()
      .describe("The PoolManager, on uniswap-v4 only. Left out: the canonical deployment on this chain id."),
    positionManager: addressInFile("the position manager's address, or null for none")
      .nullish()
      .describe(
        "The contract that issues position NFTs. Left out: the canonical deployment. null: none, owners are taken as they stand. Not on uniswap-v2.",
      ),
    stakers: z
      .array(
        addressInFile("a staking contract's address"),
        advise('write a list of addresses, ["0x..."], or leave it out for the canonical one'),
      )
      .optional()
      .describe(
        "Staking contracts that hold position NFTs for their owners. Left out: the canonical deployment. []: none. Not on uniswap-v2.",
      ),
    pools: z
      .array(poolInFile(), advise('write a list of pools, ["0x..."], or leave it out for every pool'))
      .min(1, "is empty: list at least one pool, or leave pools out for every pool of the factory")
      .optional()
      .describe(
        "The pools to index: addresses, or on uniswap-v4 32-byte ids. Left out: every pool of the factory or PoolManager.",
      ),
    startBlock: z
      .int(startBlock)
      .min(0, startBlock)
      .describe("The first block to read: not after the creation of the factory or of the listed pools."),
  },
  advise(`write a market, as ${MARKET_EXAMPLE}`),
);

const chain = z.strictObject(
  {
    id: z.int(chainId).min(1, chainId).max(MAX_CHAIN_ID, chainId).describe("The chain id."),
    name: z
      .string(chainName)
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, chainName)
      .describe("A short name for logs and metrics."),
    rpc: z
      .array(
        z.string(RPC_URL).refine(isRpcUrl, RPC_URL),
        'is not a list: write one, as ["https://eth.example.org"]',
      )
      .min(1, "is empty: list at least one RPC URL, or leave rpc out and set PONDER_RPC_URL_<id>")
      .optional()
      .describe("JSON-RPC URLs of the chain. The environment variable PONDER_RPC_URL_<id> goes before them."),
    quoteToken: addressInFile("the address of the token that values are quoted in, or leave it out")
      .optional()
      .describe("The token that values are quoted in."),
    quoteMinDepth: z
      .number(depth)
      .min(0, depth)
      .default(10_000)
      .describe("A pool sets a quote price only with this much depth within 2 %, in quote units."),
    stablecoins: z
      .array(addressInFile("a stablecoin's address"), advise('write a list of addresses, ["0x..."]'))
      .optional()
      .describe("Stablecoins of the chain. Left out: the project's table."),
    wrappedNative: addressInFile("the address of the wrapped native token, or leave it out")
      .optional()
      .describe("The wrapped native token. Left out: the project's table."),
    markets: z
      .array(market, advise(`write a list of markets, as [${MARKET_EXAMPLE}]`))
      .min(1, `is empty: list at least one market, as ${MARKET_EXAMPLE}`)
      .describe("What to index on this chain."),
  },
  advise('write a chain, as { "id": 1, "name": "mainnet", "rpc": [...], "markets": [...] }'),
);

/** The markets file as it is written: keys, types and single values; {@link contradictions} checks what they say together. */
export const marketsFile = z
  .strictObject(
    {
      $schema: z.string().optional().describe("Where this schema is, for editors."),
      chains: z
        .array(chain, advise("write a list of chains"))
        .min(1, "is empty: list at least one chain")
        .describe("The chains to index."),
    },
    advise('write { "chains": [...] }'),
  )
  .describe("What Ballast indexes.");

/** The markets file's value once it has no fault. */
export type MarketsFile = z.infer<typeof marketsFile>;

/** Keys that each level of the file knows, for spelling hints. */
export const knownKeys = {
  file: Object.keys(marketsFile.shape),
  chain: Object.keys(chain.shape),
  market: Object.keys(market.shape),
};

function advise(advice: string): { error: (issue: { input?: unknown }) => string } {
  return {
    error: ({ input }) => `${input === undefined ? "is missing" : `is ${excerpt(input)}`}: ${advice}`,
  };
}

function excerpt(input: unknown): string {
  const text = JSON.stringify(input);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
