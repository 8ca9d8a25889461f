import type { App } from "../../app.ts";
import { askPositions, type PositionAnswer, type Side } from "./askOwners.ts";
import { Comparison } from "./compare.ts";
import { bound, compareFlows, compareMoney, compareOwners, costUnitsOf } from "./compareBooks.ts";
import { positionFigures, segmentFigures } from "./position.ts";
import type { RecordedBooks } from "./recordBooks.ts";

/** By id; counted in token0, and in token1. */
export type Answers = readonly [Map<string, PositionAnswer>, Map<string, PositionAnswer>];

/** What the app says of every position of the independent books. */
export async function askAll(app: App, { books }: RecordedBooks): Promise<Answers> {
  const ids = [...books.keys()];
  return [await askPositions(app, ids, 0), await askPositions(app, ids, 1)];
}

/** IL, P&L and fees of every position and of every owner of it, in both tokens. */
export function compareAll({ books, decimalsOf }: RecordedBooks, answers: Answers): Comparison {
  const comparison = new Comparison();
  for (const side of [0, 1] as const satisfies Side[]) {
    for (const { position, moment } of books.values()) {
      const { id, pool, segments } = position;
      const answer = answers[side].get(id);
      if (answer === undefined) throw new Error(`the app does not know ${id}`);
      const scale = { side, decimals: decimalsOf(pool, side), units: bound(position) };
      compareFlows(comparison, position, answer, scale);
      compareMoney(comparison, id, answer, positionFigures(position, moment), scale);
      compareOwners(comparison, position, answer);
      for (const [i, segment] of segments.entries()) {
        const owner = answer.owners[i];
        const figures = segmentFigures(position, segment, moment);
        const costUnits = costUnitsOf(segment, side);
        // Where one is missing the owners differ already.
        if (owner) compareMoney(comparison, `${id} owner ${i}`, owner, figures, { ...scale, costUnits });
      }
    }
  }
  return comparison;
}
