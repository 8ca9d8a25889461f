import { expect, test } from "vitest";
import type { EventScope } from "../../src/indexing/eventScope.ts";
import { recordDonation, recordInputFee, recordManagedPool } from "../../src/indexing/recordManagedPool.ts";
import { recordModification } from "../../src/indexing/recordModification.ts";
import { recordNftTransfer } from "../../src/indexing/recordNftTransfer.ts";
import { recordSwap } from "../../src/indexing/recordSwap.ts";
import type { PoolTerms, SwapEvent } from "../../src/state/events.ts";
import { memoryDatabase } from "../inMemory/memoryDatabase.ts";
import { silentTokens } from "../inMemory/silentTokens.ts";

type Address = `0x${string}`;
type Row = Record<string, unknown>;

const POOL: Address = `0x${"aa".repeat(32)}`;
const [MANAGER, OTHER_MANAGER] = [`0x${"ee".repeat(20)}`, `0x${"ef".repeat(20)}`] as const;
const [VAULT, ALICE, BOB] = [`0x${"0f".repeat(20)}`, `0x${"a1".repeat(20)}`, `0x${"b0".repeat(20)}`] as const;
const ZERO: Address = `0x${"00".repeat(20)}`;
const RANGE = { tickLower: -600, tickUpper: 600 };
const LIQUIDITY = 10n ** 18n;
const ONE = 2n ** 96n;
const id = (tokenId: number): Address => `0x${tokenId.toString(16).padStart(64, "0")}`;

/** metrics.md 6.2, as the published bytecode logged it: 10^15 of token1 at 3000 pips, of which the protocol takes 500. */
const UP: SwapEvent = {
  ...{ poolId: POOL, sender: VAULT, recipient: null, fee: 3499 },
  ...{ amount0: -995508974311589n, amount1: 1000000000000000n },
  ...{ sqrtPriceX96: 79307113457437964520220254476n, liquidity: LIQUIDITY, tick: 19 },
};
/** And 3 x 10^15 of token0 after it. */
const DOWN: SwapEvent = {
  ...{ ...UP, amount0: 3000000000000000n, amount1: -2986526925881235n },
  ...{ sqrtPriceX96: 79070496416801019609460983728n, tick: -40 },
};

/** Hand-made events of a pool manager over the real handlers, each in a block of its own. */
class Chain {
  readonly memory = memoryDatabase();
  private block = 99;

  static async start(terms: Partial<PoolTerms> = {}): Promise<Chain> {
    const chain = new Chain();
    await recordManagedPool(chain.next(), {
      ...{ poolId: POOL, factory: `0x${"fa".repeat(20)}` },
      ...{ token0: ZERO, token1: `0x${"11".repeat(20)}`, fee: 3000, dynamicFee: false, tickSpacing: 60 },
      ...{ hooks: ZERO, sqrtPriceX96: ONE, tick: 0, ...terms },
    });
    return chain;
  }

  modify(owner: Address, salt: Address, liquidityDelta: bigint) {
    return recordModification(this.next(), { poolId: POOL, owner, ...RANGE, salt, liquidityDelta });
  }

  transfer(manager: Address, tokenId: bigint, from: Address, to: Address) {
    return recordNftTransfer(this.next(), { manager, tokenId, from, to });
  }

  async mint(manager: Address, tokenId: number, to: Address) {
    await this.transfer(manager, BigInt(tokenId), ZERO, to);
    await this.modify(manager, id(tokenId), LIQUIDITY);
  }

  swap(swap: SwapEvent) {
    return recordSwap(this.next(), swap);
  }

  protocolFee(feeProtocol0: number, feeProtocol1: number) {
    return recordInputFee(this.next(), { poolId: POOL, feeProtocol0, feeProtocol1 });
  }

  rows(table: string): Row[] {
    return [...(this.memory.tables.get(table)?.values() ?? [])];
  }

  pool(): Row {
    return this.rows("pool")[0] ?? {};
  }

  position(positionId: string): Row | undefined {
    return this.rows("position").find((row) => row.positionId === positionId);
  }

  reasons(): unknown[] {
    return this.rows("quarantine").map(({ reason }) => reason);
  }

  owners(positionId: string): unknown[] {
    const rows = this.rows("ownership").filter((row) => row.positionId === positionId);
    return rows
      .sort((a, b) => Number(a.number) - Number(b.number))
      .map(({ owner, toBlock }) => [owner, toBlock]);
  }

