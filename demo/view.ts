import { grouped } from "./numbers.ts";
import { positionColumns } from "./positionColumns.ts";
import type { Position, PositionsPage } from "./positionsPage.ts";
import type { Paint } from "./style.ts";
import { renderTable } from "./table.ts";

export interface ViewOptions {
  /** Of the terminal, in characters. */
  width: number;
  /** Of the terminal, in lines; left out: as many as there are positions. */
  height?: number;
  paint: Paint;
  /** The API's address, as http://127.0.0.1:42069/graphql; left out where it is gone by the time of reading. */
  url?: string;
}

/** The whole picture as lines: the pool, the table, the API's address and a query to paste. */
export function renderView(
  { pool, positions }: PositionsPage,
  { width, height, paint, url }: ViewOptions,
): string[] {
  if (pool === null) return ["The pool is not indexed yet."];
  const symbol0 = pool.token0.symbol ?? "token0";
  const symbol1 = pool.token1.symbol ?? "token1";
  const fee = pool.feePips === null ? "" : ` ${pool.feePips / 10_000} %`;
  const price = pool.price === null ? "-" : grouped(pool.price, 2);
  const owners = new Set(positions.items.map(({ owner }) => owner)).size;
  const heading = `Ballast  ${symbol0}/${symbol1}${fee}  ${price} ${symbol1} per ${symbol0}  block ${pool.asOf.number}  ${positions.items.length} positions of ${owners} LPs`;
  const footer = url === undefined ? [] : ["", ...footerLines(url, width)];
  const room = height === undefined ? Infinity : Math.max(height - 3 - wrappedHeight(footer, width), 1);
  const items = positions.items.toSorted(byOwner);
  const shown = items.length > room ? items.slice(0, Math.max(room - 1, 0)) : items;
  const hidden = items.length - shown.length;
  return [
    paint(heading.slice(0, width), "bold"),
    "",
    ...renderTable(positionColumns(symbol0, symbol1), shown, width, paint),
    ...(hidden > 0 ? [paint(`and ${hidden} more, in a taller window`.slice(0, width), "dim")] : []),
    ...footer,
  ];
}

/** An LP's positions together, its NFTs in the order of their numbers. */
function byOwner(a: Position, b: Position): number {
  if (a.owner !== b.owner) return a.owner < b.owner ? -1 : 1;
  return Number(a.tokenId ?? Infinity) - Number(b.tokenId ?? Infinity) || 0;
}

/** Wraps rather than cuts, because it is there to be copied. */
function footerLines(url: string, width: number): string[] {
  const query =
    "{ positions(where: {chainId: 31337}, orderBy: SKEW, first: 3) { items { owner inventory { skew } } } }";
  return [
    `GraphQL API: ${url}`.slice(0, width),
    `curl -s ${url} -H 'content-type: application/json' \\`,
    `  -d '{"query":"${query}"}'`,
  ];
}

function wrappedHeight(lines: string[], width: number): number {
  return lines.reduce((sum, line) => sum + Math.max(Math.ceil(line.length / width), 1), 0);
}
