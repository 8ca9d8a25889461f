import type { Hono } from "hono";
import { type Address, encodePacked, keccak256, parseAbi } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { createPool, deployToken, deployUniswapV3, fund, sortTokens } from "../../demo/chain/deploy.ts";
import { burnDirect, mintDirect, swap } from "../../demo/chain/poolCalls.ts";
import { seededRandomness } from "../../demo/chain/randomness.ts";
import { readPoolState } from "../../demo/chain/readPoolState.ts";
import { type Call, sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { ask, createTestApi } from "../api/client.ts";
import type { TestDatabase } from "../api/database.ts";
import { databaseOf } from "../api/indexedWorld.ts";
import { decodeLogs, loadHandlers } from "../inMemory/indexLogs.ts";
import { readLogs } from "../inMemory/readLogs.ts";

const abi = parseAbi([
  "function positions(bytes32 key) view returns (uint128 liquidity, uint256 feeGrowthInside0LastX128, uint256 feeGrowthInside1LastX128, uint128 tokensOwed0, uint128 tokensOwed1)",
  "event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
]);
const E18 = 10n ** 18n;
const RANGE = { tickLower: -120, tickUpper: 180 };
/** In range of all prices that RANGE has: the wide and the middle position. */
const OTHERS = 7_000n * E18;
const BLOCKS = 24;

/** Twins: each has the same others and goes the same way, by the limits of its swaps; what stands beside the others. */
const TWINS = { none: 0n, small: 4n * 10n ** 14n, large: 3_000n * E18 };
type Twin = keyof typeof TWINS;
type Stay = { from: number; to: number; owner: Address };

let anvil: Anvil;
let client: ChainClient;
let db: TestDatabase;
let app: Hono;
let pools: Record<Twin, Address>;
let stay: Stay;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  const at = await deployUniswapV3(client);
  const [maker, lp, trader] = at.accounts;
  if (!maker || !lp || !trader) throw new Error("Anvil has too few accounts");
  const made = async () => {
    const named = { name: "Test", symbol: "TST", decimals: 18 };
    const token = () => deployToken(client, at.deployer, named);
    const [token0, token1] = sortTokens(await token(), await token());
    await fund(client, at, [token0, token1], [maker, lp, trader]);
    return (
      await createPool(client, at, { token0, token1, fee: 3000, tickSpacing: 60, sqrtPriceX96: 2n ** 96n })
    ).pool;
  };
  pools = { none: await made(), small: await made(), large: await made() };
  const all = Object.values(pools);
  const { caller } = at;
  const mine = (calls: readonly Call[]) => mineAfterMinute(calls);
  const others = { caller, from: maker, owner: maker };
  await mine([
    ...all.map((pool) =>
      mintDirect({ ...others, pool, tickLower: -60_000, tickUpper: 60_000, liquidity: 2_000n * E18 }),
    ),
    ...all.map((pool) =>
      mintDirect({ ...others, pool, tickLower: -600, tickUpper: 600, liquidity: 5_000n * E18 }),
    ),
  ]);
  const random = seededRandomness(5);
  const goOn = async (blocks: number) => {
    for (let i = 0; i < blocks; i++) {
      const { sqrtPriceX96 } = await readPoolState(client, pools.none);
      // Over both ends of the range, and now and then little further than before.
      const limit = (2n ** 96n * BigInt(random.whole(9_800, 10_200))) / 10_000n;
      const order = { caller, from: trader, zeroForOne: limit < sqrtPriceX96, amount: 10n ** 30n, limit };
      await mine(all.map((pool) => swap({ ...order, pool })));
    }
  };
  await goOn(6);
  const own = { ...RANGE, owner: lp };
  const occupied = (["small", "large"] as const).map((twin) => ({
    pool: pools[twin],
    liquidity: TWINS[twin],
  }));
  const opened = await mine(
    occupied.map((position) => mintDirect({ caller, from: lp, ...own, ...position })),
  );
  await goOn(BLOCKS);
  // A poke: the contract counts the fees.
  const poked = await mine(
    occupied.map(({ pool }) => burnDirect({ from: lp, pool, ...RANGE, liquidity: 0n })),
  );
  await goOn(2);
  stay = { from: opened, to: poked, owner: lp };
  const { factory, positionManager } = at;
  const logs = decodeLogs(await readLogs(client, [factory, positionManager, ...all]), {
    factory,
    positionManager,
  });
  db = await databaseOf(await (await loadHandlers({ factory, positionManager }))(logs));
  const chains = [{ id: 31337, name: "anvil", quoteToken: null, quoteMinDepth: 1 }];
  app = createTestApi(db.database, { chains });
});

afterAll(async () => {
  await db?.close();
  await anvil?.stop();
});

