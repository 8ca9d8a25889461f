import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkContracts } from "../../cli/checkContracts.ts";
import { parseMarkets } from "../../config/readMarkets.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import { deployToken, deployUniswapV3, sortTokens } from "../../demo/chain/deploy.ts";
import { deployProtocols, type Protocols } from "./deployProtocols.ts";

const NOBODY = "0x00000000000000000000000000000000000b0d1e";
const NO_ID = `0x${"5".repeat(64)}`;

let anvil: Anvil;
let at: Protocols;
let v3: { factory: string; positionManager: string };
let head: number;

beforeAll(async () => {
  anvil = await startAnvil({ automine: true });
  const client = chainClient(anvil.url);
  const uniswapV3 = await deployUniswapV3(client);
  v3 = { factory: uniswapV3.factory, positionManager: uniswapV3.positionManager };
  const named = { name: "Test", symbol: "TST", decimals: 18 };
  const tokens = sortTokens(
    await deployToken(client, uniswapV3.deployer, named),
    await deployToken(client, uniswapV3.deployer, named),
  );
  at = await deployProtocols(client, tokens);
  await client.mine({ blocks: 2 });
  head = Number(await client.getBlockNumber());
});
afterAll(() => anvil?.stop());

const v2 = (change: object = {}) => ({ protocol: "uniswap-v2", factory: at.v2.factory, ...change });
const v4 = (change: object = {}) => ({
  protocol: "uniswap-v4",
  poolManager: at.v4.poolManager,
  positionManager: at.v4.positionManager,
  ...change,
});
const pancake = (change: object = {}) => ({
  protocol: "pancakeswap-v3",
  factory: at.pancake.factory,
  positionManager: null,
  ...change,
});
const algebra = (change: object = {}) => ({
  protocol: "algebra-integral",
  factory: at.algebra.factory,
  positionManager: null,
  ...change,
});

