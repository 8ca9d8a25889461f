import type { Hex } from "viem";
import { encodeAbiParameters, toFunctionSelector } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { type App, startApp } from "../app.ts";
import { encodeLog } from "../replay/encodeLog.ts";
import { POOL_EVENTS } from "../replay/ensWeth.ts";
import { startReplayRpc } from "../replay/startReplayRpc.ts";

/**
 * The worked example of metrics.md 4.1 as a pool would log it: two deposits and a withdrawal at four prices,
 * then a closing. 18 and 6 decimals.
 */
const POOL = "0x00000000000000000000000000000000000000aa";
const FACTORY = "0x00000000000000000000000000000000000000fa";
const TOKEN0 = "0x0000000000000000000000000000000000000010";
const TOKEN1 = "0x0000000000000000000000000000000000000011";
const VAULT = "0x00000000000000000000000000000000000000ff";
const RANGE = { owner: VAULT, tickLower: -202080, tickUpper: -197280 } as const;

const history = [
  encodeLog(POOL_EVENTS.Initialize, { sqrtPriceX96: 3543226830587239509588885n, tick: -200311 }),
  mint(10n ** 16n, 31442952788347355012n, 37855704095n),
  swapTo(-199311, -10904790656196697454n, 22928187018n, 10n ** 16n),
  mint(5n * 10n ** 15n, 10269081066075328779n, 30391945556n),
  swapTo(-198811, -7876974549214943140n, 17851811101n, 15n * 10n ** 15n),
  burn(9n * 10n ** 15n, 13758161189406625917n, 65416588660n),
  swapTo(-199811, 6381338225485609841n, -14105152470n, 6n * 10n ** 15n),
  burn(6n * 10n ** 15n, 15553445685090027117n, 29505906636n),
];

let rpc: Awaited<ReturnType<typeof startReplayRpc>>;
let app: App;

beforeAll(async () => {
  const logs = history.map((log, i) => ({
    ...log,
    address: POOL as Hex,
    blockNumber: 100 + i,
    logIndex: 3,
    timestamp: 1_700_000_000 + 12 * i,
  }));
  rpc = await startReplayRpc({
    chainId: 31337,
    logs,
    calls: [...terms(), ...token(TOKEN0, 18), ...token(TOKEN1, 6)],
    head: 106,
  });
  app = await startApp({
    chains: [
      {
        id: 31337,
        name: "anvil",
        rpc: [rpc.url],
        markets: [
          { protocol: "uniswap-v3", factory: FACTORY, pools: [POOL], positionManager: null, startBlock: 100 },
        ],
      },
    ],
  });
  await app.untilIndexed("anvil", 106);
});

afterAll(async () => {
  await app?.stop();
  await rpc?.stop();
  await app?.remove();
});

const QUERY = `{ position(id: "31337:${POOL}:${VAULT}:-202080:-197280") {
  status liquidity asOf { number } pool { exact }
  inventory { amounts { amount0 amount1 decimal1 } }
  deposited { amount0 amount1 } withdrawn { amount0 amount1 }
  impermanentLoss {
    hold { amount0 amount1 value } unrealized realized total unrealizedRaw1 realizedRaw1 ratio allFlowsAtSpot
  }
} }`;

type Answer = { position: { impermanentLoss: Record<string, unknown> } & Record<string, unknown> };

test("after deposit, deposit, withdraw and a price move, every figure has the example's digits", async () => {
  const { position } = await app.query<Answer>(QUERY);
  expect(position).toMatchObject({
    status: "IN_RANGE",
    liquidity: "6000000000000000",
    asOf: { number: 106 },
    pool: { exact: true },
    inventory: {
      amounts: { amount0: "15553445685090027117", amount1: "29505906636", decimal1: "29505.906636" },
    },
    deposited: { amount0: "41712033854422683791", amount1: "68247649651" },
    withdrawn: { amount0: "13758161189406625917", amount1: "65416588660" },
    impermanentLoss: { realizedRaw1: "-1717889797", unrealizedRaw1: "-171943852" },
  });
  const { hold, unrealized, realized, total, ratio, allFlowsAtSpot } = position.impermanentLoss;
  expect(hold).toMatchObject({ amount0: "16684813541769073517", amount1: "27299059861" });
  expect(unrealized).toBeCloseTo(-171.943852, 6);
  expect(realized).toBeCloseTo(-1717.889797, 6);
  expect(total).toBeCloseTo(-1889.833649, 6);
  expect(ratio).toBeCloseTo(-0.00275638, 8);
  expect(allFlowsAtSpot).toBeCloseTo(601.964665, 6);
});

test("closing there freezes the total and leaves nothing unrealised", async () => {
  rpc.setHead(107);
  await app.untilIndexed("anvil", 107);
  const { position } = await app.query<Answer>(QUERY);
  expect(position).toMatchObject({
    status: "CLOSED",
    liquidity: "0",
    impermanentLoss: { unrealizedRaw1: "0", realizedRaw1: "-1889833649", ratio: null },
  });
  expect(position.impermanentLoss.total).toBeCloseTo(-1889.833649, 6);
});

function mint(amount: bigint, amount0: bigint, amount1: bigint) {
  return encodeLog(POOL_EVENTS.Mint, { ...RANGE, sender: VAULT, amount, amount0, amount1 });
}

function burn(amount: bigint, amount0: bigint, amount1: bigint) {
  return encodeLog(POOL_EVENTS.Burn, { ...RANGE, amount, amount0, amount1 });
}

/** With the amounts that the way there takes without a fee, a step more at each edge of a bitmap word. */
function swapTo(tick: number, amount0: bigint, amount1: bigint, liquidity: bigint) {
  return encodeLog(POOL_EVENTS.Swap, {
    sender: VAULT,
    recipient: VAULT,
    sqrtPriceX96: getSqrtPriceAtTick(tick),
    ...{ amount0, amount1, liquidity, tick },
  });
}

function terms() {
  return [
    read(POOL, "factory()", "address", FACTORY),
    read(POOL, "token0()", "address", TOKEN0),
    read(POOL, "token1()", "address", TOKEN1),
    read(POOL, "fee()", "uint24", 0),
    read(POOL, "tickSpacing()", "int24", 60),
  ];
}

function token(address: Hex, decimals: number) {
  return [read(address, "decimals()", "uint8", decimals)];
}

function read(to: Hex, signature: string, type: string, value: unknown) {
  return { to, data: toFunctionSelector(signature), result: encodeAbiParameters([{ type }], [value]) };
}
