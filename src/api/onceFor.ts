/**
 * Remembers what was made for somebody, by key, as long as that lasts. For what is the same however often an operation over
 * many past points asks for it: rows of its snapshot, in which nothing changes, or a state at one of these points.
 * Example: the tokens of a pool at ninety points are one query.
 */
export function onceFor<Owner extends object, T>(): (owner: Owner, key: string, make: () => T) => T {
  const known = new WeakMap<Owner, Map<string, T>>();
  return (owner, key, make) => {
    const made = known.get(owner) ?? new Map<string, T>();
    known.set(owner, made);
    const one = made.get(key) ?? make();
    made.set(key, one);
    return one;
  };
}
