import { encodeAbiParameters, type Hex, parseAbiItem, toFunctionSelector } from "viem";
import { afterEach, expect, test } from "vitest";
import { type App, startApp } from "../app.ts";
import { encodeLog } from "../replay/encodeLog.ts";
import { POOL_EVENTS } from "../replay/ensWeth.ts";
import { startReplayRpc } from "../replay/startReplayRpc.ts";
import { everyRow } from "../rows.ts";

// A pool at price 1 and later 4; amounts are round numbers, not a pool's: rows must carry them as logged.
const POOL = "0x00000000000000000000000000000000000000aa";
const FACTORY = "0x00000000000000000000000000000000000000fa";
const MANAGER = "0x00000000000000000000000000000000000000ee";
const [TOKEN0, TOKEN1] = [
  "0x0000000000000000000000000000000000000010",
  "0x0000000000000000000000000000000000000011",
];
const [ALICE, BOB, ZERO] = [`0x${"a1".repeat(20)}`, `0x${"b0".repeat(20)}`, `0x${"00".repeat(20)}`] as const;
const RANGE = { owner: MANAGER, tickLower: -600, tickUpper: 1200 } as const;
const ONE = 2n ** 96n;
const FOUR = 2n ** 97n;

const MANAGER_EVENTS = {
  Transfer: parseAbiItem("event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)"),
  Increase: parseAbiItem(
    "event IncreaseLiquidity(uint256 indexed tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
  ),
  Decrease: parseAbiItem(
    "event DecreaseLiquidity(uint256 indexed tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
  ),
  Collect: parseAbiItem(
    "event Collect(uint256 indexed tokenId, address recipient, uint256 amount0, uint256 amount1)",
  ),
};
const POOL_MORE = {
  Collect: parseAbiItem(
    "event Collect(address indexed owner, address recipient, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount0, uint128 amount1)",
  ),
  Flash: parseAbiItem(
    "event Flash(address indexed sender, address indexed recipient, uint256 amount0, uint256 amount1, uint256 paid0, uint256 paid1)",
  ),
  SetFeeProtocol: parseAbiItem(
    "event SetFeeProtocol(uint8 feeProtocol0Old, uint8 feeProtocol1Old, uint8 feeProtocol0New, uint8 feeProtocol1New)",
  ),
};

type Log = { topics: Hex[]; data: Hex; address: Hex };
const pool = (log: { topics: Hex[]; data: Hex }): Log => ({ ...log, address: POOL });
const manager = (log: { topics: Hex[]; data: Hex }): Log => ({ ...log, address: MANAGER });
const tokenId = 7n;
const mint = (amount: bigint, amount0: bigint, amount1: bigint) =>
  pool(encodeLog(POOL_EVENTS.Mint, { ...RANGE, sender: MANAGER, amount, amount0, amount1 }));
const burn = (amount: bigint, amount0: bigint, amount1: bigint) =>
  pool(encodeLog(POOL_EVENTS.Burn, { ...RANGE, amount, amount0, amount1 }));
const increase = (liquidity: bigint, amount0: bigint, amount1: bigint) =>
  manager(encodeLog(MANAGER_EVENTS.Increase, { tokenId, liquidity, amount0, amount1 }));
const decrease = (liquidity: bigint, amount0: bigint, amount1: bigint) =>
  manager(encodeLog(MANAGER_EVENTS.Decrease, { tokenId, liquidity, amount0, amount1 }));
const transfer = (from: Hex, to: Hex) => manager(encodeLog(MANAGER_EVENTS.Transfer, { from, to, tokenId }));

