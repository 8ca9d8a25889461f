import { type Paint, visibleLength } from "./style.ts";

/** So many lines the table keeps under its header before the footer gets any. */
const tableMinimum = 8;

export interface Footer {
  /** The API's address; left out where it is gone by the time of reading. */
  url?: string;
}

/**
 * What stands under the table: what the columns mean, the API's address and a query to paste, and on a screen how to
 * end it. Where the window is too low for all of it, the query goes first, then the meaning, then the address.
 *
 * @param room lines of the window under the table's header; Infinity where nothing is redrawn
 */
export function footerLines({ url }: Footer, width: number, room: number, paint: Paint): string[] {
  const meaning = wrapWords(
    `net: held less what holding would have kept. IL: against holding, negative is a loss. P&L: price moves and fees included`,
    width,
  ).map((line) => paint(line, "dim"));
  const address = url === undefined ? [] : ["", `GraphQL API: ${url}`];
  const query = url === undefined ? [] : queryToPaste(url);
  const end = room === Infinity ? [] : [paint("Ctrl-C ends it all.".slice(0, width), "dim")];
  let left = room - tableMinimum;
  const kept = new Set<string[]>();
  for (const part of [end, address, meaning, query]) {
    const height = wrappedHeight(part, width);
    if (height > left) break;
    left -= height;
    kept.add(part);
  }
  return [meaning, address, query, end].filter((part) => kept.has(part)).flat();
}

/** Wraps rather than cuts, because it is there to be copied. */
function queryToPaste(url: string): string[] {
  const query =
    "{ positions(where: {chainId: 31337}, orderBy: SKEW, first: 3) { items { owner inventory { skew } } } }";
  return [`curl -s ${url} -H 'content-type: application/json' \\`, `  -d '{"query":"${query}"}'`];
}

/** How many rows of a terminal the lines take. @example wrappedHeight(["", "abcde"], 3) // 3 */
export function wrappedHeight(lines: string[], width: number): number {
  return lines.reduce((sum, line) => sum + Math.max(Math.ceil(visibleLength(line) / width), 1), 0);
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word.slice(0, width));
  }
  return lines;
}
