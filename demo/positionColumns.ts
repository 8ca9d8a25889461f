import { percent, price, signed, unsigned } from "./numbers.ts";
import type { Position } from "./positionsPage.ts";
import { skewBar } from "./skewBar.ts";
import type { Column } from "./table.ts";

/** From here on the columns that always show fit unabridged. */
const wide = 90;

/**
 * The columns of the live table. Where the terminal is narrow, texts are abridged and what others also say goes first.
 *
 * @param width of the terminal, in characters
 */
export function positionColumns(symbol0: string, symbol1: string, width: number): Column<Position>[] {
  const narrow = width < wide;
  return [
    { title: "LP", align: "left", drop: 0, text: ({ owner }) => shortAddress(owner, narrow) },
    { title: narrow ? "held as" : "position", align: "left", drop: 1, text: positionName },
    { title: "range", align: "left", drop: 4, text: (position) => rangeText(position, narrow) },
    { title: `${symbol0} %`, align: "right", drop: 8, text: ({ inventory }) => percent(inventory.share0) },
    {
      title: `${symbol1} <-> ${symbol0}`,
      align: "left",
      drop: 2,
      text: ({ inventory }) => skewBar(inventory.skew),
    },
    {
      title: "skew",
      align: "right",
      drop: 6,
      text: ({ inventory }) => signed(inventory.skew, 2),
      color: ({ inventory }) => (Math.abs(inventory.skew ?? 0) >= 0.995 ? "yellow" : undefined),
    },
    {
      title: `net ${symbol0}`,
      align: "right",
      drop: 3,
      text: ({ inventory }) => netText(inventory.netInventory.decimal0),
      color: ({ inventory }) => netColor(inventory.netInventory.decimal0),
    },
    {
      title: `IL, ${symbol1}`,
      align: "right",
      drop: 0,
      text: ({ impermanentLoss }) => signed(impermanentLoss.unrealized, 2),
      color: ({ impermanentLoss }) => ((impermanentLoss.ratio ?? 0) <= -0.005 ? "red" : undefined),
    },
    {
      title: `fees, ${symbol1}`,
      align: "right",
      drop: 7,
      text: ({ fees }) => unsigned(fees.earned?.value ?? null, 2),
    },
    { title: `P&L, ${symbol1}`, align: "right", drop: 5, text: ({ pnl }) => signed(pnl.total, 2) },
    {
      title: "price is",
      align: "left",
      drop: 0,
      text: ({ status }) => statusText[status],
      color: ({ status }) => (status === "IN_RANGE" ? "green" : "yellow"),
    },
  ];
}

const statusText: Record<Position["status"], string> = {
  IN_RANGE: "in range",
  BELOW: "below range",
  ABOVE: "above range",
  CLOSED: "closed",
};

/** @example shortAddress("0x70997970C51812dc3a010c7d01b50e0d17dc79c8") // "0x7099..79c8" */
export function shortAddress(address: string, narrow = false): string {
  const lower = address.toLowerCase();
  return narrow ? `${lower.slice(0, 6)}…` : `${lower.slice(0, 6)}..${lower.slice(-4)}`;
}

function positionName({ tokenId, tickLower }: Position): string {
  if (tokenId !== null) return `NFT ${tokenId}`;
  return tickLower === null ? "LP tokens" : "in pool";
}

function rangeText({ tickLower, tickUpper, priceLower, priceUpper }: Position, narrow: boolean): string {
  // The outermost ticks depend on the spacing; no spacing is wider than 16,384.
  // LP tokens have no ticks.
  if ((tickLower ?? -Infinity) < -870_000 && (tickUpper ?? Infinity) > 870_000) return "full range";
  return `${price(priceLower)}${narrow ? "–" : " to "}${price(priceUpper)}`;
}

function netText(decimal: string | null): string {
  const net = signed(decimal === null ? null : Number(decimal), 2);
  if (net.startsWith("+")) return `long ${net.slice(1)}`;
  if (net.startsWith("-") && net.length > 1) return `short ${net.slice(1)}`;
  return net;
}

/** Neither is good or bad. */
function netColor(decimal: string | null): "cyan" | "magenta" | undefined {
  const net = netText(decimal);
  return net.startsWith("long") ? "cyan" : net.startsWith("short") ? "magenta" : undefined;
}
