import type { Change } from "./costScope.ts";
import type { DearList, DearPart, Measure } from "./dearestPart.ts";
import { sizedBy } from "./pageSize.ts";

/** `counts`: what the operation counts as after a change. */
type Refused = { measure: Measure; most: number; counts: (change: Change) => number };

/** What to do, and what the operation then counts as. */
type Way = { words: string; left: number };

/**
 * Which part of an operation that counts as too much to change, and how: each way that is told is enough by itself; where
 * none is, the best, and what it leaves.
 * Example: "The dearest part is pools.items.positions with 20200 of them, 200 in each of 101 places: lower first of pools
 * from 101 to 50, or leave it out."
 */
export function costAdvice(part: DearPart, refused: Refused): string {
  const { path, counted, places } = part;
  const each =
    places > 1 && counted >= places ? `, ${Math.round(counted / places)} in each of ${places} places` : "";
  const ways = waysOf(part, refused);
  const left = Math.min(...ways.map((way) => way.left));
  const told = ways.filter((way) => way.left <= Math.max(left, refused.most)).map(({ words }) => words);
  const more = left > refused.most ? ` That leaves ${left}.` : "";
  return `The dearest part is ${path} with ${counted} of them${each}: ${told.join(", or ")}.${more}`;
}

function waysOf({ fields, path, root, quoted, lists }: DearPart, refused: Refused): Way[] {
  const { measure, most, counts } = refused;
  const rest = counts({ without: [root] });
  const isPage = measure === "values" && fields.some(({ selectionSet }) => selectionSet !== undefined);
  const ways = lists.flatMap((list) => smaller(list, refused));
  if (measure === "rows" && quoted !== null)
    ways.push({ words: `ask for it without ${quoted}`, left: counts({ inTokens: fields }) });
  ways.push({
    words: isPage ? "select fewer fields of it" : "leave it out",
    left: counts({ without: fields }),
  });
  if (rest > 0 && counts({}) - rest <= most)
    ways.push({ words: `send ${path.split(".")[0]} as an operation of its own`, left: rest });
  return ways;
}

/** Nothing where no size of its own makes it pass. */
function smaller(list: DearList, { most, counts }: Refused): Way[] {
  const leaves = (size: number) => counts({ list: { field: list.field, size } });
  const size = greatest(list.size, (fewer) => leaves(fewer) <= most);
  const words = size === 0 ? null : fewerWords(list, size);
  return words === null ? [] : [{ words, left: leaves(size) }];
}

function fewerWords({ field, under, path, size }: DearList, to: number): string | null {
  switch (sizedBy(field.name.value, under)) {
    case "first":
      return `lower first of ${path} from ${size} to ${to}`;
    case "bands":
      return `lower bands of ${path} from ${size} to ${to}`;
    case "shocks":
      return `give ${path} ${to} shocks instead of ${size}`;
    case "span":
      return `give ${path} a from and to of ${to} points instead of ${size}`;
    case "chains":
      return `ask for account, a chain an operation, instead of ${path} (${size})`;
    default:
      return null;
  }
}

/** Of the numbers from 1 to below `size` that pass, which the lower ones do then too; 0 where none does. */
function greatest(size: number, passes: (fewer: number) => boolean): number {
  let [low, high] = [0, size];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle;
  }
  return low;
}
