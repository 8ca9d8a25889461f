import { encodeAbiParameters, type Hex, parseAbiItem, toFunctionSelector } from "viem";
import { afterEach, expect, test } from "vitest";
import { type App, startApp } from "../app.ts";
import { decodeLogs, loadHandlers } from "../inMemory/indexLogs.ts";
import { encodeLog } from "../replay/encodeLog.ts";
import { POOL_EVENTS } from "../replay/ensWeth.ts";
import { startReplayRpc } from "../replay/startReplayRpc.ts";
import { everyRow } from "../rows.ts";

// The swaps of metrics.md 5.10, as the published bytecode logged them: fee 3000, spacing 60. The first of its two
// positions is an NFT here, which is then closed in parts; its amounts are computed by the contract's formulas.
const POOL = "0x00000000000000000000000000000000000000aa";
const FACTORY = "0x00000000000000000000000000000000000000fa";
const MANAGER = "0x00000000000000000000000000000000000000ee";
const [TOKEN0, TOKEN1] = [
  "0x0000000000000000000000000000000000000010",
  "0x0000000000000000000000000000000000000011",
];
const [ALICE, BOB, ZERO] = [`0x${"a1".repeat(20)}`, `0x${"b0".repeat(20)}`, `0x${"00".repeat(20)}`] as const;
const RANGE = { owner: MANAGER, tickLower: -60, tickUpper: 60 } as const;
const WIDE = { owner: BOB, tickLower: -600, tickUpper: 600 } as const;
const ONE = 2n ** 96n;

