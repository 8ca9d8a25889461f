import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { closestWord } from "../../config/closestWord.ts";
import { marketsJsonSchema } from "../../config/marketsJsonSchema.ts";

it("ballast.schema.json is what the validator says (else: npm run schema)", () => {
  expect(JSON.parse(readFileSync("ballast.schema.json", "utf8"))).toEqual(marketsJsonSchema());
});

it("the JSON Schema asks for the keys without which nothing can be indexed, and for no other", () => {
  expect(marketsJsonSchema()).toMatchObject({
    required: ["chains"],
    additionalProperties: false,
    properties: {
      chains: {
        items: {
          required: ["id", "name", "markets"],
          additionalProperties: false,
          properties: {
            markets: { items: { required: ["protocol", "startBlock"], additionalProperties: false } },
          },
        },
      },
    },
  });
});

it.each([
  ["startblock", "startBlock"],
  ["nmae", "name"],
  ["pool", "pools"],
  ["colour", undefined],
])("closestWord takes %s for %s", (word, meant) => {
  expect(closestWord(word, ["name", "pools", "startBlock", "protocol"])).toBe(meant);
});