describe("before anything starts, the chain is asked whether each contract is of the protocol that its market names", () => {
  test("and it is, with every pool and with listed ones", async () => {
    await check(v2(), v4(), pancake(), algebra());
    await check(
      v2({ pools: [at.v2.pool] }),
      v4({ pools: [at.v4.pool] }),
      pancake({ pools: [at.pancake.pool] }),
      algebra({ pools: [at.algebra.pool] }),
    );
  });

  test("an address without code is none of them, and all are said at once", async () => {
    const none = { positionManager: null };
    await expect(check(v2({ factory: NOBODY }))).rejects.toThrow(
      `there is no Uniswap v2 factory at ${NOBODY}: correct \`factory\` in the markets file`,
    );
    await expect(check(v4({ poolManager: NOBODY, ...none }), pancake(), algebra())).rejects.toThrow(
      `there is no Uniswap v4 PoolManager at ${NOBODY}: correct \`poolManager\` in the markets file`,
    );
    await expect(check(pancake({ factory: NOBODY }), v2())).rejects.toThrow("no PancakeSwap v3 factory at");
    await expect(check(algebra({ factory: NOBODY }), v2())).rejects.toThrow("no Algebra Integral factory at");
  });

  test.each([
    ["uniswap-v3", () => at.pancake.factory, "PancakeSwap v3's factory", "pancakeswap-v3"],
    ["uniswap-v3", () => at.v2.factory, "Uniswap v2's factory", "uniswap-v2"],
    ["uniswap-v3", () => at.algebra.factory, "Algebra Integral's factory", "algebra-integral"],
    ["pancakeswap-v3", () => v3.factory, "Uniswap v3's factory", "uniswap-v3"],
    ["algebra-integral", () => at.v4.poolManager, "Uniswap v4's PoolManager", "uniswap-v4"],
  ])(
    "a factory written as %s that is of another protocol is refused, naming it",
    async (protocol, factory, what, right) => {
      await expect(check({ protocol, factory: factory(), positionManager: null })).rejects.toThrow(
        `but ${what}: write "protocol": "${right}" in the markets file, or correct \`factory\``,
      );
    },
  );

  test("a Uniswap v4 position manager of another PoolManager is refused, naming that one", async () => {
    await expect(check(v4({ poolManager: NOBODY }))).rejects.toThrow(
      `belongs to PoolManager ${at.v4.poolManager.toLowerCase()}, which no market of uniswap-v4 names: correct \`positionManager\` or \`poolManager\``,
    );
  });

  test("Uniswap v3's position manager is none of Uniswap v4", async () => {
    await expect(check(v4({ positionManager: v3.positionManager }))).rejects.toThrow(
      `there is no position manager at ${v3.positionManager.toLowerCase()}`,
    );
  });

  test("an id that the PoolManager does not have is refused", async () => {
    await expect(check(v4({ pools: [NO_ID] }))).rejects.toThrow(
      `PoolManager ${at.v4.poolManager.toLowerCase()} has no pool of id ${NO_ID}`,
    );
  });

  test("a pool of one protocol's factory that is listed under another is refused", async () => {
    const market = { protocol: "uniswap-v3", factory: at.pancake.factory, positionManager: null };
    await expect(check({ ...market, pools: [at.pancake.pool] })).rejects.toThrow(
      `${at.pancake.pool.toLowerCase()} does not log Uniswap v3's Swap: it is a pool of another protocol or version`,
    );
  });

  test("an Algebra factory whose pools log otherwise is refused: the logs of its versions differ", async () => {
    const client = chainClient(anvil.url);
    const deployer = await client.readContract({
      address: at.algebra.factory,
      abi: [
        {
          type: "function",
          name: "poolDeployer",
          stateMutability: "view",
          inputs: [],
          outputs: [{ type: "address" }],
        },
      ],
      functionName: "poolDeployer",
    });
    const code = await client.getCode({ address: deployer });
    await client.setCode({ address: deployer, bytecode: "0x6001" });
    await expect(check(algebra())).rejects.toThrow(
      `pools of the Algebra factory ${at.algebra.factory.toLowerCase()} log no SwapFee`,
    );
    await client.setCode({ address: deployer, bytecode: code ?? "0x" });
  });
});

describe("a start block", () => {
  test.each([
    ["PancakeSwap v3 pool's first price", () => pancake({ pools: [at.pancake.pool] }), () => at.pancake.pool],
    ["Algebra pool's first price", () => algebra({ pools: [at.algebra.pool] }), () => at.algebra.pool],
    ["Uniswap v4 pool's first price", () => v4({ pools: [at.v4.pool] }), () => at.v4.pool],
  ])("after a listed %s is refused", async (_, market, pool) => {
    await expect(check({ ...market(), startBlock: head })).rejects.toThrow(
      `startBlock ${head} is after its creation: pool ${pool().toLowerCase()} had a price in block ${head - 1} already`,
    );
  });

  test("after a Uniswap v2 pair was made is taken while it has no shares: nothing was missed", async () => {
    await check({ ...v2({ pools: [at.v2.pool] }), startBlock: head });
  });

  test("after the creation of a PoolManager whose every pool is asked for is refused", async () => {
    await expect(check({ ...v4(), startBlock: head })).rejects.toThrow(
      `startBlock ${head} is after the creation of PoolManager ${at.v4.poolManager.toLowerCase()}, which was there in block ${head - 1} already`,
    );
  });

  test("after the creation of a factory is taken: its later pools are whole", async () => {
    await check({ ...v2(), startBlock: head }, { ...pancake(), startBlock: head });
  });
});

async function check(...markets: object[]) {
  const chain = { id: 31337, name: "anvil", rpc: [anvil.url] };
  const file = { chains: [{ ...chain, markets: markets.map((market) => ({ startBlock: 0, ...market })) }] };
  await checkContracts(parseMarkets(JSON.stringify(file), "markets.json", {}).chains);
}
