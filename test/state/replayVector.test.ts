import { expect, test } from "vitest";
import { growthInside } from "../../src/state/growthInside.ts";
import { type LoggedSwap, replaySwap } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { clearedTick } from "../../src/state/tick.ts";
import { poolOfPositions, ticksBetween } from "./poolOfPositions.ts";

const ONE = 79228162514264337593543950336n;
const E18 = 10n ** 18n;
const RULE = swapRuleOf("UNISWAP_V3");

/** From the published v3 bytecode: two positions, five swaps, a protocol fee set after the second. */
const SWAPS: readonly [
  amount0: bigint,
  amount1: bigint,
  sqrtPriceX96: bigint,
  liquidity: bigint,
  tick: number,
][] = [
  [10000000000000000n, -9865293770384354n, 78139577256552007988194929836n, E18 / 2n, -277],
  [-5000000000000000n, 4926770456279713n, 78917913163490934909760147909n, E18 / 2n, -79],
  [-463468905887109n, 461656160087574n, 78990846045029531151608375686n, (E18 * 3n) / 2n, -60],
  [1n, 0n, 78990846045029531151608375686n, E18 / 2n, -61],
  [-3002993085009901n, 3000000000000000n, 79148827001082974240769902322n, (E18 * 3n) / 2n, -21],
];

/** fg0, fg1, pf0, pf1 after each. */
const AFTER: readonly (readonly bigint[])[] = [
  [14264512457352945109763889445166677n, 0n, 0n, 0n],
  [14264512457352945109763889445166677n, 10058958672834662233939513342351071n, 0n, 0n],
  [14264512457352945109763889445166677n, 10844425927126543848578735375817243n, 0n, 230828080043n],
  [14264512457353625674497731322093603n, 10844425927126543848578735375817243n, 0n, 230828080043n],
  [14264512457353625674497731322093603n, 12545837761731236165895608412976084n, 0n, 1730828080043n],
];

test("zero-length first step, exact output, limit on a tick, dust across a tick: as the bytecode has it", () => {
  const world = replayAll();
  expect(world.states).toEqual(AFTER);
});

test("what the two positions may collect after it is what the bytecode owes them", () => {
  const { pool, ticks } = replayAll();
  const global = { ...pool, seconds: 0, lvrGrowthGlobalX128: 0n, lvrTick: 0 };
  const owed = (tickLower: number, tickUpper: number, liquidity: bigint) => {
    const lower = ticks.get(tickLower) ?? clearedTick;
    const upper = ticks.get(tickUpper) ?? clearedTick;
    const inside = growthInside(lower, upper, { tickLower, tickUpper }, global);
    return [inside.feeGrowthInside0X128, inside.feeGrowthInside1X128].map(
      (growth) => (growth * liquidity) >> 128n,
    );
  };
  expect(owed(-60, 60, E18)).toEqual([9040182736435n, 4999999999999n]);
  expect(owed(-600, 600, E18 / 2n)).toEqual([20959817263566n, 18434451769059n]);
});

test("the fees of a swap, to the LPs and to the protocol, are the input that did not move the price", () => {
  const { fees } = replayAll();
  // 3000 pips of 3e15 are 9e12 and the protocol takes a sixth; 1 unit in does nothing but pay.
  expect(fees[4]).toEqual({ feeLp: 7500000000000n, feeProtocol: 1500000000000n, zeroForOne: false });
  expect(fees[3]).toEqual({ feeLp: 1n, feeProtocol: 0n, zeroForOne: true });
});

function replayAll() {
  const positions = [
    { tickLower: -60, tickUpper: 60, liquidity: E18 },
    { tickLower: -600, tickUpper: 600, liquidity: E18 / 2n },
  ];
  const world = poolOfPositions({ tickSpacing: 60, sqrtPriceX96: ONE }, positions);
  const { ticks } = world;
  let { pool } = world;
  const states: bigint[][] = [];
  const fees: { feeLp: bigint; feeProtocol: bigint; zeroForOne: boolean }[] = [];
  for (const [index, [amount0, amount1, sqrtPriceX96, liquidity, tick]] of SWAPS.entries()) {
    if (index === 2) pool = { ...pool, feeProtocol0: 4, feeProtocol1: 6 };
    const swap: LoggedSwap = { fee: 3000, pluginFee: 0, amount0, amount1, sqrtPriceX96, liquidity, tick };
    const { crossed, ...after } = replaySwap(RULE, pool, ticksBetween(ticks, pool.tick, tick), swap, 0);
    for (const state of crossed) ticks.set(state.tick, state);
    const { feeGrowthGlobal0X128, feeGrowthGlobal1X128, protocolFees0, protocolFees1 } = after;
    states.push([feeGrowthGlobal0X128, feeGrowthGlobal1X128, protocolFees0, protocolFees1]);
    fees.push({ feeLp: after.feeLp, feeProtocol: after.feeProtocol, zeroForOne: after.zeroForOne });
    pool = { ...pool, feeGrowthGlobal0X128, feeGrowthGlobal1X128, protocolFees0, protocolFees1 };
    pool = { ...pool, sqrtPriceX96, tick, liquidity };
  }
  return { pool, ticks, states, fees };
}
