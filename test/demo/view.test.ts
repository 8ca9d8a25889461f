import { expect, test } from "vitest";
import { grouped, percent, price, signed, unsigned } from "../../demo/numbers.ts";
import type { Position, PositionsPage } from "../../demo/positionsPage.ts";
import { openScreen } from "../../demo/screen.ts";
import { skewBar } from "../../demo/skewBar.ts";
import { paintFor } from "../../demo/style.ts";
import { renderView } from "../../demo/view.ts";

const position: Position = {
  owner: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
  tokenId: "10",
  tickLower: -202080,
  tickUpper: -197280,
  priceLower: 1675.7757117918,
  priceUpper: 2708.1132404783,
  status: "IN_RANGE",
  inventory: { share0: 0.624234433137, skew: 0.248468866274, netInventory: { decimal0: "1.23456" } },
  impermanentLoss: { unrealized: -1234.5678, ratio: -0.012345 },
  fees: { earned: { value: 321.987 } },
  pnl: { total: -15_432.1 },
};
const page = (items: Position[]): PositionsPage => ({
  pool: {
    protocol: "UNISWAP_V3",
    feePips: 3000,
    price: 2000.0402896481,
    token0: { symbol: "ETH" },
    token1: { symbol: "USD" },
    asOf: { number: 96, timestamp: 1 },
  },
  positions: { items },
});
const plain = paintFor(false, {});
const url = "http://127.0.0.1:42069/graphql";
const view = (items: Position[], width: number, height?: number) =>
  renderView(page(items), { width, paint: plain, url, ...(height === undefined ? {} : { height }) });

const thirty = Array.from({ length: 30 }, (_, index) => ({ ...position, tokenId: String(index) }));
const short = "Uniswap v3  ETH/USD 0.3 %  2,000.04 USD per ETH  30 positions of 1 LPs";
const title = "Ballast  Uniswap v3  ETH/USD 0.3 %  2,000.04 USD per ETH  block 96  30 positions of 1 LPs";
const meaning =
  "net: held less what holding would have kept. IL: against holding, negative is a loss. P&L: price moves and fees included";

test("a row says range, share, skew as a bar, net inventory, loss, fees and profit in token1, and where the price is", () => {
  expect(view([position], 120).slice(0, 5)).toEqual([
    "Ballast  Uniswap v3  ETH/USD 0.3 %  2,000.04 USD per ETH  block 96  1 positions of 1 LPs",
    "",
    "LP            position  range           ETH %  USD <-> ETH   skew    net ETH    IL, USD  fees, USD    P&L, USD  price is",
    "0x7099..79c8  NFT 10    1,676 to 2,708   62 %  ·····│█····  +0.25  long 1.23  -1,234.57     321.99  -15,432.10  in range",
    meaning,
  ]);
});

test("the view ends with the API's address and a query to paste, uncut in a narrow window", () => {
  expect(view([position], 60).slice(-7)).toEqual([
    "net: held less what holding would have kept. IL: against",
    "holding, negative is a loss. P&L: price moves and fees",
    "included",
    "",
    "GraphQL API: http://127.0.0.1:42069/graphql",
    "curl -s http://127.0.0.1:42069/graphql -H 'content-type: application/json' \\",
    `  -d '{"query":"{ positions(where: {chainId: 31337}, orderBy: SKEW, first: 3) { items { owner inventory { skew } } } }"}'`,
  ]);
});

test("where there is no API any more, what the columns mean comes last", () => {
  expect(renderView(page([position]), { width: 120, paint: plain }).at(-1)).toBe(meaning);
});

test("80 columns tell NFTs on one range apart, and show range, bar, net, loss and status at their widest", () => {
  const short: Position = {
    ...position,
    status: "BELOW",
    inventory: { ...position.inventory, netInventory: { decimal0: "-12.34567" } },
  };
  expect(view([short], 80).slice(2, 4)).toEqual([
    "LP       held as  range        USD <-> ETH      net ETH    IL, USD  price is",
    "0x7099…  NFT 10   1,676–2,708  ·····│█····  short 12.35  -1,234.57  below range",
  ]);
});

test("a narrow window loses columns, never the loss and the status", () => {
  expect(view([position], 60)[3]).toBe("0x7099…  NFT 10   ·····│█····  -1,234.57  in range");
  expect(view([position], 40)[3]).toBe("0x7099…  NFT 10   -1,234.57  in range");
  for (const width of [20, 40, 60, 80, 89, 90, 100]) {
    for (const line of view([position], width).slice(0, 5)) expect(line.length).toBeLessThanOrEqual(width);
  }
});

