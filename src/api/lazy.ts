import type { Snapshot } from "./snapshot.ts";

/** Asks the operation's snapshot. Questions wait for one another: none may be asked from within another. */
export type Ask = <T>(question: (snapshot: Snapshot) => Promise<T>) => Promise<T>;

/** Something that is read when it is first asked for, and once. */
export type Lazy<T> = (ask: Ask) => Promise<T>;

/** The same for each of several keys. */
export type LazyBy<K, T> = (ask: Ask, key: K) => Promise<T>;

/**
 * What a page's items need beyond their own rows is read for all of them by whoever asks first, and not at all if
 * nobody does. Example: the ticks of a thousand positions are one query, and none where only ids are selected.
 */
export function lazy<T>(read: Lazy<T>): Lazy<T> {
  let answer: Promise<T> | undefined;
  return (ask) => {
    answer ??= read(ask);
    return answer;
  };
}

export function lazyBy<K, T>(read: LazyBy<K, T>): LazyBy<K, T> {
  const answers = new Map<K, Promise<T>>();
  return (ask, key) => {
    const answer = answers.get(key) ?? read(ask, key);
    answers.set(key, answer);
    return answer;
  };
}
