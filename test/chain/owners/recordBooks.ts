import { type Anvil, startAnvil } from "../../../demo/chain/anvil.ts";
import { chainClient } from "../../../demo/chain/client.ts";
import { type RandomHistory, runRandomHistory } from "../../../demo/chain/history.ts";
import { ownerWeights } from "../../../demo/chain/historyOperations.ts";
import { anvilMarkets } from "../../app.ts";
import type { Side } from "./askOwners.ts";
import { type Closing, IndependentBooks } from "./independent.ts";
import { lower } from "./readSteps.ts";
import { type Scripted, transferAtTwice } from "./transferAtTwice.ts";

/** So that at no price a burn pays 2^128 and more, which the contract keeps only the remainder of. */
const liquidity = [10n ** 6n, 10n ** 16n] as const;
/** All with one token1, in which values are quoted. */
const POOLS = [
  { fee: 3000, tickSpacing: 60, decimals0: 18, decimals1: 6, liquidity },
  { fee: 500, tickSpacing: 10, decimals0: 8, decimals1: 6, liquidity },
  { fee: 10_000, tickSpacing: 200, decimals0: 6, decimals1: 6, liquidity },
];

export type RecordedBooks = {
  anvil: Anvil;
  history: RandomHistory;
  /** The case of metrics.md 4.5, in a pool of its own. */
  scripted: Scripted;
  /** Every position by its id in the API, after the last block. */
  books: Map<string, Closing>;
  last: number;
  /** What to start an app with. */
  markets: unknown;
  /** Of a token of a pool. */
  decimalsOf(pool: string, side: Side): number;
};

/** A seeded chain of liquidity that changes hands, with books of it that are kept while it grows. */
export async function recordBooks(options: { seed: number; operations: number }): Promise<RecordedBooks> {
  const anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 6, keptStates: 60 });
  const client = chainClient(anvil.url);
  let independent: IndependentBooks | undefined;
  const history = await runRandomHistory(client, {
    ...{ ...options, weights: ownerWeights },
    ...{ pools: POOLS, sharedToken1: true, staking: true },
    afterBlock: async ({ deployment: deployed, staker }, { number }) => {
      const stakers = staker === undefined ? [] : [staker];
      independent ??= new IndependentBooks(client, { chainId: 31337, deployed, stakers });
      await independent.follow(number);
    },
  });
  const scripted = await transferAtTwice(client, history);
  const last = Number(await client.getBlockNumber());
  await independent?.follow(last);
  const books = (await independent?.close()) ?? new Map<string, Closing>();
  const markets = marketsOf(anvil, history);
  // The pool of the worked example is made of the first one's tokens.
  const decimalsOf = (pool: string, side: Side) => {
    const known = history.pools.find(({ pool: address }) => lower(address) === pool) ?? history.pools[0];
    return (side === 0 ? known?.decimals0 : known?.decimals1) ?? 0;
  };
  return { anvil, history, scripted, books, last, markets, decimalsOf };
}

function marketsOf(anvil: Anvil, { deployment, pools, staker }: RandomHistory) {
  const { chains } = anvilMarkets(anvil.url, deployment);
  // Ponder asks each URL for 20 blocks a second at first; the same one many times over is asked for more.
  const rpc = Array(32).fill(anvil.url);
  const quoteToken = pools[0]?.token1;
  return {
    chains: chains.map((chain) => ({
      ...{ ...chain, rpc, quoteToken, quoteMinDepth: 0 },
      markets: chain.markets.map((market) => ({ ...market, stakers: [staker] })),
    })),
  };
}
