import { ask, createTestApi } from "../../test/api/client.ts";
import { describeMachine } from "../machine.ts";
import { median, spread } from "../statistics.ts";
import { type Market, pgliteMarket, planOf, postgresMarket } from "./engines.ts";
import { type AskedList, LISTS } from "./lists.ts";
import { CHAIN_ID, QUOTE_TOKEN } from "./marketRows.ts";

/**
 * How long the first page of each ranked list takes, through the API: by turns, BENCH_SAMPLES (9) times each after one
 * that does not count. BENCH_DATABASES: pglite,postgres.
 */
const SAMPLES = Number(process.env.BENCH_SAMPLES ?? 9);
const ENGINES = {
  pglite: { create: pgliteMarket, size: { positions: 100_000, pools: 500 }, target: 150 },
  postgres: { create: postgresMarket, size: { positions: 1_000_000, pools: 500 }, target: 300 },
};

console.log(`${describeMachine()}\n`);
for (const name of (process.env.BENCH_DATABASES ?? "pglite,postgres").split(",")) {
  const engine = ENGINES[name as keyof typeof ENGINES];
  const market = await engine.create(engine.size);
  try {
    await report(name, market, engine);
  } finally {
    await market.close();
  }
}
process.exit(0);

async function report(name: string, market: Market, engine: (typeof ENGINES)["pglite"]): Promise<void> {
  const { positions, pools } = engine.size;
  const chain = { id: CHAIN_ID, name: "mainnet", quoteToken: QUOTE_TOKEN, quoteMinDepth: 10 };
  const app = createTestApi(market.database, { chains: [chain] });
  const took = new Map(LISTS.map((list) => [list, [] as number[]]));
  const plans = new Map<AskedList, string>();
  for (let sample = 0; sample <= SAMPLES; sample++) {
    for (const list of LISTS) {
      market.queries.length = 0;
      const started = performance.now();
      const { errors } = await ask(app, list.query);
      const milliseconds = performance.now() - started;
      if (errors.length > 0) console.log(`${list.of} ${list.order} of ${list.scope}: ${errors[0]?.message}`);
      if (sample > 0) took.get(list)?.push(milliseconds);
      else plans.set(list, await planOf(market));
    }
  }
  console.log(`### ${name}: ${positions.toLocaleString("en")} positions in ${pools} pools\n`);
  console.log(`Milliseconds; the target is ${engine.target}.\n`);
  console.log("| of | by | the largest pool | the chain |\n|---|---|---|---|");
  for (const { of, order } of LISTS.slice(0, LISTS.length / 2)) {
    const cells = LISTS.filter((list) => list.of === of && list.order === order).map((list) =>
      cell(took.get(list) ?? [], engine.target),
    );
    console.log(`| ${of} | ${order} | ${cells.join(" | ")} |`);
  }
  for (const [list, times] of took) {
    if (median(times) <= engine.target) continue;
    console.log(`\n${list.of} of ${list.scope} by ${list.order}:\n\n\`\`\`\n${plans.get(list)}\n\`\`\``);
  }
}

function cell(times: readonly number[], target: number): string {
  const text = spread(times, 0);
  return median(times) <= target ? text : `**${text}**`;
}