test.each([
  [1, 1, 0],
  [40, 3, 1],
  [40, 10, 6],
  [60, 20, 10],
  [80, 24, 12],
  [120, 24, 13],
  [200, 24, 14],
  [130, 50, 30],
])(
  "%i columns and %i lines are not exceeded, start with the title and show %i rows",
  (width, height, rows) => {
    const options = { width, height, url };
    const lines = renderView(page(thirty), { ...options, paint: plain });
    expect(
      lines.flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "g")) ?? [""]).length,
    ).toBeLessThanOrEqual(height);
    expect(lines[0]).toBe(width === 80 ? title.slice("Ballast  ".length) : title.slice(0, width));
    expect(lines.filter((line) => line.startsWith("0x")).length).toBe(rows);
    expect(renderView(page(thirty), { ...options, paint: paintFor(true, {}) }).length).toBe(lines.length);
  },
);

test("a title that is too wide does without our name, then without the block, and is cut only then", () => {
  const titles = [89, 88, 80, 79, 70, 69, 20].map((width) => view(thirty, width)[0]);
  expect(titles).toEqual([
    title,
    title.slice(9),
    title.slice(9),
    short,
    short,
    "Ballast  Uniswap v3  ETH/USD 0.3 %  2,000.04 USD per ETH  block 96  3",
    "Ballast  Uniswap v3 ",
  ]);
});

test("a low window says how many rows are left out, and ends with how to end it", () => {
  expect(view(thirty, 80, 24).slice(15)).toEqual([
    "and 18 more, in a taller window",
    "net: held less what holding would have kept. IL: against holding, negative is a",
    "loss. P&L: price moves and fees included",
    "",
    "GraphQL API: http://127.0.0.1:42069/graphql",
    "curl -s http://127.0.0.1:42069/graphql -H 'content-type: application/json' \\",
    `  -d '{"query":"{ positions(where: {chainId: 31337}, orderBy: SKEW, first: 3) { items { owner inventory { skew } } } }"}'`,
    "Ctrl-C ends it all.",
  ]);
});

test("an LP's positions stand together, NFTs by number, one held in the pool last", () => {
  const other = { ...position, owner: "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65" };
  const items = [position, { ...position, tokenId: null }, { ...position, tokenId: "9" }, other];
  const names = view(items, 120)
    .slice(3, 7)
    .map((line) => line.slice(0, 22));
  expect(names).toEqual([
    "0x15d3..6a65  NFT 10  ",
    "0x7099..79c8  NFT 9   ",
    "0x7099..79c8  NFT 10  ",
    "0x7099..79c8  in pool ",
  ]);
});

test("what is not known is a dash, and the outermost ticks are the full range", () => {
  const unknown: Position = {
    ...position,
    tickLower: -887220,
    tickUpper: 887220,
    status: "CLOSED",
    inventory: { share0: null, skew: null, netInventory: { decimal0: null } },
    impermanentLoss: { unrealized: null, ratio: null },
    fees: { earned: null },
    pnl: { total: null },
  };
  expect(view([unknown], 120)[3]?.split(/ {2,}/)).toEqual([
    ..."0x7099..79c8|NFT 10|full range|-|·····│·····|-|-|-|-|-|closed".split("|"),
  ]);
});

test("LP tokens have no ticks: they say what they are, of the full range", () => {
  const shares: Position = {
    ...position,
    tokenId: null,
    tickLower: null,
    tickUpper: null,
    priceLower: null,
    priceUpper: null,
  };
  const columns = (width: number) => view([shares], width)[3]?.split(/ {2,}/).slice(0, 3);
  expect(columns(120)).toEqual(["0x7099..79c8", "LP tokens", "full range"]);
  expect(columns(80)).toEqual(["0x7099…", "LP tokens", "full range"]);
});

test.each([
  ["UNISWAP_V2", "Uniswap v2"],
  ["UNISWAP_V4", "Uniswap v4"],
  ["PANCAKESWAP_V3", "PancakeSwap v3"],
  ["ALGEBRA_INTEGRAL", "Algebra Integral"],
  ["A_LATER_ONE", "A_LATER_ONE"],
])("the title calls %s %s", (protocol, name) => {
  const { pool, positions } = page([position]);
  const [first] = renderView(
    { pool: pool && { ...pool, protocol }, positions },
    { width: 120, paint: plain },
  );
  expect(first).toMatch(new RegExp(`^Ballast {2}${name} {2}ETH/USD 0\\.3 % {2}`));
});