const POOL_CREATED = parseAbiItem(
  "event PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, int24 tickSpacing, address pool)",
);
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
  CollectProtocol: parseAbiItem(
    "event CollectProtocol(address indexed sender, address indexed recipient, uint128 amount0, uint128 amount1)",
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

const collect = (paid: [bigint, bigint], debited = paid) => [
  pool(encodeLog(POOL_MORE.Collect, { ...RANGE, recipient: BOB, amount0: paid[0], amount1: paid[1] })),
  manager(
    encodeLog(MANAGER_EVENTS.Collect, { tokenId, recipient: BOB, amount0: debited[0], amount1: debited[1] }),
  ),
];
const swap = (amount0: bigint, amount1: bigint, sqrtPriceX96: bigint, liquidity: bigint, tick: number) =>
  pool(
    encodeLog(POOL_EVENTS.Swap, {
      sender: ALICE,
      recipient: BOB,
      ...{ amount0, amount1, sqrtPriceX96, liquidity, tick },
    }),
  );
const S3 = 78990846045029531151608375686n;
const S5 = 79148827001082974240769902322n;

/** Block 100 on; one transaction a block. */
const HISTORY: Log[][] = [
  [pool(encodeLog(POOL_EVENTS.Initialize, { sqrtPriceX96: ONE, tick: 0 }))],
  [
    mint(10n ** 18n, 2995354955910781n, 2995354955910781n),
    transfer(ZERO, ALICE),
    increase(10n ** 18n, 2995354955910781n, 2995354955910781n),
  ],
  [
    pool(
      encodeLog(POOL_EVENTS.Mint, {
        ...WIDE,
        sender: BOB,
        ...{ amount: 5n * 10n ** 17n, amount0: 14776505439568585n, amount1: 14776505439568585n },
      }),
    ),
  ],
  [swap(10000000000000000n, -9865293770384354n, 78139577256552007988194929836n, 5n * 10n ** 17n, -277)],
  [swap(-5000000000000000n, 4926770456279713n, 78917913163490934909760147909n, 5n * 10n ** 17n, -79)],
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
  [swap(-463468905887109n, 461656160087574n, S3, 15n * 10n ** 17n, -60)],
  [swap(1n, 0n, S3, 5n * 10n ** 17n, -61)],
  [swap(-3002993085009901n, 3000000000000000n, S5, 15n * 10n ** 17n, -21)],
  [transfer(ALICE, BOB)],
  [
    burn(4n * 10n ** 17n, 1599085451458442n, 797599999999999n),
    decrease(4n * 10n ** 17n, 1599085451458442n, 797599999999999n),
  ],
  [burn(0n, 0n, 0n), ...collect([1608125634194877n, 802599999999998n])],
  [
    burn(6n * 10n ** 17n, 2398628177187663n, 1196399999999999n),
    decrease(6n * 10n ** 17n, 2398628177187663n, 1196399999999999n),
  ],
  [
    pool(
      encodeLog(POOL_MORE.Flash, {
        sender: ALICE,
        recipient: ALICE,
        ...{ amount0: 1n, amount1: 1n, paid0: 3000n, paid1: 1000n },
      }),
    ),
  ],
  [
    mint(10n ** 17n, 399771362864611n, 199400000000000n),
    increase(10n ** 17n, 399771362864611n, 199400000000000n),
  ],
  [
    burn(10n ** 17n, 399771362864610n, 199399999999999n),
    decrease(10n ** 17n, 399771362864610n, 199399999999999n),
  ],
  collect([2798399540052272n, 1395799999999998n], [2798399540052273n, 1395799999999998n]),
  [transfer(BOB, ZERO)],
  [
    pool(
      encodeLog(POOL_MORE.CollectProtocol, {
        sender: ALICE,
        recipient: ALICE,
        ...{ amount0: 749n, amount1: 1730828080208n },
      }),
    ),
  ],
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
    // token1 is the quote token, so token0 is the risk.
    riskToken: 0,
    asOf: { number: 118 },
  });
  await app.stop();
  const rows = parsed(await everyRow(app.databaseDirectory));

  expect(rows.block?.map(({ number }) => number).sort()).toEqual(HISTORY.map((_, i) => String(100 + i)));
  expect(rows.pending_mint?.filter(({ claimed }) => claimed !== true)).toEqual([]);
  expect(rows.quarantine).toEqual([]);
  expect(byPlace(rows.swap)[0]).toMatchObject({
    block_number: "103",
    log_index: "0",
    sender: ALICE,
    recipient: BOB,
    amount0: "10000000000000000",
    amount1: "-9865293770384354",
    tick: "-277",
    liquidity: "500000000000000000",
    fee_lp: "30000000000001",
    fee_protocol: "0",
    ...{ fee: "3000", plugin_fee: "0", protocol_fee_setting: "0" },
  });
  const settings = byPlace(rows.swap).map(({ protocol_fee_setting }) => protocol_fee_setting);
  expect(settings).toEqual(["0", "0", "6", "4", "6"]);
  expect(rows.pool).toMatchObject([
    {
      fee_growth_global0_x_128: "14264512458884896325641954407678788",
      fee_growth_global1_x_128: "12545837762298827153919733770032992",
      protocol_fees0: "1",
      protocol_fees1: "1",
      balance0: "15298644593202070",
      balance1: "14294262413383095",
      principal_owed0: "0",
      principal_owed1: "0",
      swaps: "5",
      mints: "3",
      burns: "3",
      volume0: "18466461990897011",
      volume1: "18253720386751641",
      fees_protocol0: "750",
      fees_protocol1: "1730828080209",
      quarantined_block: null,
    },
  ]);
  // After S5 the growth is that of the example; the flash came on top of it, to the wide position alone.
  expect(rows.pool_snapshot?.find(({ block_number }) => block_number === "108")).toMatchObject({
    fee_growth_global0_x_128: "14264512457353625674497731322093603",
    fee_growth_global1_x_128: "12545837761731236165895608412976084",
    protocol_fees0: "0",
    protocol_fees1: "1730828080043",
  });
  const events = byPlace(rows.liquidity_event);
  expect(events).toMatchObject([
    {
      ...at(101, 2),
      kind: "DEPOSIT",
      ...flow("1000000000000000000", "2995354955910781", "2995354955910781"),
    },
    {
      ...at(102, 0),
      kind: "DEPOSIT",
      ...flow("500000000000000000", "14776505439568585", "14776505439568585"),
    },
    { ...at(109, 0), kind: "TRANSFER", ...flow("0", "0", "0"), from: ALICE, to: BOB },
    {
      ...at(110, 0),
      kind: "WITHDRAW",
      ...flow("-400000000000000000", "1599085451458442", "797599999999999"),
    },
    {
      ...at(111, 1),
      kind: "COLLECT",
      ...flow("0", "0", "0"),
      ...paid("1608125634194877", "802599999999998"),
    },
    {
      ...at(112, 0),
      kind: "WITHDRAW",
      ...flow("-600000000000000000", "2398628177187663", "1196399999999999"),
    },
    { ...at(114, 1), kind: "DEPOSIT", ...flow("100000000000000000", "399771362864611", "199400000000000") },
    { ...at(115, 0), kind: "WITHDRAW", ...flow("-100000000000000000", "399771362864610", "199399999999999") },
    {
      ...at(116, 0),
      kind: "COLLECT",
      ...flow("0", "0", "0"),
      ...paid("2798399540052272", "1395799999999998"),
    },
    { ...at(117, 0), kind: "TRANSFER", ...flow("0", "0", "0"), from: BOB, to: ZERO },
  ]);
  const nft = events.filter(({ block_number }) => block_number !== "102");
  for (const event of nft) expect(event.position_id).toBe(`${MANAGER}:7`);

  expect(rows.position?.find(({ position_id }) => position_id === `${MANAGER}:7`)).toMatchObject({
    protocol: "UNISWAP_V3",
    pool_id: POOL,
    owner: BOB,
    manager: MANAGER,
    token_id: "7",
    tick_lower: "-60",
    tick_upper: "60",
    opened_block: "101",
    opened_timestamp: "1700000012",
    closed_block: "115",
    closed_timestamp: "1700000180",
    liquidity: "0",
    hold0: "0",
    hold1: "0",
    entry_value1: "0",
    deposited0: "3395126318775392",
    deposited1: "3194754955910781",
    deposited_value0: "6590281215666607",
    deposited_value1: "6589081049470743",
    withdrawn0: "4397484991510715",
    withdrawn1: "2193399999999997",
    withdrawn_value0: "6595284342295494",
    withdrawn_value1: "6582082514140987",
    released0: "3395126318775392",
    released1: "3194754955910781",
    realized_il0: "-1004722908811",
    realized_il1: "-1002711747730",
    tokens_owed0: "0",
    tokens_owed1: "0",
    fees_accrued0: "9040182736435",
    fees_accrued1: "4999999999999",
    collected0: "4406525174247149",
    collected1: "2198399999999996",
    debited0: "4406525174247150",
    debited1: "2198399999999996",
    fees_collected0_value1: "9022086937561",
    fees_collected1_value0: "5010028610340",
    // From 101 to 112 and from 114 to 115, out of range after the swaps of 103, 104 and 107.
    seconds_open: "144",
    seconds_in_range: "96",
    liquidity_double: "0",
    realized_il1_double: "-1002711747730",
    sqrt_price_lower_double: expect.stringMatching(/^0\.99700/),
    sqrt_price_upper_double: expect.stringMatching(/^1\.00300/),
  });
  const snapshots = [...(rows.position_snapshot ?? [])]
    .filter(({ position_id }) => position_id === `${MANAGER}:7`)
    .sort((a, b) => Number(a.block_number) - Number(b.block_number));
  expect(snapshots).toMatchObject([
    { block_number: "101", owner: ALICE, liquidity: "1000000000000000000", entry_value1: "2995354955910781" },
    { block_number: "109", owner: BOB, liquidity: "1000000000000000000", hold0: "2995354955910781" },
    { block_number: "110", liquidity: "600000000000000000", hold0: "1797212973546469", closed_block: null },
    { block_number: "111", tokens_owed0: "0", fees_accrued0: "9040182736435" },
    { block_number: "112", liquidity: "0", closed_block: "112", tokens_owed0: "2398628177187663" },
    {
      block_number: "114",
      liquidity: "100000000000000000",
      entry_value1: "398971137649181",
      closed_block: null,
    },
    { block_number: "115", liquidity: "0", closed_block: "115" },
    { block_number: "116", tokens_owed0: "0", tokens_owed1: "0" },
  ]);
  const owners = [...(rows.ownership ?? [])]
    .filter(({ position_id }) => position_id === `${MANAGER}:7`)
    .sort((a, b) => Number(a.number) - Number(b.number));
  expect(owners).toMatchObject([
    {
      ...{ number: "0", owner: ALICE, from_block: "101", to_block: "109", liquidity: "0" },
      ...{ deposited0: "2995354955910781", deposited1: "2995354955910781" },
      // Handed over at the price of S5: principal rounded down, fees as if they were collected.
      ...{
        withdrawn0: "3997713628646105",
        withdrawn1: "1993999999999999",
        withdrawn_value1: "5983711376491809",
      },
      ...{ realized_il0: "-1004722908809", realized_il1: "-1002711747728" },
      ...{ fees_before0: "0", fees_before1: "0", fees_after0: "9040182736435", fees_after1: "4999999999999" },
      ...{ fees_collected_value0: "14050211346775", fees_collected_value1: "14022086937560" },
      ...{ receivable0: "0", seconds_open: "96", capital_seconds1: "575108151534869952" },
    },
    {
      ...{ number: "1", owner: BOB, from_block: "109", to_block: "117", liquidity: "0" },
      // Of the hand-over, rounded up, and the deposit of 114.
      ...{ deposited0: "4397484991510717", deposited1: "2193400000000000" },
      ...{ fees_before0: "9040182736435", fees_before1: "4999999999999" },
      ...{ fees_after0: "9040182736434", fees_after1: "4999999999999" },
      ...{ received_value0: "14050211346775", received_value1: "14022086937560" },
      ...{ recovered_value0: "14050211346775", recovered_value1: "14022086937560" },
      // The unit of token0 that the pool paid less than its manager took off, and what is left of that in token1.
      ...{ receivable0: "0", receivable1: "0", fees_collected_value0: "-1", fees_collected_value1: "0" },
    },
  ]);
});