  next(): EventScope {
    this.block += 1;
    return {
      // The store is Ponder's as far as handlers use it.
      db: this.memory.store as unknown as EventScope["db"],
      client: silentTokens as unknown as EventScope["client"],
      ...{ chainId: 1, chainName: "mainnet", protocol: "UNISWAP_V4", logIndex: 0 },
      settings: {
        positionManagers: new Set([MANAGER, OTHER_MANAGER]),
        stakers: new Set(),
        listedPools: new Map(),
        cash: { stablecoins: new Set(), wrappedNative: null },
        nativeCurrency: { symbol: "ETH", name: "Ether" },
      },
      ...{ blockNumber: this.block, timestamp: 1_000 + 12 * this.block },
      ...{ hash: id(this.block), parentHash: id(this.block - 1), transactionHash: id(this.block) },
    };
  }
}

test("the example's swap gives its fee, the protocol's part and the LPs' growth to the last digit", async () => {
  const chain = await Chain.start();
  await chain.mint(MANAGER, 1, ALICE);
  await chain.protocolFee(500, 500);
  await chain.swap(UP);
  expect(chain.rows("swap")).toMatchObject([
    {
      amount0: -995508974311589n,
      amount1: 1000000000000000n,
      feeLp: 2999000000000n,
      feeProtocol: 500000000000n,
      ...{ fee: 3499, pluginFee: 0, protocolFeeSetting: 500 },
    },
  ]);
  expect(chain.pool()).toMatchObject({
    ...{ fee: 3000, swapFee: 3499, protocolFees1: 500000000000n, feeGrowthGlobal0X128: 0n },
    feeGrowthGlobal1X128: 1020506818395894451926660447687872n,
  });
  await chain.modify(MANAGER, id(1), 0n);
  expect(chain.rows("liquidity_event").at(-1)).toMatchObject({
    ...{ kind: "COLLECT", positionId: `${MANAGER}:1`, amount0: 0n, amount1: 0n },
    ...{ paidOut0: 0n, paidOut1: 2998999999999n },
  });
  expect(chain.reasons()).toEqual([]);
});

test("every change of a position pays out its fees, with the principal of a withdrawal; nothing stays owed", async () => {
  const chain = await Chain.start();
  await chain.mint(MANAGER, 1, ALICE);
  await chain.protocolFee(500, 500);
  for (const swap of [UP, DOWN]) await chain.swap(swap);
  await chain.modify(MANAGER, id(1), 10n ** 17n);
  await chain.modify(MANAGER, id(1), -5n * 10n ** 17n);
  await chain.modify(MANAGER, id(1), -6n * 10n ** 17n);
  // The amounts that the pool manager answered to these calls; the collect in between is left out here.
  expect(chain.rows("liquidity_event")).toMatchObject([
    { kind: "DEPOSIT", amount0: 29553010879137170n, amount1: 29553010879137170n, paidOut0: 0n, paidOut1: 0n },
    {
      ...{ kind: "DEPOSIT", amount0: 3154700490482558n, amount1: 2756298495325594n },
      ...{ paidOut0: 8997000000001n, paidOut1: 2998999999999n },
    },
    {
      ...{ kind: "WITHDRAW", amount0: 15773502452412789n, amount1: 13781492476627966n },
      ...{ paidOut0: 15773502452412789n, paidOut1: 13781492476627966n },
    },
    {
      ...{ kind: "WITHDRAW", amount0: 18928202942895347n, amount1: 16537790971953559n },
      ...{ paidOut0: 18928202942895347n, paidOut1: 16537790971953559n },
    },
  ]);
  expect(chain.position(`${MANAGER}:1`)).toMatchObject({
    ...{ liquidity: 0n, closedBlock: 108, tokensOwed0: 0n, tokensOwed1: 0n },
    ...{ feesAccrued0: 8997000000001n, feesAccrued1: 2998999999999n },
    ...{ withdrawn0: 34701705395308136n, withdrawn1: 30319283448581525n },
    ...{ collected0: 34710702395308137n, collected1: 30322282448581524n },
  });
  // What rounding and the protocol left.
  expect(chain.pool()).toMatchObject({ balance0: 1500000000002n, balance1: 500000000005n });
  // The way down crosses an edge of the bitmap's words: of each of its two steps the part is rounded down.
  expect(chain.pool()).toMatchObject({ protocolFees0: 1499999999999n, protocolFees1: 500000000000n });
});

test("currency 0 is the chain's own where it is address 0, and nothing is asked of a contract there", async () => {
  const chain = await Chain.start();
  expect(chain.rows("token").find(({ address }) => address === ZERO)).toMatchObject({
    ...{ symbol: "ETH", name: "Ether", decimals: 18 },
  });
});

