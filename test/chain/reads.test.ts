import { type Address, decodeFunctionResult, encodeFunctionData, parseAbiItem } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { poolAbi, positionManagerAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "../../demo/chain/deploy.ts";
import { decreaseNft, increaseNft, mintNft } from "../../demo/chain/managerCalls.ts";
import { swap } from "../../demo/chain/poolCalls.ts";
import { type Randomness, seededRandomness } from "../../demo/chain/randomness.ts";
import { type Call, sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { type App, anvilMarkets, startApp } from "../app.ts";
import { startPostgres, type TestPostgres } from "../postgres.ts";

/** `npm run test:reads` asks for 10,000. */
const READS = Number(process.env.BALLAST_TEST_READS ?? 200);
const READERS = 4;
const BLOCK_MILLISECONDS = 100;
const NFTS = [1n, 2n, 3n, 4n, 5n, 6n];

type Answer = {
  asOf: { number: number };
  liquidity: string;
  status: string;
  inventory: { amounts: Amounts; skewE18: string | null; netInventory: Amounts };
  deposited: Amounts;
  withdrawn: Amounts;
  impermanentLoss: { hold: Amounts; unrealizedRaw1: string; realizedRaw1: string };
  pool: { sqrtPriceX96: string; tick: number; liquidity: string; asOf: { number: number } };
};
type Amounts = { amount0: string; amount1: string };

const QUERY = `query ($id: ID!) { position(id: $id) {
  asOf { number } liquidity status
  inventory { amounts { amount0 amount1 } skewE18 netInventory { amount0 amount1 } }
  deposited { amount0 amount1 } withdrawn { amount0 amount1 }
  impermanentLoss { hold { amount0 amount1 } unrealizedRaw1 realizedRaw1 }
  pool { sqrtPriceX96 tick liquidity asOf { number } }
} }`;

describe.each(["PGlite", "Postgres"])("reads while a block is indexed every 100 ms, on %s", (engine) => {
  let anvil: Anvil;
  let client: ChainClient;
  let postgres: TestPostgres | undefined;
  let app: App;
  let at: Deployment;
  let key: PoolKey;

  beforeAll(async () => {
    anvil = await startAnvil({ timestamp: 1_700_000_000 });
    client = chainClient(anvil.url);
    if (engine === "Postgres") postgres = await startPostgres();
    at = await deployUniswapV3(client);
    key = await createPoolOfNfts(client, at);
    app = await startApp(
      anvilMarkets(anvil.url, at),
      postgres === undefined ? {} : { postgres: postgres.url },
    );
    await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
  });

  afterAll(async () => {
    await app?.stop();
    await Promise.all([anvil?.stop(), postgres?.stop(), app?.remove()]);
  });

  test(`each of ${READS} answers is what its own block gives`, { timeout: 600_000 }, async () => {
    const answers: { tokenId: bigint; answer: Answer }[] = [];
    const blocks = new Set<number>();
    const isEnough = () => answers.length >= READS && blocks.size > READS / 100;
    const miner = mineUntil(isEnough);
    const readers = Array.from({ length: READERS }, async (_, reader) => {
      for (let i = reader; !isEnough(); i++) {
        const tokenId = NFTS[i % NFTS.length] ?? 1n;
        const id = `31337:${at.positionManager}:${tokenId}`;
        const { position } = await app.query<{ position: Answer }>(QUERY, { id });
        answers.push({ tokenId, answer: position });
        blocks.add(position.asOf.number);
      }
    });
    await Promise.all([miner, ...readers]);
    const ledgers = await ledgersByBlock();
    const checked = new Map<string, Answer>();
    for (const { tokenId, answer } of answers) {
      const at = `NFT ${tokenId} at block ${answer.asOf.number}`;
      let truth = checked.get(at);
      if (truth === undefined) {
        truth = await chainAnswer(tokenId, answer.asOf.number, ledgers);
        checked.set(at, truth);
      }
      expect(answer, at).toEqual(truth);
    }
  });

  /** Swaps in every block; in every third an NFT gains or loses liquidity first, at the price of the block before. */
  async function mineUntil(done: () => boolean): Promise<void> {
    const random = seededRandomness(5);
    for (let i = 0; !done(); i++) {
      const started = Date.now();
      const change = i % 3 === 0 ? [await liquidityChange(random)] : [];
      const zeroForOne = random.chance(0.5);
      const amount = random.size(10n ** 15n, 10n ** 20n);
      const trade = swap({ caller: at.caller, from: lp(), pool: key.pool, zeroForOne, amount });
      await sendInOneBlock(client, [...change, trade]);
      await new Promise((resolve) => setTimeout(resolve, BLOCK_MILLISECONDS - (Date.now() - started)));
    }
  }

  async function liquidityChange(random: Randomness): Promise<Call> {
    const tokenId = random.pick(NFTS) ?? 1n;
    const nft = { manager: at.positionManager, from: lp(), tokenId };
    const position = await client.readContract({
      address: at.positionManager,
      abi: positionManagerAbi,
      functionName: "positions",
      args: [tokenId],
    });
    if (random.chance(0.5)) return decreaseNft({ ...nft, liquidity: random.size(1n, position[7] / 2n) });
    const amount = random.size(10n ** 15n, 10n ** 21n);
    return increaseNft({ ...nft, amount0Desired: amount, amount1Desired: amount });
  }

  /** The same figures from the chain as it was at that block, and from the manager's logs up to it. */
  async function chainAnswer(tokenId: bigint, number: number, ledgers: Ledgers): Promise<Answer> {
    const blockNumber = BigInt(number);
    const poolRead = { address: key.pool, abi: poolAbi, blockNumber } as const;
    const managerRead = { address: at.positionManager, abi: positionManagerAbi, blockNumber } as const;
    const [[S, tick], poolLiquidity, position] = await Promise.all([
      client.readContract({ ...poolRead, functionName: "slot0" }),
      client.readContract({ ...poolRead, functionName: "liquidity" }),
      client.readContract({ ...managerRead, functionName: "positions", args: [tokenId] }),
    ]);
    const [lower, upper, liquidity] = [position[5], position[6], position[7]];
    const burn = { abi: poolAbi, functionName: "burn" } as const;
    const { data } = await client.call({
      account: at.positionManager,
      to: key.pool,
      data: encodeFunctionData({ ...burn, args: [lower, upper, liquidity] }),
      blockNumber,
    });
    const [x, y] = decodeFunctionResult({ ...burn, data: data ?? "0x" });
    const { hold0, hold1, realized1, in0, in1, out0, out1 } = ledgers(tokenId, number);
    const value = (a: bigint, b: bigint) => a * S * S + b * 2n ** 192n;
    const total = value(x, y);
    return {
      asOf: { number },
      liquidity: String(liquidity),
      status: tick < lower ? "BELOW" : tick < upper ? "IN_RANGE" : "ABOVE",
      inventory: {
        amounts: amounts(x, y),
        skewE18: total === 0n ? null : String((value(x, -y) * 10n ** 18n) / total),
        netInventory: amounts(x - hold0, y - hold1),
      },
      deposited: amounts(in0, in1),
      withdrawn: amounts(out0, out1),
      impermanentLoss: {
        hold: amounts(hold0, hold1),
        unrealizedRaw1: String(value(x - hold0, y - hold1) / 2n ** 192n),
        realizedRaw1: String(realized1),
      },
      pool: { sqrtPriceX96: String(S), tick, liquidity: String(poolLiquidity), asOf: { number } },
    };
  }

  /** Average-cost baskets, from the manager's logs alone. */
  async function ledgersByBlock(): Promise<Ledgers> {
    const address = at.positionManager;
    const range = { address, fromBlock: 0n, toBlock: "latest" } as const;
    const event = (name: string) =>
      parseAbiItem(
        `event ${name}(uint256 indexed tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)`,
      ) as typeof INCREASE;
    const [increases, decreases] = await Promise.all([
      client.getLogs({ ...range, event: event("IncreaseLiquidity"), strict: true }),
      client.getLogs({ ...range, event: event("DecreaseLiquidity"), strict: true }),
    ]);
    const changes = [
      ...increases.map((log) => ({ log, sign: 1n })),
      ...decreases.map((log) => ({ log, sign: -1n })),
    ].sort((a, b) => Number(a.log.blockNumber - b.log.blockNumber) || a.log.logIndex - b.log.logIndex);
    const states = new Map<bigint, (Ledger & { number: number })[]>();
    for (const { log, sign } of changes) {
      const { tokenId, liquidity, amount0, amount1 } = log.args;
      const history = states.get(tokenId) ?? [];
      const before = history.at(-1) ?? EMPTY;
      // A change is the first of its block, so its price is that of the block before.
      const [S] = await client.readContract({
        address: key.pool,
        abi: poolAbi,
        functionName: "slot0",
        blockNumber: log.blockNumber - 1n,
      });
      const after = book(before, { sign, liquidity, amount0, amount1, S });
      states.set(tokenId, [...history, { ...after, number: Number(log.blockNumber) }]);
    }
    return (tokenId, number) =>
      (states.get(tokenId) ?? []).filter((state) => state.number <= number).at(-1) ?? EMPTY;
  }

  function lp(): Address {
    const [first] = at.accounts;
    if (first === undefined) throw new Error("the chain has no accounts");
    return first;
  }

  async function createPoolOfNfts(client: ChainClient, at: Deployment): Promise<PoolKey> {
    const named = { name: "Test", symbol: "TST", decimals: 18 };
    const [token0, token1] = sortTokens(
      await deployToken(client, at.deployer, named),
      await deployToken(client, at.deployer, named),
    );
    await fund(client, at, [token0, token1], [lp()]);
    const pool = await createPool(client, at, {
      token0,
      token1,
      fee: 3000,
      tickSpacing: 60,
      sqrtPriceX96: 2n ** 96n,
    });
    const ranges = [60, 120, 600, 6_000, 60_000, 60];
    for (const [i, width] of ranges.entries()) {
      const offset = i % 2 === 0 ? 0 : 60;
      const desired = { amount0Desired: 10n ** 21n, amount1Desired: 10n ** 21n };
      const range = { tickLower: offset - width, tickUpper: offset + width };
      await sendInOneBlock(client, [
        mintNft({ manager: at.positionManager, from: lp(), key: pool, ...range, ...desired }),
      ]);
    }
    return pool;
  }
});

const INCREASE = parseAbiItem(
  "event IncreaseLiquidity(uint256 indexed tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
);

type Ledger = Record<"L" | "hold0" | "hold1" | "realized1" | "in0" | "in1" | "out0" | "out1", bigint>;
type Ledgers = (tokenId: bigint, blockNumber: number) => Ledger;

const EMPTY: Ledger = { L: 0n, hold0: 0n, hold1: 0n, realized1: 0n, in0: 0n, in1: 0n, out0: 0n, out1: 0n };

function book(
  ledger: Ledger,
  change: { sign: bigint; liquidity: bigint; amount0: bigint; amount1: bigint; S: bigint },
): Ledger {
  const { sign, liquidity, amount0, amount1, S } = change;
  if (sign > 0n) {
    return {
      ...ledger,
      L: ledger.L + liquidity,
      hold0: ledger.hold0 + amount0,
      hold1: ledger.hold1 + amount1,
      in0: ledger.in0 + amount0,
      in1: ledger.in1 + amount1,
    };
  }
  const released0 = (ledger.hold0 * liquidity) / ledger.L;
  const released1 = (ledger.hold1 * liquidity) / ledger.L;
  const realized = ((amount0 - released0) * S * S + (amount1 - released1) * 2n ** 192n) / 2n ** 192n;
  return {
    ...ledger,
    L: ledger.L - liquidity,
    hold0: ledger.hold0 - released0,
    hold1: ledger.hold1 - released1,
    realized1: ledger.realized1 + realized,
    out0: ledger.out0 + amount0,
    out1: ledger.out1 + amount1,
  };
}

function amounts(amount0: bigint, amount1: bigint): Amounts {
  return { amount0: String(amount0), amount1: String(amount1) };
}