/** `lost`: the log's block and index. */
const LOSSES = {
  transfer: { lost: [101, 1], reason: "NFT 7 of" },
  increase: { lost: [101, 2], reason: "the position manager's log after the last Mint" },
  swap: { lost: [104, 0], reason: "a swap does not fit its pool" },
  burn: { lost: [110, 0], reason: "the position manager names an NFT for a log that its pool did not send" },
} as const;

test("without a swap the pool is quarantined, in the log, in status and in /metrics, and the indexer goes on", async () => {
  const { lost, reason } = LOSSES.swap;
  // Deep enough to be read as history: what comes live Ponder checks against the bloom of its block.
  const head = 160;
  const dropLog = (log: Place) => log.blockNumber === lost[0] && log.logIndex === lost[1];
  const app = await index({ head, dropLog });
  await app.untilIndexed("anvil", head);
  const { pool, status } = await app.query<{
    pool: object;
    status: { quarantines: { reason: string }[] }[];
  }>(
    `{ pool(chainId: 31337, poolId: "${POOL}") { exact caveats tick feeGrowthGlobal0X128 protocolFees { amount0 } }
       status { quarantinedPools quarantines { poolId reason } } }`,
  );
  expect(pool).toEqual({
    exact: false,
    caveats: ["QUARANTINED", "DECIMALS_UNKNOWN"],
    tick: -21,
    feeGrowthGlobal0X128: null,
    protocolFees: null,
  });
  expect(status).toMatchObject([{ quarantinedPools: 1, quarantines: [{ poolId: POOL }] }]);
  expect(status[0]?.quarantines[0]?.reason).toContain(reason);
  expect(await app.log()).toContain(`Quarantined pool ${POOL}`);
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toMatch(/ballast_quarantined_pools_total\{chain="anvil",pool="0x0+aa",reason=".+"\} 1/);
});

