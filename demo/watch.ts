import { setTimeout as sleep } from "node:timers/promises";
import { TransactionRevertedError } from "./chain/sendInOneBlock.ts";
import { fetchPositions } from "./positionsPage.ts";
import type { Demo } from "./runDemo.ts";
import { openScreen, type Screen } from "./screen.ts";
import { playRound } from "./trade.ts";
import { renderView } from "./view.ts";

const roundMilliseconds = 1000;
/** How often the table is printed where it cannot be redrawn. */
const printedEveryRounds = 10;

/** The API may miss so many rounds in a row, on a busy machine, before that is an error. */
const missedRounds = 20;

/**
 * Lets traders move the price, a round a second, and shows what the app's API says of the LPs: redrawn in place on a
 * terminal, printed every ten seconds elsewhere. Ends only by throwing: `demo.ended`.
 */
export async function watch(demo: Demo): Promise<never> {
  const screen = demo.out.isTTY ? openScreen(demo.out) : undefined;
  let missed = 0;
  try {
    for (let round = 0; ; round++) {
      const next = sleep(roundMilliseconds, undefined, { signal: demo.ended }).catch(() => {});
      await show(demo, screen, round).then(
        () => {
          missed = 0;
        },
        (error: unknown) => {
          if (demo.ended.aborted || ++missed > missedRounds) throw error;
        },
      );
      await playRound(demo.market, demo.random).catch((error: unknown) => {
        // After days there may be nothing left to withdraw: no reason to stop.
        if (!(error instanceof TransactionRevertedError)) throw error;
      });
      await next;
      demo.ended.throwIfAborted();
    }
  } finally {
    screen?.close();
  }
}

async function show(
  { app, market, out, paint, ended }: Demo,
  screen: Screen | undefined,
  round: number,
): Promise<void> {
  if (screen === undefined && round % printedEveryRounds > 0) return;
  const page = await fetchPositions(app.url, { chainId: 31337, pool: market.rig.pool }, ended);
  if (screen === undefined) {
    out.write(`${renderView(page, { width: 120, paint, url: app.url }).join("\n")}\n\n`);
    return;
  }
  // A terminal that does not know its size says 0.
  const size = { width: out.columns || 80, height: out.rows || 24 };
  screen.draw(renderView(page, { ...size, paint, url: app.url }));
}