test("an NFT is its first holder's from before its pool is known, and goes on with its fees", async () => {
  const chain = await Chain.start();
  await chain.transfer(MANAGER, 7n, ZERO, ALICE);
  expect(chain.rows("nft")).toMatchObject([{ manager: MANAGER, tokenId: 7n, owner: ALICE }]);
  expect(chain.rows("position")).toEqual([]);
  await chain.modify(MANAGER, id(7), LIQUIDITY);
  await chain.protocolFee(500, 500);
  await chain.swap(UP);
  await chain.transfer(MANAGER, 7n, ALICE, BOB);
  await chain.modify(MANAGER, id(7), 0n);
  const nft = `${MANAGER}:7`;
  expect(chain.position(nft)).toMatchObject({ owner: BOB, transfers: 1, manager: MANAGER, tokenId: 7n });
  expect(chain.owners(nft)).toEqual([
    [ALICE, 105],
    [BOB, null],
  ]);
  const [alice, bob] = chain.rows("ownership");
  expect(alice).toMatchObject({ feesAfter1: 2998999999999n });
  expect(bob).toMatchObject({ feesBefore1: 2998999999999n, receivable1: 0n });
  expect(chain.reasons()).toEqual([]);
});

test("an NFT that is burnt with its liquidity is its last holder's until that is out", async () => {
  const chain = await Chain.start();
  await chain.mint(MANAGER, 7, ALICE);
  await chain.transfer(MANAGER, 7n, ALICE, ZERO);
  const nft = `${MANAGER}:7`;
  expect(chain.position(nft)).toMatchObject({ owner: ALICE, liquidity: LIQUIDITY, closedBlock: null });
  expect(chain.owners(nft)).toEqual([[ALICE, null]]);
  await chain.modify(MANAGER, id(7), -LIQUIDITY);
  expect(chain.position(nft)).toMatchObject({ owner: ALICE, liquidity: 0n, closedBlock: 104 });
  expect(chain.owners(nft)).toEqual([[ALICE, 104]]);
  expect(chain.rows("liquidity_event").map(({ kind }) => kind)).toEqual(["DEPOSIT", "TRANSFER", "WITHDRAW"]);
  expect(chain.reasons()).toEqual([]);
});

test("an NFT that was emptied first ends with its burning", async () => {
  const chain = await Chain.start();
  await chain.mint(MANAGER, 7, ALICE);
  await chain.modify(MANAGER, id(7), -LIQUIDITY);
  expect(chain.owners(`${MANAGER}:7`)).toEqual([[ALICE, null]]);
  await chain.transfer(MANAGER, 7n, ALICE, ZERO);
  expect(chain.owners(`${MANAGER}:7`)).toEqual([[ALICE, 104]]);
  expect(chain.reasons()).toEqual([]);
});

test("an NFT that is burnt in a quarantined pool is nobody's from then on, and is emptied once", async () => {
  const chain = await Chain.start();
  await chain.mint(MANAGER, 7, ALICE);
  await chain.protocolFee(500, 500);
  await chain.swap(DOWN);
  expect(chain.reasons()).toHaveLength(1);
  await chain.transfer(MANAGER, 7n, ALICE, ZERO);
  await chain.modify(MANAGER, id(7), -LIQUIDITY);
  expect(chain.owners(`${MANAGER}:7`)).toEqual([[ALICE, 105]]);
  const out = { withdrawn0: 31547004904825578n, withdrawn1: 27562984953255932n };
  expect(chain.position(`${MANAGER}:7`)).toMatchObject({
    ...out,
    owner: ALICE,
    liquidity: 0n,
    closedBlock: 105,
  });
});

test("an NFT without a Transfer quarantines its pool, and says what is missing", async () => {
  const chain = await Chain.start();
  await chain.modify(MANAGER, id(7), LIQUIDITY);
  expect(chain.reasons()).toEqual([
    `position ${MANAGER}:7 is given liquidity and its NFT was never minted: the RPC left out a Transfer`,
  ]);
  expect(chain.rows("position")).toEqual([]);
  // What comes in is followed all the same.
  expect(chain.pool()).toMatchObject({ liquidity: LIQUIDITY, quarantinedBlock: 101 });
});

