import { type ContractEventName, type DecodeEventLogReturnType, decodeEventLog, type Hex } from "viem";
import { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { loadRecordedLogs } from "./recordedLogs.ts";
import type { ReplayLog } from "./replayChain.ts";

const FIXTURE = new URL("../fixtures/mainnet-2024-01-05/", import.meta.url);

export const USDC_WETH_500 = {
  file: "usdc-weth-500",
  address: "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640",
  fee: 500,
  tickSpacing: 10,
} as const;

export const USDC_WETH_3000 = {
  file: "usdc-weth-3000",
  address: "0x8ad599c3a0ff1de082011efddc58f1908eb6e6d8",
  fee: 3000,
  tickSpacing: 60,
} as const;

export const POSITION_MANAGER = "0xC36442b4a4522E871399CD717aBDD847Ab11FE88";

type Decoded<abi extends readonly unknown[]> = abi extends typeof uniswapV3PoolAbi
  ? DecodeEventLogReturnType<typeof uniswapV3PoolAbi, ContractEventName<typeof uniswapV3PoolAbi>>
  : DecodeEventLogReturnType<
      typeof nonfungiblePositionManagerAbi,
      ContractEventName<typeof nonfungiblePositionManagerAbi>
    >;
export type PoolLog = ReplayLog & { event: Decoded<typeof uniswapV3PoolAbi> };
export type ManagerLog = ReplayLog & { event: Decoded<typeof nonfungiblePositionManagerAbi> };

/** Every log of the day of a pool, in order. */
export function poolLogsOfDay(pool: { file: string; address: Hex }): PoolLog[] {
  return logsOf(pool.file, pool.address).map((log) => {
    return { ...log, event: decodeEventLog({ abi: uniswapV3PoolAbi, ...signed(log) }) };
  });
}

/** Every IncreaseLiquidity, DecreaseLiquidity and Collect of the day of the position manager, in order. */
export function managerLogsOfDay(): ManagerLog[] {
  return logsOf("position-manager", POSITION_MANAGER).map((log) => {
    return { ...log, event: decodeEventLog({ abi: nonfungiblePositionManagerAbi, ...signed(log) }) };
  });
}

function logsOf(file: string, address: Hex): ReplayLog[] {
  const logs = loadRecordedLogs(new URL(`${file}.logs.csv.gz`, FIXTURE), address);
  return logs.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}

function signed({ topics: [signature, ...indexed], data }: ReplayLog): {
  topics: [Hex, ...Hex[]];
  data: Hex;
} {
  if (signature === undefined)
    throw new Error("A log without topics is none of these contracts': check the file");
  return { topics: [signature, ...indexed], data };
}