/** Block 100 on; one transaction a block. */
const HISTORY: Log[][] = [
  [pool(encodeLog(POOL_EVENTS.Initialize, { sqrtPriceX96: ONE, tick: 0 }))],
  [mint(1000n, 300n, 500n), transfer(ZERO, ALICE), increase(1000n, 300n, 500n)],
  [transfer(ALICE, BOB)],
  [
    pool(
      encodeLog(POOL_MORE.SetFeeProtocol, {
        feeProtocol0Old: 0,
        feeProtocol1Old: 0,
        feeProtocol0New: 4,
        feeProtocol1New: 6,
      }),
    ),
  ],
  [
    pool(
      encodeLog(POOL_EVENTS.Swap, {
        sender: ALICE,
        recipient: BOB,
        amount0: -11n,
        amount1: 22n,
        sqrtPriceX96: FOUR,
        liquidity: 0n,
        tick: 13863,
      }),
    ),
  ],
  [burn(400n, 0n, 700n), decrease(400n, 0n, 700n)],
  [
    pool(encodeLog(POOL_MORE.Collect, { ...RANGE, recipient: BOB, amount0: 3n, amount1: 707n })),
    manager(encodeLog(MANAGER_EVENTS.Collect, { tokenId, recipient: BOB, amount0: 4n, amount1: 708n })),
  ],
  [burn(600n, 0n, 1100n), decrease(600n, 0n, 1100n)],
  [
    pool(
      encodeLog(POOL_MORE.Flash, {
        sender: ALICE,
        recipient: ALICE,
        amount0: 1n,
        amount1: 1n,
        paid0: 1n,
        paid1: 1n,
      }),
    ),
  ],
  [mint(50n, 0n, 90n), increase(50n, 0n, 90n)],
  [burn(50n, 0n, 80n), decrease(50n, 0n, 80n)],
  [transfer(BOB, ZERO)],
];

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test("an NFT's life, from a mint to its burning, gives these rows", async () => {
  const app = await index();
  await app.untilIndexed("anvil", 100 + HISTORY.length - 1);
  const { pool } = await app.query<{ pool: unknown }>(
    `{ pool(chainId: 31337, poolId: "${POOL}") { protocolFeeShare0 protocolFeeShare1 riskToken asOf { number } } }`,
  );
  // token1 is the quote token, so token0 is the risk.
  expect(pool).toEqual({
    protocolFeeShare0: 1 / 4,
    protocolFeeShare1: 1 / 6,
    riskToken: 0,
    asOf: { number: 111 },
  });
  await app.stop();
  const rows = parsed(await everyRow(app.databaseDirectory));

  expect(rows.block?.map(({ number }) => number).sort()).toEqual(HISTORY.map((_, i) => 100 + i));
  expect(rows.pending_mint).toEqual([]);
  expect(rows.swap).toMatchObject([
    {
      block_number: 104,
      log_index: 0,
      sender: ALICE,
      recipient: BOB,
      amount0: -11,
      amount1: 22,
      tick: 13863,
      liquidity: 0,
    },
  ]);
  expect(byPlace(rows.liquidity_event)).toMatchObject([
    { ...at(101, 2), kind: "DEPOSIT", ...flow(1000, 300, 500), ...paid(0, 0) },
    { ...at(102, 0), kind: "TRANSFER", ...flow(0, 0, 0), from: ALICE, to: BOB },
    { ...at(105, 0), kind: "WITHDRAW", ...flow(-400, 0, 700), ...paid(0, 0) },
    { ...at(106, 0), kind: "COLLECT", ...flow(0, 0, 0), ...paid(3, 707) },
    { ...at(107, 0), kind: "WITHDRAW", ...flow(-600, 0, 1100), ...paid(0, 0) },
    { ...at(109, 1), kind: "DEPOSIT", ...flow(50, 0, 90), ...paid(0, 0) },
    { ...at(110, 0), kind: "WITHDRAW", ...flow(-50, 0, 80), ...paid(0, 0) },
    { ...at(111, 0), kind: "TRANSFER", ...flow(0, 0, 0), from: BOB, to: ZERO },
  ]);
  for (const event of rows.liquidity_event ?? []) expect(event.position_id).toBe(`${MANAGER}:7`);

  // Released at price 4: 120 and 200 of 300 and 500 with 400 of 1000, then the rest with the rest.
  expect(rows.position).toMatchObject([
    {
      position_id: `${MANAGER}:7`,
      protocol: "UNISWAP_V3",
      pool_id: POOL,
      owner: BOB,
      manager: MANAGER,
      token_id: 7,
      tick_lower: -600,
      tick_upper: 1200,
      opened_block: 101,
      opened_timestamp: 1_700_000_012,
      closed_block: 110,
      closed_timestamp: 1_700_000_120,
      liquidity: 0,
      hold0: 0,
      hold1: 0,
      entry_value1: 0,
      deposited0: 300,
      deposited1: 590,
      deposited_value0: 800 + 22,
      deposited_value1: 800 + 90,
      withdrawn0: 0,
      withdrawn1: 1880,
      withdrawn_value0: 175 + 275 + 20,
      withdrawn_value1: 1880,
      realized_il0: 5 + 20 - 2,
      realized_il1: 20 + 80 - 10,
      liquidity_double: 0,
      hold0_double: 0,
      hold1_double: 0,
      realized_il1_double: 90,
      sqrt_price_lower_double: expect.closeTo(1.0001 ** -300, 10),
      sqrt_price_upper_double: expect.closeTo(1.0001 ** 600, 10),
    },
  ]);
  const snapshots = [...(rows.position_snapshot ?? [])].sort(
    (a, b) => Number(a.block_number) - Number(b.block_number),
  );
  expect(snapshots).toMatchObject([
    {
      block_number: 101,
      owner: ALICE,
      liquidity: 1000,
      hold0: 300,
      hold1: 500,
      entry_value1: 300,
      closed_block: null,
    },
    { block_number: 102, owner: BOB, liquidity: 1000, hold0: 300, hold1: 500 },
    { block_number: 105, liquidity: 600, hold0: 180, hold1: 300, entry_value1: 180, closed_block: null },
    { block_number: 107, liquidity: 0, hold0: 0, closed_block: 107, closed_timestamp: 1_700_000_084 },
    { block_number: 109, liquidity: 50, hold0: 0, hold1: 90, closed_block: null, closed_timestamp: null },
    { block_number: 110, liquidity: 0, closed_block: 110 },
  ]);
});

