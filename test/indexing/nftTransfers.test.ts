import { expect, test } from "vitest";
import type { EventScope } from "../../src/indexing/eventScope.ts";
import { recordDecrease, recordNftCollect } from "../../src/indexing/payNft.ts";
import { recordCollect } from "../../src/indexing/recordCollect.ts";
import { recordBurn, recordMint } from "../../src/indexing/recordLiquidity.ts";
import { recordIncrease } from "../../src/indexing/recordNft.ts";
import { recordNftTransfer } from "../../src/indexing/recordNftTransfer.ts";
import { recordInitialize, recordPoolCreated } from "../../src/indexing/recordPool.ts";
import { recordFlash } from "../../src/indexing/recordPoolFees.ts";
import { memoryDatabase } from "../inMemory/memoryDatabase.ts";
import { silentTokens } from "../inMemory/silentTokens.ts";

const POOL = "0x00000000000000000000000000000000000000aa";
const MANAGER = "0x00000000000000000000000000000000000000ee";
const ZERO = "0x0000000000000000000000000000000000000000";
const [ALICE, BOB, CAROL] = [
  "0x00000000000000000000000000000000000a11ce",
  "0x0000000000000000000000000000000000000b0b",
  "0x00000000000000000000000000000000000ca401",
] as const;
const [STAKER, OTHER_STAKER] = [
  "0x00000000000000000000000000000000000005a1",
  "0x00000000000000000000000000000000000005a2",
] as const;
const RANGE = { poolId: POOL, owner: MANAGER, tickLower: -60, tickUpper: 60 } as const;
const NFT = { manager: MANAGER, tokenId: 7n } as const;
const ID = `${MANAGER}:7`;

/** Liquidity of 10^18 in the range at price 1, rounded up as a mint takes it in and down as a burn pays it out. */
const LIQUIDITY = 10n ** 18n;
const PAID_IN = { amount0: 2995354955910781n, amount1: 2995354955910781n };
const PAID_OUT = { amount0: 2995354955910780n, amount1: 2995354955910780n };

type Address = `0x${string}`;

/** A chain of hand-made events over the real handlers, with one pool at price 1; each block is a minute. */
class Chain {
  readonly memory = memoryDatabase();
  private place = { blockNumber: 100, timestamp: 1_000, logIndex: -1 };

  static async start(): Promise<Chain> {
    const chain = new Chain();
    const tokens = { token0: `0x${"1".repeat(40)}`, token1: `0x${"2".repeat(40)}` } as const;
    const factory = `0x${"f".repeat(40)}` as const;
    const terms = { fee: 3000, dynamicFee: false, tickSpacing: 60, hooks: null };
    await recordPoolCreated(chain.next(), { poolId: POOL, factory, ...tokens, ...terms });
    await recordInitialize(chain.next(), POOL, { sqrtPriceX96: 2n ** 96n, tick: 0 });
    return chain;
  }

  block(minutes = 1) {
    const { blockNumber, timestamp } = this.place;
    this.place = { blockNumber: blockNumber + 1, timestamp: timestamp + 60 * minutes, logIndex: -1 };
  }

  async mint(to: Address) {
    await recordMint(this.next(), { ...RANGE, ...PAID_IN, liquidityDelta: LIQUIDITY, sender: MANAGER });
    await this.transfer(ZERO, to);
    await recordIncrease(this.next(), { ...NFT, ...PAID_IN, liquidity: LIQUIDITY });
  }

  async increase() {
    await recordMint(this.next(), { ...RANGE, ...PAID_IN, liquidityDelta: LIQUIDITY, sender: MANAGER });
    await recordIncrease(this.next(), { ...NFT, ...PAID_IN, liquidity: LIQUIDITY });
  }

  async decrease() {
    await recordBurn(this.next(), { ...RANGE, ...PAID_OUT, liquidityDelta: -LIQUIDITY });
    await recordDecrease(this.next(), { ...NFT, ...PAID_OUT, liquidity: LIQUIDITY });
  }

