import { expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { onceFor } from "../../src/api/onceFor.ts";
import { findPositionsIn } from "../../src/api/queries/ownedPositions.ts";
import { findPastPool, findPastPools } from "../../src/api/queries/pastPools.ts";
import { findTokens } from "../../src/api/queries/tokens.ts";
import { createPglite } from "./database.ts";
import { block, POOL, pool, position, token, USDC, WETH } from "./rows.ts";

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

test("rows of pools and positions are read once a snapshot, as of whichever blocks", async () => {
  const { database, close } = await createPglite();
  await database.insert(tables.pool).values(pool());
  const ids = ["a", "b", "c"];
  await database.insert(tables.position).values(ids.map((positionId) => position({ positionId })));
  const tip = { ...block({ number: 100 }), chainId: 1 };
  const read = async (snapshot: typeof database, blockNumber: number, asked: readonly string[]) => {
    const point = { ...tip, number: blockNumber };
    const pools = await findPastPools(snapshot, point, [POOL]);
    const keys = asked.map((positionId) => ({ positionId }));
    const found = await findPositionsIn(snapshot, pools, { tip: point, past: false }, keys);
    const rows = [...found.values()].map(({ row }) => `${row.positionId} in ${row.tickLower}`);
    return [(await findPastPool(snapshot, point, { chainId: 1, poolId: POOL }))?.row.tickSpacing, ...rows];
  };
  const { tickLower } = position();
  await database.transaction(async (snapshot) => {
    expect(await read(snapshot, 100, ["a", "b"])).toEqual([60, `a in ${tickLower}`, `b in ${tickLower}`]);
    await snapshot.update(tables.pool).set({ tickSpacing: 10 });
    await snapshot.update(tables.position).set({ tickLower: -60 });
    expect(await read(snapshot, 101, ["b", "c"])).toEqual([60, `b in ${tickLower}`, "c in -60"]);
  });
  await database.transaction(async (snapshot) => {
    expect(await read(snapshot, 101, ["c", "a"])).toEqual([10, "c in -60", "a in -60"]);
  });
  await close();
});
