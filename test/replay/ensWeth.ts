import { readFileSync } from "node:fs";
import { type AbiEvent, encodeAbiParameters, type Hex, parseAbiItem, toFunctionSelector } from "viem";
import type { RecordedCall } from "./answerCall.ts";
import { encodeLog } from "./encodeLog.ts";
import type { ReplayLog } from "./replayChain.ts";

const FIXTURE = new URL("../fixtures/ens-weth-3000/", import.meta.url);

export const ENS_WETH = {
  pool: "0x92560C178cE069CC014138eD3C2F5221Ba71f58a",
  factory: "0x1F98431c8aD98523631AE4a59f267346ea31F984",
  weth: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
  ens: "0xC18360217D8F7Ab5e7c516566761Ea12Ce7F9D72",
  firstBlock: 13578816,
  lastBlock: 13578999,
} as const;

export const POOL_EVENTS = {
  Initialize: parseAbiItem("event Initialize(uint160 sqrtPriceX96, int24 tick)"),
  Mint: parseAbiItem(
    "event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  ),
  Burn: parseAbiItem(
    "event Burn(address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  ),
  Swap: parseAbiItem(
    "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
  ),
} as const;

/** Every log of the fixture's pool, Initialize first (its log index is made up: 12, before the Mint at 16). */
export function loadEnsWethLogs(): ReplayLog[] {
  const initialize = poolLog(POOL_EVENTS.Initialize, {
    block_number: "13578816",
    transaction_index: "10",
    log_index: "12",
    date: "2021-11-08 23:54:33",
    sqrtPriceX96: "2505290050365003892876723467",
    tick: "-69082",
  });
  const liquidity = readRows("liquidity.csv").map((row) =>
    poolLog(row.type === "1" ? POOL_EVENTS.Mint : POOL_EVENTS.Burn, {
      ...row,
      sender: row.msg_sender,
      owner: row.type === "1" ? row.recipient : row.msg_sender,
      tickLower: row.tick_lower,
      tickUpper: row.tick_upper,
      amount: row.liquidity,
    }),
  );
  const swaps = readRows("swaps.csv").map((row) =>
    poolLog(POOL_EVENTS.Swap, { ...row, sender: row.msg_sender, sqrtPriceX96: row.sqrt_price_x96 }),
  );
  return [initialize, ...liquidity, ...swaps];
}

/** The reads that the pool and its tokens answer: immutables, name, symbol, decimals. */
export function ensWethCalls(): RecordedCall[] {
  const { pool, factory, weth, ens } = ENS_WETH;
  return [
    read(pool, "factory()", "address", factory),
    read(pool, "token0()", "address", weth),
    read(pool, "token1()", "address", ens),
    read(pool, "fee()", "uint24", 3000),
    read(pool, "tickSpacing()", "int24", 60),
    read(weth, "name()", "string", "Wrapped Ether"),
    read(weth, "symbol()", "string", "WETH"),
    read(weth, "decimals()", "uint8", 18),
    read(ens, "name()", "string", "Ethereum Name Service"),
    read(ens, "symbol()", "string", "ENS"),
    read(ens, "decimals()", "uint8", 18),
  ];
}

function read(to: Hex, signature: string, type: string, value: unknown): RecordedCall {
  return { to, data: toFunctionSelector(signature), result: encodeAbiParameters([{ type }], [value]) };
}

type Row = Readonly<Record<string, string | undefined>>;

function poolLog(event: AbiEvent, row: Row): ReplayLog {
  const args = event.inputs.map(({ name = "", type }) => {
    const text = row[name] ?? "";
    if (type === "address") return [name, text];
    return [name, type === "int24" ? Number(text) : BigInt(text)];
  });
  return {
    blockNumber: Number(row.block_number),
    timestamp: Date.parse(`${row.date?.replace(" ", "T")}Z`) / 1000,
    transactionIndex: Number(row.transaction_index),
    logIndex: Number(row.log_index),
    address: ENS_WETH.pool,
    ...encodeLog(event, Object.fromEntries(args)),
  };
}

function readRows(file: string): Row[] {
  const [header = "", ...lines] = readFileSync(new URL(file, FIXTURE), "utf8").trim().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}