test.each([
  ["the NFT's first Transfer", LOSSES.transfer],
  ["IncreaseLiquidity", LOSSES.increase],
  ["a swap", LOSSES.swap],
  ["the pool's Burn", LOSSES.burn],
])("without %s the pool is quarantined for what is missing, and its price goes on", async (_, loss) => {
  const [block, index] = loss.lost;
  const created = { token0: TOKEN0, token1: TOKEN1, fee: 3000, tickSpacing: 60, pool: POOL };
  const creation = { ...encodeLog(POOL_CREATED, created), address: FACTORY, blockNumber: 99, logIndex: 0 };
  const left = placedLogs().filter(
    ({ blockNumber, logIndex }) => blockNumber !== block || logIndex !== index,
  );
  const logs = [{ ...creation, timestamp: 1_699_999_988 }, ...left].map((log) => ({
    ...log,
    transactionHash: `0x${log.blockNumber.toString(16).padStart(64, "0")}` as const,
  }));
  const deployed = { factory: FACTORY, positionManager: MANAGER };
  const rows = await (await loadHandlers(deployed))(decodeLogs(logs, deployed));
  expect([...(rows.get("quarantine")?.values() ?? [])]).toMatchObject([
    { poolId: POOL, reason: expect.stringContaining(loss.reason) },
  ]);
  expect([...(rows.get("pool")?.values() ?? [])]).toMatchObject([{ tick: -21 }]);
});

