import { expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { onceFor } from "../../src/api/onceFor.ts";
import { findTokens } from "../../src/api/queries/tokens.ts";
import { createPglite } from "./database.ts";
import { token, USDC, WETH } from "./rows.ts";

test("what has an owner and a key is made once, for another of either anew", () => {
  const once = onceFor<object, number>();
  const [first, second] = [{}, {}];
  let made = 0;
  const make = () => ++made;
  expect(once(first, "a", make)).toBe(1);
  expect(once(first, "a", make)).toBe(1);
  expect(once(first, "b", make)).toBe(2);
  expect(once(second, "a", make)).toBe(3);
  expect(onceFor<object, number>()(first, "a", make)).toBe(4);
});

test("tokens of other chains and addresses are other keys, and what is written meanwhile shows in the next snapshot", async () => {
  const { database, close } = await createPglite();
  const found = (snapshot: typeof database, chainId: number, ...addresses: `0x${string}`[]) =>
    findTokens(snapshot, new Map([[chainId, new Set(addresses)]])).then((known) => [...known.keys()]);
  await database.transaction(async (snapshot) => {
    expect(await found(snapshot, 1, WETH)).toEqual([]);
    await snapshot.insert(tables.token).values([token(), token({ address: USDC }), token({ chainId: 2 })]);
    expect(await found(snapshot, 1, WETH)).toEqual([]);
    expect(await found(snapshot, 1, WETH, USDC)).toHaveLength(2);
    expect(await found(snapshot, 2, WETH)).toEqual([`2:${WETH}`]);
  });
  await database.transaction(async (snapshot) => {
    expect(await found(snapshot, 1, WETH)).toEqual([`1:${WETH}`]);
  });
  await close();
});
