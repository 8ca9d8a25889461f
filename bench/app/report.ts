import { median, ratios, spread } from "../statistics.ts";
import type { Measured } from "./runOnce.ts";
import type { CacheState, Results } from "./turns.ts";

const QUANTITIES = {
  backfill: "history, from the first event to the last",
  indexing: "of it, handlers and database writes",
  wall: "start of the process to the head of the chain",
  cpu: "processor time of the app",
} as const;

type Quantity = keyof typeof QUANTITIES;

/** Medians, least and greatest, and the ratio of each turn, as a Markdown table. */
export function ratioTable(kind: string, results: Results): string {
  const rows = (["cold", "warm"] as const).flatMap((cache) =>
    (Object.keys(QUANTITIES) as Quantity[]).map((quantity) => {
      const of = (app: "bare" | "whole") => results[app][cache].map((measured) => measured[quantity]);
      const [bare, whole] = [of("bare"), of("whole")];
      return `| ${kind} | ${cache} | ${QUANTITIES[quantity]} | ${spread(bare, 2)} | ${spread(whole, 2)} | **${spread(ratios(whole, bare), 2)}** |`;
    }),
  );
  const header =
    "| database | cache | seconds of | bare app | whole app | ratio |\n|---|---|---|---|---|---|";
  return `${header}\n${rows.join("\n")}`;
}

/** Where the whole app's indexing time goes: Ponder's own steps, and the handlers by event, beside the bare app's. */
export function stepTable(kind: string, cache: CacheState, results: Results): string {
  const [bare, whole] = [results.bare[cache], results.whole[cache]];
  const names = Object.keys(whole[0]?.steps ?? {});
  const events = Object.keys(whole[0]?.handlers ?? {});
  const rows = [
    ...names.map((name) => {
      const of = (runs: readonly Measured[]) => median(runs.map(({ steps }) => steps[name] ?? 0)).toFixed(3);
      return `| ${STEPS[name] ?? name} | | ${of(bare)} | ${of(whole)} |`;
    }),
    ...events.map((event) => {
      const of = (runs: readonly Measured[]) => perEvent(runs, event);
      return `| handler ${event} | ${whole[0]?.handlers[event]?.count ?? 0} | ${of(bare)} | ${of(whole)} |`;
    }),
  ];
  return `| ${kind}, ${cache} | events | bare app | whole app |\n|---|---|---|---|\n${rows.join("\n")}`;
}

function perEvent(runs: readonly Measured[], event: string): string {
  const found = runs.flatMap(({ handlers }) => handlers[event] ?? []);
  if (found.length === 0) return "";
  const microseconds = median(found.map(({ seconds, count }) => (1_000_000 * seconds) / count));
  return `${median(found.map(({ seconds }) => seconds)).toFixed(3)} (${microseconds.toFixed(0)} µs each)`;
}

const STEPS: Record<string, string> = {
  prefetch: "reading rows ahead, s",
  begin: "begin, s",
  index: "running handlers, s",
  load: "writing rows to the database, s",
  finalize: "checkpoints, s",
  commit: "commit, s",
};