type Place = { blockNumber: number; logIndex: number };

function placedLogs() {
  return HISTORY.flatMap((block, i) =>
    block.map((log, logIndex) => ({
      ...log,
      blockNumber: 100 + i,
      transactionIndex: 0,
      logIndex,
      timestamp: 1_700_000_000 + 12 * i,
    })),
  );
}

async function index(options: { head?: number; dropLog?: (log: Place) => boolean } = {}): Promise<App> {
  const rpc = await startReplayRpc({
    chainId: 31337,
    logs: placedLogs(),
    calls: [
      read(POOL, "factory()", "address", FACTORY),
      read(POOL, "token0()", "address", TOKEN0),
      read(POOL, "token1()", "address", TOKEN1),
      read(POOL, "fee()", "uint24", 3000),
      read(POOL, "tickSpacing()", "int24", 60),
    ],
    ...options,
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
    Object.entries(rows).map(([table, texts]) => [
      table,
      texts.map((text) => JSON.parse(quoteNumbers(text)) as Row),
    ]),
  );
}

function byPlace(rows: Row[] = []): Row[] {
  const place = ({ block_number, log_index }: Row) => Number(block_number) * 100 + Number(log_index);
  return [...rows].sort((a, b) => place(a) - place(b));
}

/** As they stand: JSON would round what is over 2^53. */
function quoteNumbers(json: string): string {
  return json.replace(/":(-?[\d.eE+-]+)([,}])/g, '":"$1"$2');
}

const at = (block_number: number, log_index: number) => ({
  block_number: String(block_number),
  log_index: String(log_index),
});
const flow = (liquidity_delta: string, amount0: string, amount1: string) => ({
  liquidity_delta,
  amount0,
  amount1,
});
const paid = (paid_out0: string, paid_out1: string) => ({ paid_out0, paid_out1 });

function read(to: Hex, signature: string, type: string, value: unknown) {
  return { to, data: toFunctionSelector(signature), result: encodeAbiParameters([{ type }], [value]) };
}