test.each([
  ["a first Swap", async (chain: Chain) => chain.swap(DOWN), "a swap does not fit its pool"],
  [
    "a ProtocolFeeUpdated",
    async (chain: Chain) => {
      await chain.swap(UP);
      await chain.protocolFee(0, 0);
      await chain.swap(DOWN);
    },
    "a swap paid 3499 pips, but the pool's fee is 3000 and the protocol's 0",
  ],
  [
    "the first ModifyLiquidity",
    (chain: Chain) => chain.modify(VAULT, id(0), -LIQUIDITY),
    `position ${POOL}:${VAULT}:-600:600:${id(0)} was never seen to be opened`,
  ],
  [
    "a Transfer",
    (chain: Chain) => chain.transfer(MANAGER, 7n, BOB, ALICE),
    `NFT 7 of ${MANAGER} goes from ${BOB} but was ${ALICE}'s`,
  ],
  [
    "the liquidity that a donation went to",
    async (chain: Chain) => {
      await chain.modify(MANAGER, id(7), -LIQUIDITY);
      await recordDonation(chain.next(), { poolId: POOL, amount0: 5n, amount1: 0n });
    },
    "5 and 0 were donated to no liquidity",
  ],
])("%s that is lost quarantines the pool at the next log that contradicts", async (_, go, reason) => {
  const chain = await Chain.start();
  await chain.mint(MANAGER, 7, ALICE);
  await chain.protocolFee(500, 500);
  await go(chain);
  expect(chain.reasons()).toHaveLength(1);
  expect(chain.reasons()[0]).toContain(reason);
});

test("one token id of two managers is two positions", async () => {
  const chain = await Chain.start();
  await chain.mint(MANAGER, 7, ALICE);
  await chain.mint(OTHER_MANAGER, 7, BOB);
  await chain.transfer(OTHER_MANAGER, 7n, BOB, VAULT);
  expect(chain.rows("position")).toMatchObject([
    { positionId: `${MANAGER}:7`, owner: ALICE, liquidity: LIQUIDITY, transfers: 0 },
    { positionId: `${OTHER_MANAGER}:7`, owner: VAULT, liquidity: LIQUIDITY, transfers: 1 },
  ]);
  expect(chain.reasons()).toEqual([]);
});

test("one range of one owner is a position for each salt, and a closed one that is filled again stays one", async () => {
  const chain = await Chain.start();
  await chain.modify(VAULT, id(0), LIQUIDITY);
  await chain.modify(VAULT, id(9), 2n * LIQUIDITY);
  await chain.modify(VAULT, id(0), -LIQUIDITY);
  expect(chain.position(`${POOL}:${VAULT}:-600:600:${id(0)}`)).toMatchObject({ closedBlock: 103 });
  await chain.modify(VAULT, id(0), LIQUIDITY / 2n);
  expect(chain.rows("position")).toMatchObject([
    {
      ...{ positionId: `${POOL}:${VAULT}:-600:600:${id(0)}`, owner: VAULT, manager: null, tokenId: null },
      ...{ liquidity: LIQUIDITY / 2n, openedBlock: 101, closedBlock: null },
    },
    { positionId: `${POOL}:${VAULT}:-600:600:${id(9)}`, liquidity: 2n * LIQUIDITY },
  ]);
  expect(chain.pool()).toMatchObject({ liquidity: 25n * 10n ** 17n, mints: 3, burns: 1 });
  expect(chain.reasons()).toEqual([]);
});

test("a swap that a hook took over changes nothing but the count of swaps, and no fee that it does not tell", async () => {
  const chain = await Chain.start({ fee: null, dynamicFee: true });
  await chain.modify(VAULT, id(0), LIQUIDITY);
  await chain.protocolFee(999, 0);
  const before = chain.pool();
  const none = { ...UP, amount0: 0n, amount1: 0n, sqrtPriceX96: ONE, tick: 0 };
  await chain.swap({ ...none, fee: 999 });
  const { changedBlock, swaps, swapFee, ...rest } = chain.pool();
  expect(before).toMatchObject(rest);
  expect({ changedBlock, swaps, swapFee }).toEqual({ changedBlock: 103, swaps: 1, swapFee: 999 });
  expect(chain.rows("swap")).toMatchObject([{ feeLp: 0n, feeProtocol: 0n }]);
  // Where the protocol takes the same both ways the fee is clear.
  await chain.protocolFee(500, 500);
  await chain.swap({ ...none, fee: 3499 });
  expect(chain.pool()).toMatchObject({ fee: 3000, swapFee: 3499 });
  expect(chain.reasons()).toEqual([]);
});

test("a dynamic fee is what the last swap says of it, less the protocol's part", async () => {
  const chain = await Chain.start({ fee: null, dynamicFee: true });
  await chain.modify(VAULT, id(0), LIQUIDITY);
  expect(chain.pool()).toMatchObject({ fee: null, swapFee: null });
  await chain.protocolFee(500, 500);
  await chain.swap(UP);
  expect(chain.pool()).toMatchObject({ fee: 3000, swapFee: 3499 });
  expect(chain.reasons()).toEqual([]);
});