/** Answers the block's timestamp. */
async function mineAfterMinute(calls: readonly Call[]): Promise<number> {
  const { timestamp } = await client.getBlock();
  await client.setNextBlockTimestamp({ timestamp: timestamp + 60n });
  await sendInOneBlock(client, [...calls]);
  return Number(timestamp) + 60;
}

/** What the contract took in for the position, and what it owed to it when it was poked. */
async function onChain(twin: "small" | "large") {
  const { tickLower, tickUpper } = RANGE;
  const packed = encodePacked(["address", "int24", "int24"], [stay.owner, tickLower, tickUpper]);
  const address = pools[twin];
  const [, , , fees0, fees1] = await client.readContract({
    ...{ address, abi, functionName: "positions", args: [keccak256(packed)] },
  });
  const args = { owner: stay.owner };
  const [mint] = await client.getContractEvents({ address, abi, eventName: "Mint", args, fromBlock: 0n });
  if (mint?.args.amount0 === undefined || mint.args.amount1 === undefined) throw new Error("it has no Mint");
  return { fees0, fees1, amount0: mint.args.amount0, amount1: mint.args.amount1 };
}

type Amounts = { amount0: bigint; amount1: bigint };

async function backtest(twin: Twin, { amount0, amount1 }: Amounts) {
  const { from, to } = stay;
  const { tickLower, tickUpper } = RANGE;
  const { data, errors } = await ask(
    app,
    `{backtest(chainId: 31337, poolId: "${pools[twin]}", tickLower: ${tickLower}, tickUpper: ${tickUpper}, amount0: "${amount0}", amount1: "${amount1}", from: ${from}, to: ${to}) {
      liquidity fees {amount0 amount1} timeInRange impermanentLoss {unrealizedRaw1 hold {amount0 amount1}} adverseSelection {lvr}}}`,
  );
  expect(errors).toEqual([]);
  const { liquidity, fees } = data.backtest;
  return {
    ...data.backtest,
    liquidity: BigInt(liquidity),
    fees0: BigInt(fees.amount0),
    fees1: BigInt(fees.amount1),
  };
}

/** The real position as it stood before the block of the poke. */
async function served(twin: Twin) {
  const id = `31337:${pools[twin].toLowerCase()}:${stay.owner.toLowerCase()}:${RANGE.tickLower}:${RANGE.tickUpper}`;
  const { data, errors } = await ask(
    app,
    `{position(id: "${id}", asOf: {timestamp: ${stay.to - 1}}) {timeInRange impermanentLoss {unrealizedRaw1 hold {amount0 amount1}} adverseSelection(window: ALL) {lvr}}}`,
  );
  expect(errors).toEqual([]);
  return data.position;
}

function near(found: bigint, expected: bigint, slack: bigint): void {
  const difference = found > expected ? found - expected : expected - found;
  expect(difference <= slack, `${found} for ${expected}, not within ${slack}`).toBe(true);
}

test("a small position that was there earned what its backtest says, and nothing else of it differs", async () => {
  const real = await onChain("small");
  const found = await backtest("small", real);
  near(found.liquidity, TWINS.small, 1_000n);
  expect(real.fees0).toBeGreaterThan(10n ** 9n);
  expect(real.fees1).toBeGreaterThan(10n ** 9n);
  // Once more among 17 million times its liquidity, and a unit a step.
  near(found.fees0, real.fees0, real.fees0 / 10n ** 7n + 100n);
  near(found.fees1, real.fees1, real.fees1 / 10n ** 7n + 100n);
  const { timeInRange, impermanentLoss, adverseSelection } = await served("small");
  expect(found.timeInRange).toBe(timeInRange);
  expect(timeInRange).toBeGreaterThan(0.2);
  expect(timeInRange).toBeLessThan(0.8);
  expect(found.impermanentLoss.hold).toEqual(impermanentLoss.hold);
  near(BigInt(found.impermanentLoss.unrealizedRaw1), BigInt(impermanentLoss.unrealizedRaw1), 10n);
  expect(found.adverseSelection.lvr).toBeCloseTo(adverseSelection.lvr, 15);
});

test("a large one that was not there would have diluted the others: l / (L + l) of the fees for which it stood aside", async () => {
  const real = await onChain("large");
  const found = await backtest("none", real);
  near(found.liquidity, TWINS.large, 10n ** 7n);
  // In its twin swaps of the same way paid L + l where they paid L here, and a unit of liquidity earned the same.
  const l = TWINS.large;
  const steps = 100n;
  near(found.fees0 * (OTHERS + l), real.fees0 * OTHERS, (OTHERS + l) * steps);
  near(found.fees1 * (OTHERS + l), real.fees1 * OTHERS, (OTHERS + l) * steps);
  expect(real.fees0).toBeGreaterThan(10n ** 16n);
});
