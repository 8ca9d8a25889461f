import type { Snapshot } from "../snapshot.ts";

/**
 * Remembers what was read of a snapshot, by key, while the snapshot lasts: nothing in it changes. For rows that are the
 * same as of every block, which an operation over many past points would read again at each.
 * Example: the tokens of a pool at ninety points are one query.
 */
export function readOnce<T>(): (snapshot: Snapshot, key: string, read: () => Promise<T>) => Promise<T> {
  const known = new WeakMap<Snapshot, Map<string, Promise<T>>>();
  return (snapshot, key, read) => {
    const answers = known.get(snapshot) ?? new Map<string, Promise<T>>();
    known.set(snapshot, answers);
    const answer = answers.get(key) ?? read();
    answers.set(key, answer);
    return answer;
  };
}
