/** A position among those of all chains. */
export function positionKey({ chainId, positionId }: { chainId: number; positionId: string }): string {
  return `${chainId}:${positionId}`;
}

/** Rows of positions by {@link positionKey}, each position's in the order given. */
export function byPosition<T extends { chainId: number; positionId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const earlier = found.get(positionKey(row));
    if (earlier === undefined) found.set(positionKey(row), [row]);
    else earlier.push(row);
  }
  return found;
}
