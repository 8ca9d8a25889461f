import { setTimeout as sleep } from "node:timers/promises";
import { seededRandomness } from "./chain/randomness.ts";
import { fetchPositions } from "./positionsPage.ts";
import type { Demo } from "./runDemo.ts";
import { openScreen, type Screen } from "./screen.ts";
import { tradeOneBlock } from "./trade.ts";
import { renderView } from "./view.ts";

const blockMilliseconds = 1000;
/** How often the table is printed where it cannot be redrawn. */
const printedEveryBlocks = 10;

/** The API may miss so many blocks in a row, on a busy machine, before that is an error. */
const missedBlocks = 20;

/**
 * Lets traders move the price, a block a second, and shows what the app's API says of the LPs: redrawn in place on a
 * terminal, printed every ten seconds elsewhere. Ends only by throwing: `demo.ended`.
 */
export async function watch(demo: Demo): Promise<never> {
  const random = seededRandomness(Date.now());
  const screen = demo.out.isTTY ? openScreen(demo.out) : undefined;
  let missed = 0;
  try {
    for (let block = 0; ; block++) {
      const next = sleep(blockMilliseconds, undefined, { signal: demo.ended }).catch(() => {});
      await show(demo, screen, block).then(
        () => {
          missed = 0;
        },
        (error: unknown) => {
          if (demo.ended.aborted || ++missed > missedBlocks) throw error;
        },
      );
      await tradeOneBlock(demo.client, demo.market, random);
      await next;
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

async function show(
  { app, market, out, paint, ended }: Demo,
  screen: Screen | undefined,
  block: number,
): Promise<void> {
  if (screen === undefined && block % printedEveryBlocks > 0) return;
  const page = await fetchPositions(app.url, { chainId: 31337, pool: market.key.pool }, ended);
  if (screen === undefined) {
    out.write(`${renderView(page, { width: 120, paint, url: app.url }).join("\n")}\n\n`);
    return;
  }
  // A terminal that does not know its size says 0.
  const size = { width: out.columns || 80, height: out.rows || 24 };
  screen.draw(renderView(page, { ...size, paint, url: app.url }));
}
