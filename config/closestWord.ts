/**
 * The known word that a misspelt one most likely meant: the fewest edits, at most two fifths of its length.
 *
 * @example closestWord("startblock", ["protocol", "startBlock"]) // "startBlock"
 */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  const limit = Math.ceil(word.length * 0.4);
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= limit ? best.candidate : undefined;
}

// Levenshtein, one row at a time.
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const substituted = at(row, j) + (letter === other ? 0 : 1);
      next.push(Math.min(substituted, at(row, j + 1) + 1, at(next, j) + 1));
    }
    row = next;
  }
  return at(row, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
