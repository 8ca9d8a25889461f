import { drizzle } from "drizzle-orm/pglite";
import { expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { readOnce } from "../../src/api/queries/readOnce.ts";
import { findTokens } from "../../src/api/queries/tokens.ts";
import { createPglite } from "./database.ts";
import { token, USDC, WETH } from "./rows.ts";

test("a snapshot is asked once for each key, and another one again", async () => {
  const once = readOnce<number>();
  const [first, second] = [
    drizzle.mock({ casing: "snake_case", schema: tables }),
    drizzle.mock({ casing: "snake_case", schema: tables }),
  ];
  let reads = 0;
  const read = async () => ++reads;
  expect(await once(first, "a", read)).toBe(1);
  expect(await once(first, "a", read)).toBe(1);
  expect(await once(first, "b", read)).toBe(2);
  expect(await once(second, "a", read)).toBe(3);
  expect(await readOnce<number>()(first, "a", read)).toBe(4);
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