test.each([
  ["the NFT's first Transfer", 101, 1],
  ["IncreaseLiquidity, as the next withdrawal shows", 101, 2],
  ["the pool's Burn", 105, 0],
])("without %s the indexer stops, rather than lose an NFT in silence", async (_, block, logIndex) => {
  const app = await index((log) => log.blockNumber === block && log.logIndex === logIndex);
  expect(await app.exited).not.toBe(0);
  expect(await app.log()).toContain("UnboundNftError: NFT 7 of");
});

async function index(dropLog?: (log: { blockNumber: number; logIndex: number }) => boolean): Promise<App> {
  const logs = HISTORY.flatMap((block, i) =>
    block.map((log, logIndex) => ({
      ...log,
      blockNumber: 100 + i,
      transactionIndex: 0,
      logIndex,
      timestamp: 1_700_000_000 + 12 * i,
    })),
  );
  const rpc = await startReplayRpc({
    chainId: 31337,
    logs,
    calls: [
      read(POOL, "factory()", "address", FACTORY),
      read(POOL, "token0()", "address", TOKEN0),
      read(POOL, "token1()", "address", TOKEN1),
      read(POOL, "fee()", "uint24", 500),
      read(POOL, "tickSpacing()", "int24", 10),
    ],
    ...(dropLog === undefined ? {} : { dropLog }),
  });
  ends.push(() => rpc.stop());
  const market = {
    protocol: "uniswap-v3",
    factory: FACTORY,
    positionManager: MANAGER,
    pools: [POOL],
    startBlock: 100,
  };
  const app = await startApp({
    chains: [{ id: 31337, name: "anvil", rpc: [rpc.url], quoteToken: TOKEN1, markets: [market] }],
  });
  ends.push(
    () => app.remove(),
    () => app.stop(),
  );
  return app;
}

type Row = Record<string, unknown>;

function parsed(rows: Record<string, string[]>): Record<string, Row[] | undefined> {
  return Object.fromEntries(
    Object.entries(rows).map(([table, texts]) => [table, texts.map((text) => JSON.parse(text) as Row)]),
  );
}

function byPlace(rows: Row[] = []): Row[] {
  const place = ({ block_number, log_index }: Row) => Number(block_number) * 100 + Number(log_index);
  return [...rows].sort((a, b) => place(a) - place(b));
}

const at = (block_number: number, log_index: number) => ({ block_number, log_index });
const flow = (liquidity_delta: number, amount0: number, amount1: number) => ({
  liquidity_delta,
  amount0,
  amount1,
});
const paid = (paid_out0: number, paid_out1: number) => ({ paid_out0, paid_out1 });

function read(to: Hex, signature: string, type: string, value: unknown) {
  return { to, data: toFunctionSelector(signature), result: encodeAbiParameters([{ type }], [value]) };
}
