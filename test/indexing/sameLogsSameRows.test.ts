import { afterEach, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { type RandomHistory, runRandomHistory } from "../../demo/chain/history.ts";
import { swap } from "../../demo/chain/poolCalls.ts";
import { sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { type App, anvilMarkets, startApp } from "../app.ts";
import { everyRow } from "../rows.ts";

const POOLS = [
  { fee: 500, tickSpacing: 10, decimals0: 18, decimals1: 6 },
  { fee: 3000, tickSpacing: 60, decimals0: 18, decimals1: 18 },
];

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test("a reorganisation, and a restart after a kill, leave the rows that a clean run of the chain gives", async () => {
  const { client, start } = await localChain();
  const history = await runRandomHistory(client, { seed: 3, operations: 60, pools: POOLS });
  const first = await start(history);
  const fork = await client.snapshot();
  await trade(client, history, 4, 10n ** 17n);
  await first.untilIndexed("anvil", await head(client));
  const { status: before } = await first.query<Status>("{ status { indexed { number } indexedHash } }");

  await client.revert({ id: fork });
  await trade(client, history, 6, 3n * 10n ** 17n);
  await first.untilIndexed("anvil", await head(client));
  const { status: after } = await first.query<Status>("{ status { indexed { number } indexedHash } }");
  expect(before[0]?.indexedHash).toMatch(/^0x[0-9a-f]{64}$/);
  expect(after[0]?.indexedHash).toBe((await client.getBlock()).hash);
  expect(after[0]?.indexed.number).toBe(await head(client));

  first.kill();
  await first.exited;
  // Past the finality of 30 blocks, so that history, live blocks and what was there already all take part.
  await trade(client, history, 40, 10n ** 17n);
  const second = await start(history, first);
  await trade(client, history, 2, 10n ** 17n);
  await second.untilIndexed("anvil", await head(client));
  await second.stop();

  const clean = await start(history);
  await clean.stop();
  const [rows, expected] = [
    await everyRow(second.databaseDirectory),
    await everyRow(clean.databaseDirectory),
  ];
  expect(expected.swap?.length).toBeGreaterThan(6 + 42);
  expect(expected.position?.length).toBeGreaterThan(5);
  expect(rows).toEqual(expected);
});

type Status = { status: { indexed: { number: number }; indexedHash: string }[] };

async function localChain() {
  const anvil: Anvil = await startAnvil({ timestamp: 1_700_000_000 });
  ends.push(() => anvil.stop());
  const client = chainClient(anvil.url);
  const start = async ({ deployment }: RandomHistory, earlier?: App): Promise<App> => {
    const app = await startApp(
      anvilMarkets(anvil.url, deployment),
      earlier === undefined ? {} : { directory: earlier.directory },
    );
    ends.push(
      () => app.remove(),
      () => app.stop(),
    );
    await app.untilIndexed("anvil", await head(client));
    return app;
  };
  return { client, start };
}

/** A block a trade, back and forth, in one pool. */
async function trade(
  client: ChainClient,
  history: RandomHistory,
  blocks: number,
  amount: bigint,
): Promise<void> {
  const { pools, deployment } = history;
  const [from] = deployment.accounts;
  const [, pool] = pools;
  if (from === undefined || pool === undefined) throw new Error("the history has no pool to trade in");
  for (let i = 0; i < blocks; i++) {
    const call = swap({ caller: deployment.caller, from, pool: pool.pool, zeroForOne: i % 2 === 0, amount });
    await sendInOneBlock(client, [call]);
  }
}

async function head(client: ChainClient): Promise<number> {
  return Number(await client.getBlockNumber());
}
