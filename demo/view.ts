import { footerLines, wrappedHeight } from "./footer.ts";
import { grouped } from "./numbers.ts";
import { positionColumns } from "./positionColumns.ts";
import type { Position, PositionsPage } from "./positionsPage.ts";
import { protocolTitle } from "./protocols.ts";
import type { Paint } from "./style.ts";
import { renderTable } from "./table.ts";

export interface ViewOptions {
  /** Of the terminal, in characters. */
  width: number;
  /** Of the terminal that is redrawn, in lines; left out where the lines are printed. */
  height?: number;
  paint: Paint;
  /** The API's address, as http://127.0.0.1:42069/graphql; left out where it is gone by the time of reading. */
  url?: string;
}

/** The whole picture as lines: the pool, the table, and what it means. Wrapped, not more than `height`. */
export function renderView(
  { pool, positions }: PositionsPage,
  { width, height = Infinity, paint, url }: ViewOptions,
): string[] {
  if (pool === null) return [paint("The pool is not indexed yet.".slice(0, width), "bold")];
  const symbol0 = pool.token0.symbol ?? "token0";
  const symbol1 = pool.token1.symbol ?? "token1";
  const fee = pool.feePips === null ? "" : ` ${pool.feePips / 10_000} %`;
  const price = pool.price === null ? "-" : grouped(pool.price, 2);
  const owners = new Set(positions.items.map(({ owner }) => owner)).size;
  const title = titleLine(
    [
      "Ballast",
      `${protocolTitle(pool.protocol)}  ${symbol0}/${symbol1}${fee}  ${price} ${symbol1} per ${symbol0}`,
      `block ${pool.asOf.number}`,
      `${positions.items.length} positions of ${owners} LPs`,
    ],
    width,
  );
  const top = [paint(title, "bold"), ...(height < 8 ? [] : [""])];
  const underHeader = height - top.length - 1;
  const footer = footerLines(url === undefined ? {} : { url }, width, underHeader, paint);
  const room = Math.max(underHeader - wrappedHeight(footer, width), 1);
  const items = positions.items.toSorted(byOwner);
  const shown = items.length > room ? items.slice(0, Math.max(room - 1, 1)) : items;
  const hidden = items.length - shown.length;
  const lines = [
    ...top,
    ...renderTable(positionColumns(symbol0, symbol1, width), shown, width, paint),
    ...(hidden > 0 ? [paint(`and ${hidden} more, in a taller window`.slice(0, width), "dim")] : []),
    ...footer,
  ];
  // A window of less than four lines.
  return lines.slice(0, height);
}

/** In a narrow window it does without our name, then without the block, and else is cut. */
function titleLine([name, market, block, count]: [string, string, string, string], width: number): string {
  const full = `${name}  ${market}  ${block}  ${count}`;
  const shorter = [`${market}  ${block}  ${count}`, `${market}  ${count}`];
  return [full, ...shorter].find((line) => line.length <= width) ?? full.slice(0, width);
}

/** An LP's positions together, its NFTs in the order of their numbers. */
function byOwner(a: Position, b: Position): number {
  if (a.owner !== b.owner) return a.owner < b.owner ? -1 : 1;
  return Number(a.tokenId ?? Infinity) - Number(b.tokenId ?? Infinity) || 0;
}