  async collect(amount0: bigint, amount1: bigint) {
    if (this.position().liquidity > 0n) {
      await recordBurn(this.next(), { ...RANGE, liquidityDelta: 0n, amount0: 0n, amount1: 0n });
    }
    await recordCollect(this.next(), { ...RANGE, amount0, amount1 });
    await recordNftCollect(this.next(), { ...NFT, amount0, amount1 });
  }

  /** Fees for all liquidity in range. */
  flash(paid0: bigint, paid1: bigint) {
    return recordFlash(this.next(), POOL, { paid0, paid1 });
  }

  transfer(from: Address, to: Address) {
    return recordNftTransfer(this.next(), { ...NFT, from, to });
  }

  position(): Record<string, unknown> & { liquidity: bigint } {
    return this.rows("position")[0] as Record<string, unknown> & { liquidity: bigint };
  }

  owners(): Record<string, unknown>[] {
    return this.rows("ownership").sort((a, b) => Number(a.number) - Number(b.number));
  }

  rows(table: string): Record<string, unknown>[] {
    return [...(this.memory.tables.get(table)?.values() ?? [])];
  }

  next(): EventScope {
    this.place.logIndex += 1;
    const { blockNumber } = this.place;
    return {
      // The store is Ponder's as far as handlers use it.
      db: this.memory.store as unknown as EventScope["db"],
      client: silentTokens as unknown as EventScope["client"],
      chainId: 1,
      chainName: "mainnet",
      protocol: "UNISWAP_V3",
      settings: {
        positionManagers: new Set([MANAGER]),
        stakers: new Set([STAKER, OTHER_STAKER]),
        listedPools: new Map(),
        cash: { stablecoins: new Set(), wrappedNative: null },
        nativeCurrency: { symbol: "ETH", name: "Ether" },
      },
      ...this.place,
      hash: `0x${blockNumber.toString(16).padStart(64, "0")}`,
      parentHash: `0x${"0".repeat(64)}`,
      transactionHash: `0x${blockNumber.toString(16).padStart(64, "0")}`,
    };
  }
}

const ownersOf = (chain: Chain) => chain.owners().map(({ owner, toBlock }) => [owner, toBlock]);

test("an NFT that goes through staking contracts stays its owner's, until it comes out at somebody else's", async () => {
  const chain = await Chain.start();
  await chain.mint(ALICE);
  await chain.transfer(ALICE, STAKER);
  await chain.transfer(STAKER, OTHER_STAKER);
  expect(chain.position()).toMatchObject({ owner: ALICE, custodian: OTHER_STAKER, transfers: 0 });
  await chain.transfer(OTHER_STAKER, ALICE);
  expect(chain.position()).toMatchObject({ owner: ALICE, custodian: null, transfers: 0 });
  await chain.transfer(ALICE, STAKER);
  chain.block();
  await chain.transfer(STAKER, BOB);
  expect(chain.position()).toMatchObject({ owner: BOB, custodian: null, transfers: 1 });
  expect(ownersOf(chain)).toEqual([
    [ALICE, 101],
    [BOB, null],
  ]);
  expect(chain.rows("quarantine")).toEqual([]);
});

test("a staking contract that an NFT is minted to is its owner: nobody else is known", async () => {
  const chain = await Chain.start();
  await chain.mint(STAKER);
  await chain.transfer(STAKER, OTHER_STAKER);
  expect(chain.position()).toMatchObject({ owner: STAKER, custodian: OTHER_STAKER, transfers: 0 });
  await chain.transfer(OTHER_STAKER, BOB);
  expect(ownersOf(chain)).toEqual([
    [STAKER, 100],
    [BOB, null],
  ]);
  expect(chain.rows("quarantine")).toEqual([]);
});

