import { type Address, parseAbi, parseEventLogs } from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";

const events = parseAbi([
  "event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  "event Burn(address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
  "event Flash(address indexed sender, address indexed recipient, uint256 amount0, uint256 amount1, uint256 paid0, uint256 paid1)",
  "event SetFeeProtocol(uint8 feeProtocol0Old, uint8 feeProtocol1Old, uint8 feeProtocol0New, uint8 feeProtocol1New)",
]);

/** What happened in a pool, and how many units of each token its contract may have kept by rounding meanwhile. */
export type Roundings = {
  swaps: number;
  /** Swaps with both amounts 0, through ticks without liquidity alone. */
  emptySwaps: number;
  /** Most steps that the swaps can have had. */
  steps: number;
  touches: number;
  flashes: number;
  protocolFeeChanges: number;
  most0: bigint;
  most1: bigint;
};

/**
 * Counts from a pool's logs. Each touch rounds up what it takes or down what it gives, and the position's fee down:
 * under two units of a token. So does each step of a swap: what it takes is rounded up, what it gives down, and the
 * growth of fees down. An exact output is paid as asked though the price, in whole units of its square root, may
 * have moved for more: under the worth of one unit of that root.
 */
export async function countRoundings(
  client: ChainClient,
  { pool, tickSpacing, centreTick }: { pool: Address; tickSpacing: number; centreTick: number },
): Promise<Roundings> {
  const logs = await client.getLogs({ address: pool, fromBlock: 0n, toBlock: "latest" });
  const counted: Roundings = {
    swaps: 0,
    emptySwaps: 0,
    steps: 0,
    touches: 0,
    flashes: 0,
    protocolFeeChanges: 0,
    most0: 0n,
    most1: 0n,
  };
  const bounds = new Set<number>();
  let [tick, liquidity] = [centreTick, 0n];
  for (const { eventName, args } of parseEventLogs({ abi: events, logs })) {
    if (eventName === "Mint" || eventName === "Burn") {
      counted.touches++;
      bounds.add(args.tickLower).add(args.tickUpper);
      if (args.amount > liquidity) liquidity = args.amount;
    } else if (eventName === "Flash") counted.flashes++;
    else if (eventName === "SetFeeProtocol") counted.protocolFeeChanges++;
    else {
      counted.swaps++;
      if (args.amount0 === 0n && args.amount1 === 0n) counted.emptySwaps++;
      counted.steps += mostSteps(tick, args.tick, tickSpacing, bounds);
      if (args.liquidity > liquidity) liquidity = args.liquidity;
      if (args.amount0 < 0n) counted.most0 += (liquidity << 96n) / args.sqrtPriceX96 ** 2n;
      if (args.amount1 < 0n) counted.most1 += liquidity >> 96n;
      tick = args.tick;
    }
  }
  const most = 2n * BigInt(counted.touches + counted.steps + counted.flashes);
  return { ...counted, most0: counted.most0 + most, most1: counted.most1 + most };
}

/** One for each end of a word and each tick of a position on the way, one each at the start, the end and for dust. */
function mostSteps(from: number, to: number, spacing: number, bounds: ReadonlySet<number>): number {
  const word = (tick: number) => Math.floor(tick / spacing) >> 8;
  const [low, high] = from < to ? [from, to] : [to, from];
  let crossed = 0;
  for (const bound of bounds) if (bound > low && bound <= high) crossed++;
  return Math.abs(word(to) - word(from)) + crossed + 3;
}
