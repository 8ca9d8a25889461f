import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonFault } from "../../config/jsonFault.ts";

/** `JSON.parse` takes the text and drops none of its members, as it does with a key that stands twice. */
function isJsonOfSingleKeys(text: string): boolean {
  try {
    const members = text.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1;
    return keptMembers(JSON.parse(text)) === members;
  } catch {
    return false;
  }
}

function keptMembers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, item) => sum + keptMembers(item), own);
}

describe("jsonFault", () => {
  it.each([
    ["", "line 1, column 1"],
    ["[1,\n 2", "line 2, column 3"],
    ['{"a": 1\n "b": 2}', "line 2, column 2"],
    ["{'a': 1}", "line 1, column 2"],
    ["[1] 2", "line 1, column 5"],
    ['["a\nb"]', "line 1, column 2"],
    ["[01]", "line 1, column 3"],
    ["[tru]", "line 1, column 2"],
    ["// comment\n{}", "line 1, column 1"],
    ['{"a": 1, "a": 2}', "line 1, column 10"],
    ['{"a": 1, "\\u0061": 2}', "line 1, column 10"],
  ])("%j: finds the fault at its line and column", (text, path) => {
    expect(jsonFault(text)?.path).toBe(path);
  });

  it("accepts the control characters that JSON allows in a text, and none that it forbids", () => {
    for (let code = 0; code < 0xa0; code++) {
      const text = `["${String.fromCharCode(code)}"]`;
      if (code !== 0x22 && code !== 0x5c) expect(jsonFault(text) === undefined).toBe(code >= 0x20);
    }
  });

  it("accepts what JSON.parse accepts, however it is spaced", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary", maxDepth: 2 }), fc.nat(4), (value, spaces) => {
        expect(jsonFault(JSON.stringify(value, null, spaces))).toBe(undefined);
      }),
    );
  });

  it("agrees with JSON.parse on a text with one character put in or taken out", () => {
    const damaged = fc
      .tuple(fc.jsonValue({ maxDepth: 2 }), fc.nat(), fc.constantFrom("", ...'{}[],:"0e-\\t \n'))
      .map(([value, place, letter]) => {
        const text = JSON.stringify({ value });
        const at = place % text.length;
        return text.slice(0, at) + letter + text.slice(letter === "" ? at + 1 : at);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(jsonFault(text) === undefined).toBe(isJsonOfSingleKeys(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