test("a pool that is not indexed yet is said", () => {
  const nothing = { pool: null, positions: { items: [] } };
  expect(renderView(nothing, { width: 80, paint: plain, url })).toEqual(["The pool is not indexed yet."]);
});

test("the bar grows to the right with token0 and to the left with token1", () => {
  expect([1, 0.5, 0.09, 0, -0.3, -1, null].map(skewBar)).toEqual([
    "·····│█████",
    "·····│███··",
    "·····│·····",
    "·····│·····",
    "···██│·····",
    "█████│·····",
    "·····│·····",
  ]);
});

test("numbers are grouped, signed where they can be negative, and never minus zero", () => {
  expect(grouped(1234.5, 2)).toBe("1,234.50");
  expect([signed(12.345, 2), signed(-12.345, 2), signed(-0.001, 2), signed(null, 2)]).toEqual([
    "+12.35",
    "-12.35",
    "0.00",
    "-",
  ]);
  expect([unsigned(1234.5, 2), unsigned(null, 2)]).toEqual(["1,234.50", "-"]);
  expect([percent(0.624), percent(null)]).toEqual(["62 %", "-"]);
  expect([price(1675.7757), price(498.66), price(0.00012345), price(8_021_000), price(null)]).toEqual([
    "1,676",
    "498.7",
    "0.0001235",
    "8,021,000",
    "-",
  ]);
});

test("colours are for terminals, and not where NO_COLOR is set to anything", () => {
  expect(paintFor(true, {})("loss", "red")).toBe("\x1b[31mloss\x1b[0m");
  expect(paintFor(true, { NO_COLOR: "" })("loss", "red")).toBe("\x1b[31mloss\x1b[0m");
  expect(paintFor(true, { NO_COLOR: "0" })("loss", "red")).toBe("loss");
  expect(paintFor(true, { TERM: "dumb" })("loss", "red")).toBe("loss");
  expect(paintFor(false, {})("loss", "red")).toBe("loss");
});

test("long and short are neither good nor bad: in neutral colours", () => {
  const net = (decimal0: string) =>
    renderView(page([{ ...position, inventory: { ...position.inventory, netInventory: { decimal0 } } }]), {
      width: 120,
      paint: paintFor(true, {}),
    })[3];
  expect(net("1.5")).toContain("\x1b[36m  long 1.50\x1b[0m");
  expect(net("-1.5")).toContain("\x1b[35m  short 1.50\x1b[0m");
});

/** A terminal of 10 columns that keeps what is written to it. */
function terminal() {
  const written: string[] = [];
  const out = { columns: 10, rows: 5, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  return { out, written: () => written.splice(0).join("") };
}

test("the screen is taken over once, and given back once", () => {
  const { out, written } = terminal();
  const screen = openScreen(out);
  expect(written()).toBe("\x1b[?1049h\x1b[?25l");
  screen.close();
  expect(written()).toBe("\x1b[?25h\x1b[?1049l");
  screen.close();
  screen.draw(["late"]);
  expect(written()).toBe("");
});

test("the screen redraws only lines that changed or moved, cleared before they are written", () => {
  const { out, written } = terminal();
  const screen = openScreen(out);
  written();
  screen.draw(["one", "twelve chars", "four"]);
  expect(written()).toBe(
    "\x1b[2J\x1b[1;1H\x1b[2Kone\x1b[3;1H\x1b[2K\x1b[2;1H\x1b[2Ktwelve chars\x1b[4;1H\x1b[2Kfour",
  );
  screen.draw(["one", "twelve chars", "four"]);
  expect(written()).toBe("");
  screen.draw(["ONE", "twelve chars", "four"]);
  expect(written()).toBe("\x1b[1;1H\x1b[2KONE");
  screen.draw(["ONE", "two", "four"]);
  expect(written()).toBe("\x1b[2;1H\x1b[2Ktwo\x1b[3;1H\x1b[2Kfour\x1b[4;1H\x1b[J");
  out.columns = 20;
  screen.draw(["ONE"]);
  expect(written()).toBe("\x1b[2J\x1b[1;1H\x1b[2KONE\x1b[2;1H\x1b[J");
});
