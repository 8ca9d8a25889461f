import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, startApp, TEST_SCHEMA } from "../app.ts";
import { ENS_WETH, ensWethCalls, loadEnsWethLogs } from "../replay/ensWeth.ts";
import { startReplayRpc } from "../replay/startReplayRpc.ts";

// The whole history of a mainnet pool from its creation: fixtures/ens-weth-3000/SOURCE.md.
const POOL = ENS_WETH.pool.toLowerCase();
const MANAGER = "0xc36442b4a4522e871399cd717abdd847ab11fe88";

let rpc: Awaited<ReturnType<typeof startReplayRpc>>;
let app: App;
let rows: PGlite;

beforeAll(async () => {
  // Mainnet's finality is 65 blocks: the first part is read as history, the rest block by block as it comes.
  const live = 13_578_930;
  rpc = await startReplayRpc({ chainId: 1, logs: loadEnsWethLogs(), calls: ensWethCalls(), head: live });
  app = await startApp({
    chains: [
      {
        id: 1,
        name: "mainnet",
        rpc: [rpc.url],
        markets: [
          {
            protocol: "uniswap-v3",
            pools: [ENS_WETH.pool],
            positionManager: null,
            startBlock: ENS_WETH.firstBlock,
          },
        ],
      },
    ],
  });
  await app.untilIndexed("mainnet", live);
  rpc.setHead(ENS_WETH.lastBlock);
  await app.untilIndexed("mainnet", ENS_WETH.lastBlock);
});

afterAll(async () => {
  await rows?.close();
  await app?.stop();
  await rpc?.stop();
  await app?.remove();
});

test("the pool ends at the price, tick, liquidity and fee growth that mainnet had", async () => {
  const { pool } = await app.query<{ pool: unknown }>(
    `{ pool(chainId: 1, poolId: "${ENS_WETH.pool}") {
      sqrtPriceX96 tick liquidity feePips tickSpacing exact created { number } trackedFrom { number }
      token0 { symbol decimals } token1 { symbol name } asOf { number }
      feeGrowthGlobal0X128 feeGrowthGlobal1X128
    } }`,
  );
  expect(pool).toEqual({
    sqrtPriceX96: "1312822972750393950732608458394",
    tick: 56154,
    liquidity: "66387141178760536346",
    feePips: 3000,
    tickSpacing: 60,
    exact: true,
    created: null,
    trackedFrom: { number: 13578816 },
    token0: { symbol: "WETH", decimals: 18 },
    token1: { symbol: "ENS", name: "Ethereum Name Service" },
    asOf: { number: 13578999 },
    feeGrowthGlobal0X128: "266282611448330124281963066120359863",
    feeGrowthGlobal1X128: "73345741942492068516943857586510392481",
  });
});

test("every range that was deposited into is listed, with the liquidity that its events sum to", async () => {
  const { positions } = await app.query<{ positions: { items: unknown[] } }>(
    `{ positions(where: { chainId: 1, pool: "${POOL}" }, direction: ASC) {
      items { id owner tickLower tickUpper liquidity status manager tokenId }
    } }`,
  );
  const held = (tickLower: number, tickUpper: number, liquidity: bigint, status: string) => ({
    id: `1:${POOL}:${MANAGER}:${tickLower}:${tickUpper}`,
    owner: MANAGER,
    tickLower,
    tickUpper,
    liquidity: String(liquidity),
    status,
    manager: null,
    tokenId: null,
  });
  expect(positions.items).toEqual([
    held(49800, 64020, 556973545490136947176n - 529124868215630099817n, "IN_RANGE"),
    held(45540, 68100, 38538463904253688987n, "IN_RANGE"),
    held(58080, 64800, 1470467461420906693794n, "BELOW"),
  ]);
});

test("the rows are 63 swaps, 3 deposits and 1 withdrawal; the poke is none", async () => {
  await app.stop();
  rows = new PGlite(app.databaseDirectory);
  const swaps = await rows.query(`select count(*)::int as swaps from ${TEST_SCHEMA}.swap`);
  expect(swaps.rows).toEqual([{ swaps: 63 }]);
  const events = await rows.query(
    `select kind, count(*)::int as events from ${TEST_SCHEMA}.liquidity_event group by kind order by kind`,
  );
  expect(events.rows).toEqual([
    { kind: "DEPOSIT", events: 3 },
    { kind: "WITHDRAW", events: 1 },
  ]);
});
