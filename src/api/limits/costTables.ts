/** Lists whose items have one history between them: an account's books in its pools are null over 1,000 flows in all. */
export const SHARES_HISTORY = new Set(["owners", "pools"]);
/** Lists each of whose items stands at a point of its own. */
export const EVENTS = new Set(["events", "swaps"]);
/** The same, each asking for the price of one token alone, and how many rows that counts as. */
export const POINTS = new Set(["history", "candles"]);
export const POINT_SEARCH_ROWS = 75;
/** Lists that are queries of their own, wherever they stand, and how many rows each counts as at least. */
export const QUERIES = new Map([
  ["events", 100],
  ["swaps", 100],
  ["positions", 100],
  ["leaderboard", 500],
  ["ticks", 100],
  ["liquidityDistribution", 100],
  ["history", 100],
  ["candles", 500],
]);
/** Fields with fields of their own that walk a pool's ticks each time that they are asked for. */
export const OWN_WALKS = new Map([
  ["depth", 100],
  ["quote", 500],
  ["rebalance", 500],
]);
/** Fields of a pool that walk all of its ticks, and share the walk; others have fields of these names that do not. */
export const WALKS = new Set(["principal", "uncollectedFees", "activeValueShare", "feeApr", "inventory"]);
export const WALK_ROWS = 100;
/** Fields that sum up a window of a pool's swaps. */
export const SCANS = new Map([
  ...["flow", "realizedVolatility"].map((name) => [name, 250] as const),
  ...["paidIn", "takenOut"].map((name) => [name, 125] as const),
  ...["markout", "toxicVolumeShare"].map((name) => [name, 500] as const),
  ["ownerConcentration", 100],
  ...["suggestedRange", "capitalAtRisk"].map((name) => [name, 50] as const),
]);
/** Figures of an exposure that rest on one such sum: it is worked out once a pool and window. */
export const WINDOW_FIGURES = new Set(["lvrRate", "theta", "vega", "exitProbability"]);
export const WINDOW_ROWS = 50;
/** Fields that play a pool's history again: more than half of what an operation may ask for, so that it asks once. */
export const PLAYS = new Map([["backtest", 6_000]]);
/** What a position's markouts count as on top, as each plays a window's swaps for it: three in an operation. */
export const PLAYED_MARKOUT_ROWS = 2_250;
/** Their points, by an interval that is theirs. */
export const MOST_POINTS = 500;
/** What is selected right below these is selected of a pool. */
export const POOLS = new Set(["pool", "route", "pools.items"]);
/** Fields that search all pools of a chain, or may: all items of a list share the search. */
export const SEARCHES = new Set(["quotePrice", "account", "accountOnAllChains"]);
export const SEARCH_ROWS = 500;
/** Accounts read all that they hold unless only these are asked of them. */
export const ACCOUNTS = new Set(["account", "accountOnAllChains"]);
export const NAMES = new Set(["__typename", "id", "chainId", "address", "asOf", "positions", "events"]);
export const BOOK_ROWS = 100;
/** Pools that an exposure of an account adds up. */
export const BOOKS = 20;
/** Its history reads all of that, and searches prices, at each of its points. */
export const ACCOUNT_POINT_ROWS = 40;
