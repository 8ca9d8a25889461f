/**
 * Answers by key, those that are asked for in one turn of the event loop by one read: fields of a list's items are all
 * resolved in the same turn. Each key is read once.
 * Example: the routes of a hundred tokens' prices are one read of the few pools that they go through.
 */
export function batched<K, T>(read: (keys: readonly K[]) => Promise<(key: K) => T>): (key: K) => Promise<T> {
  const answers = new Map<K, Promise<T>>();
  let waiting: { keys: K[]; answer: Promise<(key: K) => T> } | undefined;
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (waiting === undefined) {
      const keys: K[] = [];
      const turn = new Promise<void>((resolve) => setImmediate(resolve));
      const answer = turn.then(() => {
        waiting = undefined;
        return read(keys);
      });
      waiting = { keys, answer };
    }
    waiting.keys.push(key);
    const answer = waiting.answer.then((answerOf) => answerOf(key));
    answers.set(key, answer);
    return answer;
  };
}
