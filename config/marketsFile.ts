import { z } from "zod";
import { addressInFile } from "./addressInFile.ts";

/** The protocols that a market of the file may name. */
export const PROTOCOLS = ["uniswap-v3"] as const;

const market = z.strictObject({
  protocol: z
    .enum(PROTOCOLS, { error: ({ input }) => says(input, `write one of ${quoted(PROTOCOLS)}`) })
    .describe("The protocol of the pools."),
  factory: addressInFile("the factory's address, or leave it out for the canonical deployment")
    .optional()
    .describe("The factory. Left out: the protocol's canonical deployment on this chain id."),
  positionManager: addressInFile("the position manager's address, or null for none")
    .nullish()
    .describe(
      "The contract that issues position NFTs. Left out: the canonical deployment. null: none, owners are taken as they stand.",
    ),
  pools: z
    .array(addressInFile("a pool's address"), {
      error: ({ input }) =>
        says(input, 'write a list of pool addresses, ["0x..."], or leave it out for every pool'),
    })
    .min(1, { error: "is empty: list at least one pool, or leave pools out for every pool of the factory" })
    .optional()
    .describe("The pools to index. Left out: every pool of the factory."),
  startBlock: z
    .int({ error: ({ input }) => says(input, START_BLOCK_ADVICE) })
    .min(0, { error: ({ input }) => says(input, START_BLOCK_ADVICE) })
    .describe(
      "The block from which logs are read: not after the creation of the factory or the listed pools.",
    ),
});

const chain = z.strictObject({
  id: z
    .int({ error: ({ input }) => says(input, CHAIN_ID_ADVICE) })
    .min(1, { error: ({ input }) => says(input, CHAIN_ID_ADVICE) })
    .describe("The chain id."),
  name: z
    .string({ error: ({ input }) => says(input, NAME_ADVICE) })
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, { error: ({ input }) => says(input, NAME_ADVICE) })
    .describe("A short name for logs and metrics."),
  rpc: z
    .array(
      z
        .string({ error: ({ input }) => says(input, RPC_URL_ADVICE) })
        .refine(isHttpUrl, { error: ({ input }) => says(input, RPC_URL_ADVICE) }),
      { error: ({ input }) => says(input, 'write a list of URLs, ["https://..."]') },
    )
    .min(1, { error: "is empty: list at least one RPC URL" })
    .optional()
    .describe("JSON-RPC URLs of the chain. The environment variable PONDER_RPC_URL_<id> goes before them."),
  quoteToken: addressInFile("the address of the token that values are quoted in, or leave it out")
    .optional()
    .describe("The token that values are quoted in."),
  quoteMinDepth: z
    .number({ error: ({ input }) => says(input, "write a number of quote units, 0 or more, as 10000") })
    .min(0, { error: ({ input }) => says(input, "write a number of quote units, 0 or more, as 10000") })
    .default(10_000)
    .describe("A pool sets a quote price only with this much depth within 2 %, in quote units."),
  stablecoins: z
    .array(addressInFile("a stablecoin's address"), {
      error: ({ input }) => says(input, 'write a list of addresses, ["0x..."]'),
    })
    .optional()
    .describe("Stablecoins of the chain. Left out: a table of the project's."),
  wrappedNative: addressInFile("the address of the wrapped native token, or leave it out")
    .optional()
    .describe("The wrapped native token. Left out: a table of the project's."),
  markets: z
    .array(market, { error: ({ input }) => says(input, "write a list of markets") })
    .min(1, {
      error:
        'is empty: list at least one market, as { "protocol": "uniswap-v3", "pools": ["0x..."], "startBlock": 12369621 }',
    })
    .describe("What to index on this chain."),
});

/** The markets file as it is written: names, types and single values. What fields say together is checked by {@link contradictions}. */
export const marketsFile = z
  .strictObject({
    $schema: z.string().optional().describe("Where this schema is, for editors."),
    chains: z
      .array(chain, { error: ({ input }) => says(input, "write a list of chains") })
      .min(1, { error: "is empty: list at least one chain" })
      .describe("The chains to index."),
  })
  .describe("What Ballast indexes.");

/** The markets file's value once it has no fault. */
export type MarketsFile = z.infer<typeof marketsFile>;

/** Keys that each level of the file knows, for spelling hints. */
export const knownKeys = {
  file: Object.keys(marketsFile.shape),
  chain: Object.keys(chain.shape),
  market: Object.keys(market.shape),
};

const START_BLOCK_ADVICE =
  "write a block number, 0 or more, not after the creation of the factory or the listed pools, as 12369621";
const CHAIN_ID_ADVICE = "write the chain id as a whole number, as 1";
const NAME_ADVICE = 'write a name of letters, digits, "-" and "_" that starts with a letter, as "mainnet"';
const RPC_URL_ADVICE = 'write an http:// or https:// URL, as "http://127.0.0.1:8545"';

function says(input: unknown, advice: string): string {
  return input === undefined ? `is missing: ${advice}` : `is ${JSON.stringify(input)}: ${advice}`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}

/** Whether the text is an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
