import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonFault } from "../../config/jsonFault.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
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
  ])("%j: finds the fault at its line and column", (text, path) => {
    expect(jsonFault(text)?.path).toBe(path);
  });

  it("accepts what JSON.parse accepts, however it is spaced", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), (value, spaces) => {
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
        expect(jsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