test("fees go on with an NFT to the pool and the manager as to anybody, and a transfer to oneself is none", async () => {
  const chain = await Chain.start();
  await chain.mint(ALICE);
  await chain.flash(3001n, 1001n);
  chain.block();
  await chain.transfer(ALICE, POOL);
  await chain.transfer(POOL, POOL);
  await chain.transfer(POOL, MANAGER);
  await chain.increase();
  await chain.collect(3000n, 1000n);
  expect(ownersOf(chain)).toEqual([
    [ALICE, 101],
    [POOL, 101],
    [MANAGER, null],
  ]);
  const [alice, pool, manager] = chain.owners();
  expect(alice).toMatchObject({ secondsOpen: 60, feesAfter0: 3000n, feesCollectedValue1: 4000n });
  // Bought and sold at one price: nothing earned, nothing lost.
  expect(pool).toMatchObject({ secondsOpen: 0, receivedValue1: 4000n, recoveredValue1: 4000n });
  expect(pool).toMatchObject({ feesCollectedValue1: 0n, feesBefore0: 3000n, feesAfter0: 3000n });
  expect(manager).toMatchObject({ receivable0: 0n, recoveredValue1: 4000n, feesCollectedValue1: 0n });
  expect(chain.rows("quarantine")).toEqual([]);
});

test("an NFT that is emptied and burnt by its staking contract was its owner's to the end", async () => {
  const chain = await Chain.start();
  await chain.mint(ALICE);
  await chain.transfer(ALICE, STAKER);
  await chain.decrease();
  await chain.collect(PAID_OUT.amount0, PAID_OUT.amount1);
  chain.block();
  await chain.transfer(STAKER, ZERO);
  expect(chain.position()).toMatchObject({ owner: ALICE, liquidity: 0n });
  expect(ownersOf(chain)).toEqual([[ALICE, 101]]);
  expect(chain.rows("quarantine")).toEqual([]);
});

test("a manager burns only what is empty: an NFT burnt with something left tells of a lost log, and is left empty", async () => {
  const owed = await Chain.start();
  await owed.mint(ALICE);
  await owed.decrease();
  await owed.collect(PAID_OUT.amount0, PAID_OUT.amount1 - 1n);
  await owed.transfer(ALICE, ZERO);
  expect(owed.rows("quarantine")).toMatchObject([{ poolId: POOL, blockNumber: 100 }]);

  const held = await Chain.start();
  await held.mint(ALICE);
  held.block();
  await held.transfer(ALICE, ZERO);
  expect(held.rows("quarantine")).toMatchObject([{ poolId: POOL, blockNumber: 101 }]);
  const emptied = { liquidity: 0n, withdrawn0: PAID_OUT.amount0, withdrawn1: PAID_OUT.amount1 };
  expect(held.position()).toMatchObject({ ...emptied, closedBlock: 101 });
  expect(held.owners()).toMatchObject([{ ...emptied, toBlock: 101, feesAfter0: null }]);
});

test("time and capital of a quarantined pool's positions count as their owners' do", async () => {
  const chain = await Chain.start();
  await chain.mint(ALICE);
  chain.block();
  // Of whom it never was.
  await chain.transfer(CAROL, ALICE);
  expect(chain.rows("quarantine")).toHaveLength(1);
  await chain.increase();
  chain.block(2);
  await chain.decrease();
  chain.block();
  await recordMint(chain.next(), {
    ...{ ...RANGE, ...PAID_IN, liquidityDelta: LIQUIDITY },
    ...{ owner: BOB, sender: BOB },
  });

  const capital = 5990709911821562n;
  const times = { secondsOpen: 180, settledTimestamp: 1_180, capitalSeconds1: capital * (60n + 2n * 120n) };
  const [nft, direct] = chain.rows("position");
  expect(nft).toMatchObject({ ...times, cost1: capital });
  expect(chain.owners().find(({ positionId }) => positionId === ID)).toMatchObject(times);
  expect(direct).toMatchObject({ owner: BOB, secondsOpen: 0, settledTimestamp: 1_240, capitalSeconds1: 0n });
});
