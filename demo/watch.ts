import { setTimeout as sleep } from "node:timers/promises";
import { seededRandomness } from "./chain/randomness.ts";
import { fetchPositions } from "./positionsPage.ts";
import type { Demo } from "./runDemo.ts";
import { openScreen } from "./screen.ts";
import { tradeOneBlock } from "./trade.ts";
import { renderView } from "./view.ts";

const blockMilliseconds = 1000;
/** How often the table is printed where it cannot be redrawn. */
const printedEveryBlocks = 10;

/**
 * Lets traders move the price, a block a second, and shows what the app's API says of the LPs: redrawn in place on a
 * terminal, printed every ten seconds elsewhere. Ends only by throwing: `demo.ended`.
 */
export async function watch(demo: Demo): Promise<never> {
  const random = seededRandomness(Date.now());
  const screen = demo.out.isTTY ? openScreen(demo.out) : undefined;
  try {
    for (let block = 0; ; block++) {
      const next = sleep(blockMilliseconds, undefined, { signal: demo.ended }).catch(() =>
        demo.ended.throwIfAborted(),
      );
      await Promise.all([next, showAndTrade(demo, random, screen, block)]);
      demo.ended.throwIfAborted();
    }
  } catch (error) {
    // Whatever fails while a process dies, fails because of that.
    demo.ended.throwIfAborted();
    throw error;
  } finally {
    screen?.close();
  }
}

async function showAndTrade(
  demo: Demo,
  random: ReturnType<typeof seededRandomness>,
  screen: ReturnType<typeof openScreen> | undefined,
  block: number,
): Promise<void> {
  const { app, market, client, out, paint, ended } = demo;
  const page = await fetchPositions(app.url, { chainId: 31337, pool: market.key.pool }, ended);
  if (screen !== undefined) {
    const lines = renderView(page, { width: out.columns, height: out.rows, paint, url: app.url });
    screen.draw([...lines, paint("Ctrl-C ends it all.", "dim")]);
  } else if (block % printedEveryBlocks === 0) {
    out.write(`${renderView(page, { width: 120, paint, url: app.url }).join("\n")}\n\n`);
  }
  await tradeOneBlock(client, market, random);
}
