import { startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import { describeMachine } from "../machine.ts";
import { appReads } from "./appReads.ts";
import { handlerReads } from "./handlerReads.ts";
import { openSweptPool } from "./sweptPool.ts";

/** Index rows of a whole pool, its words that are not empty (a full range has two), and the ticks that are crossed. */
const MOST_READS = 28 + 2 + 1;

const SWEEPS = 6;

/** What it costs the app when somebody sweeps an empty pool of spacing 1 from one end of all prices to the other. */
console.log(`${describeMachine()}\n`);
const anvil = await startAnvil({ timestamp: 1_700_000_000 });
try {
  const client = chainClient(anvil.url);
  const pool = await openSweptPool(client);
  const sweeps = [];
  for (let i = 0; i < SWEEPS; i++) sweeps.push(await pool.sweep());

  console.log(
    "| the handler alone | index rows | words | ticks | reads, of at most 31 | ms |\n|---|---|---|---|---|---|",
  );
  for (const [i, { reads, milliseconds }] of (await handlerReads(pool, sweeps)).entries()) {
    const all = reads.tick_word_index + reads.tick_word + reads.tick;
    const cells = [reads.tick_word_index, reads.tick_word, reads.tick, check(all), milliseconds.toFixed(1)];
    console.log(
      `| ${i === 0 ? "half" : "whole"} range, ${i % 2 === 0 ? "down" : "up"} | ${cells.join(" | ")} |`,
    );
  }
  console.log("\n| the app | rows looked up, of at most 31 | of them in the database |\n|---|---|---|");
  for (const { when, lookups, queries } of await appReads(client, pool)) {
    console.log(`| ${when} | ${check(lookups)} | ${check(queries)} |`);
  }
} finally {
  await anvil.stop();
}

function check(reads: number): string {
  return reads <= MOST_READS ? String(reads) : `${reads}: MORE THAN ${MOST_READS}`;
}
