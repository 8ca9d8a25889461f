const ABOVE = new Map([
  ["Pool", "pool"],
  ["PoolPage", "pools"],
  ["Position", "position"],
  ["Account", "account"],
  ["Backtest", "backtest"],
  ["Rebalance", "rebalance"],
]);

/**
 * The field that a fragment of this type may be spread below, where costs depend on it: fragments are counted once, wherever
 * they are spread. Example: of `PoolPage` it is `pools`, of `Token` nothing.
 */
export function fieldAbove(type: string): string {
  return ABOVE.get(type) ?? "";
}
