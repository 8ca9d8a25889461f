/** Where the pool manager keeps what it knows, by the layout of v4-core's StateLibrary. */
import { type Address, concat, encodePacked, type Hex, keccak256, numberToHex, parseAbi } from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";

const managerAbi = parseAbi([
  "function extsload(bytes32 startSlot, uint256 nSlots) view returns (bytes32[])",
  "function protocolFeesAccrued(address currency) view returns (uint256)",
]);
const POOLS = 6n;
const [TICKS, POSITIONS] = [4n, 6n];

export type PoolTruth = {
  poolId: Hex;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  feeGrowthGlobal0X128: bigint;
  feeGrowthGlobal1X128: bigint;
  feeProtocol0: number;
  feeProtocol1: number;
  /** Of the pool's slot; an overriding hook is not in it. */
  lpFee: number;
};
export type TickTruth = { gross: bigint; net: bigint; outside0: bigint; outside1: bigint };
export type PositionTruth = { liquidity: bigint; inside0: bigint; inside1: bigint };
export type PositionKey = { poolId: Hex; owner: Address; tickLower: number; tickUpper: number; salt: Hex };

export async function readPool(client: ChainClient, manager: Address, poolId: Hex): Promise<PoolTruth> {
  const [slot0, growth0, growth1, liquidity] = await words(client, manager, poolSlot(poolId), 4);
  return {
    poolId,
    sqrtPriceX96: slot0 & (2n ** 160n - 1n),
    tick: Number(BigInt.asIntN(24, slot0 >> 160n)),
    liquidity: liquidity & (2n ** 128n - 1n),
    feeGrowthGlobal0X128: growth0,
    feeGrowthGlobal1X128: growth1,
    feeProtocol0: Number((slot0 >> 184n) & 0xfffn),
    feeProtocol1: Number((slot0 >> 196n) & 0xfffn),
    lpFee: Number((slot0 >> 208n) & 0xffffffn),
  };
}

export async function readTick(
  client: ChainClient,
  manager: Address,
  poolId: Hex,
  tick: number,
): Promise<TickTruth> {
  const key = numberToHex(BigInt.asUintN(256, BigInt(tick)), { size: 32 });
  const slot = keccak256(concat([key, offset(poolSlot(poolId), TICKS)]));
  const [liquidity, outside0, outside1] = await words(client, manager, slot, 3);
  return {
    gross: liquidity & (2n ** 128n - 1n),
    net: BigInt.asIntN(128, liquidity >> 128n),
    outside0,
    outside1,
  };
}

export async function readPosition(
  client: ChainClient,
  manager: Address,
  { poolId, owner, tickLower, tickUpper, salt }: PositionKey,
): Promise<PositionTruth> {
  const key = keccak256(
    encodePacked(["address", "int24", "int24", "bytes32"], [owner, tickLower, tickUpper, salt]),
  );
  const slot = keccak256(concat([key, offset(poolSlot(poolId), POSITIONS)]));
  const [liquidity, inside0, inside1] = await words(client, manager, slot, 3);
  return { liquidity, inside0, inside1 };
}

export function readProtocolFees(client: ChainClient, manager: Address, currency: Address): Promise<bigint> {
  const read = { address: manager, abi: managerAbi, functionName: "protocolFeesAccrued" } as const;
  return client.readContract({ ...read, args: [currency] });
}

function poolSlot(poolId: Hex): Hex {
  return keccak256(concat([poolId, numberToHex(POOLS, { size: 32 })]));
}

function offset(slot: Hex, by: bigint): Hex {
  return numberToHex(BigInt(slot) + by, { size: 32 });
}

type Words = [bigint, bigint, bigint, bigint];

async function words(client: ChainClient, manager: Address, slot: Hex, count: number): Promise<Words> {
  const read = { address: manager, abi: managerAbi, functionName: "extsload" } as const;
  const found = await client.readContract({ ...read, args: [slot, BigInt(count)] });
  const [a = 0n, b = 0n, c = 0n, d = 0n] = found.map((word) => BigInt(word));
  return [a, b, c, d];
}
