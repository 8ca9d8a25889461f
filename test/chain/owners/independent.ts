/**
 * A second calculation of what every position and owner put in, took out, earned and lost. It is fed with the chain
 * alone, block by block: logs, the tokens' own transfers, and calls that ask the contracts what they would pay at a
 * moment. It replays no swap and uses nothing of the app.
 */
import { type Address, zeroAddress } from "viem";
import { poolAbi } from "../../../demo/chain/abis.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { add, nothing, type Pair } from "./amounts.ts";
import { burn, collect, deposit, handOver, withdraw } from "./booking.ts";
import { callAfter, callWithin, type MinedBlock, readBlock } from "./chainReads.ts";
import { type Moment, openPosition, type Position, present } from "./position.ts";
import { credit, type Probe, type Prober, probeDirect, probeLeftover, probeNft } from "./probes.ts";
import { type Contracts, lower, type Range, readSteps, type Step } from "./readSteps.ts";

export type Deployed = { factory: Address; positionManager: Address; caller: Address; accounts: Address[] };

/** A position at the last block, and what a collect would pay then. */
export type Closing = { position: Position; moment: Moment; payable: Pair };

/** Fees of liquidity that the manager has and no NFT: credited so far, and growth at the last credit. */
type Leftover = { credited: Pair; growth: Pair };
type At = { number: number; block: MinedBlock };

export class IndependentBooks {
  readonly positions = new Map<string, Position>();
  private readonly contracts: Contracts;
  private readonly leftovers = new Map<string, Leftover>();
  private readonly prices = new Map<Address, bigint>();
  private readonly firstOwners = new Map<bigint, Address>();
  private next = 0;

  private readonly client: ChainClient;
  private readonly chainId: number;
  private readonly deployed: Deployed;
  private readonly stakers: ReadonlySet<Address>;

  /** `stakers`: contracts that hold NFTs for their owners. */
  constructor(
    client: ChainClient,
    { chainId, deployed, stakers }: { chainId: number; deployed: Deployed; stakers: readonly Address[] },
  ) {
    this.client = client;
    this.chainId = chainId;
    this.deployed = deployed;
    this.stakers = new Set(stakers.map(lower));
    const [factory, manager] = [lower(deployed.factory), lower(deployed.positionManager)];
    this.contracts = { factory, manager, pools: new Map() };
  }

  /** Books everything up to this block, which must be the newest or not long past. */
  async follow(last: number): Promise<void> {
    for (; this.next <= last; this.next++) {
      const block = await readBlock(this.client, this.next);
      const steps = readSteps(block, this.contracts);
      for (const step of steps) await this.book(step, { number: this.next, block });
      const priced = steps.flatMap((step) => (step.kind === "price" ? [step.pool] : []));
      for (const pool of new Set(priced)) await this.checkPrice(pool);
    }
  }

  /** Every position at the newest block, which must have been followed. */
  async close(): Promise<Map<string, Closing>> {
    const prober = this.prober((calls) => callAfter(this.client, this.next - 1, calls));
    const found = new Map<string, Closing>();
    for (const position of this.positions.values()) {
      const { owed, payable, principal } = await this.probe(prober, position);
      const sqrtPriceX96 = this.priceOf(position.pool);
      found.set(position.id, { position, moment: { sqrtPriceX96, principal, owed }, payable });
    }
    return found;
  }

  private async book(step: Step, at: At): Promise<void> {
    if (step.kind === "price") this.prices.set(step.pool, step.sqrtPriceX96);
    else if (step.kind === "created") this.firstOwners.set(step.tokenId, step.to);
    else if (step.kind === "transfer") await this.bookTransfer(step, at);
    else await this.bookTouch(step, at);
  }

  private async bookTouch(step: Extract<Step, { range: Range }>, at: At): Promise<void> {
    const position = this.find(step, at.number);
    const sqrtPriceX96 = this.priceOf(position.pool);
    if (step.kind === "collect") {
      collect(position, { ...step, sqrtPriceX96 });
      position.flowsOut = add(position.flowsOut, step.flow);
      return;
    }
    const flow = { liquidity: step.liquidity, amounts: step.amounts, sqrtPriceX96 };
    const before = position.basket.liquidity;
    if (step.kind === "withdraw") return withdraw(position, flow);
    deposit(position, flow);
    position.flowsIn = add(position.flowsIn, step.flow);
    if (position.tokenId !== null || position.holder !== this.contracts.manager) return;
    const prober = this.prober((calls) =>
      callWithin(this.client, { ...at, count: step.transaction + 1 }, calls),
    );
    const { growth } = await probeLeftover(prober, position);
    const last = this.leftovers.get(position.id) ?? { credited: nothing, growth };
    const credited = add(last.credited, credit(before, growth, last.growth));
    this.leftovers.set(position.id, { credited, growth });
  }

  private async bookTransfer(
    { tokenId, from, to, first, transaction }: Extract<Step, { kind: "transfer" }>,
    at: At,
  ): Promise<void> {
    const position = this.positions.get(this.idOf(tokenId));
    if (position === undefined) throw new UnknownNftError(tokenId);
    if (to === zeroAddress) burn(position, at.number);
    else if (this.stakers.has(to) || present(position).owner === to) position.holder = to;
    else {
      // Transfers stand at an edge of their transactions: the moment is that before it, or that after it.
      position.holder = first ? from : to;
      const count = first ? transaction : transaction + 1;
      const prober = this.prober((calls) => callWithin(this.client, { ...at, count }, calls));
      const moment = await probeNft(prober, position);
      handOver(position, to, at.number, { ...moment, sqrtPriceX96: this.priceOf(position.pool) });
      position.holder = to;
    }
  }

  private async probe(prober: Prober, position: Position): Promise<Probe> {
    if (position.burned) return { owed: nothing, payable: nothing, principal: nothing, principalUp: nothing };
    if (position.tokenId !== null) return probeNft(prober, position);
    const leftover = this.leftovers.get(position.id);
    if (leftover === undefined) return probeDirect(prober, position);
    const { growth, principal } = await probeLeftover(prober, position);
    const owed = add(leftover.credited, credit(position.basket.liquidity, growth, leftover.growth));
    return { owed, payable: owed, principal, principalUp: principal };
  }

  private prober(call: Prober["call"]): Prober {
    const { caller, accounts } = this.deployed;
    const [payer] = accounts;
    if (payer === undefined) throw new RangeError("nobody to ask for");
    return { manager: this.contracts.manager, caller, payer, call };
  }

  private find(
    { range, owner, tokenId }: { range: Range; owner: Address; tokenId: bigint | null },
    block: number,
  ): Position {
    const { pool, tickLower, tickUpper } = range;
    const id =
      tokenId === null ? [this.chainId, pool, owner, tickLower, tickUpper].join(":") : this.idOf(tokenId);
    const known = this.positions.get(id);
    if (known !== undefined) return known;
    const holder = tokenId === null ? owner : this.firstOwners.get(tokenId);
    if (holder === undefined) throw new UnknownNftError(tokenId ?? 0n);
    const position = openPosition({ id, ...range, tokenId }, holder, block);
    this.positions.set(id, position);
    return position;
  }

  private idOf(tokenId: bigint): string {
    return `${this.chainId}:${this.contracts.manager}:${tokenId}`;
  }

  private priceOf(pool: Address): bigint {
    const price = this.prices.get(pool);
    if (price === undefined) throw new RangeError(`no price of ${pool} yet`);
    return price;
  }

  /** The last price that was logged is the one that the pool itself gives. */
  private async checkPrice(pool: Address): Promise<void> {
    const read = { address: pool, abi: poolAbi, functionName: "slot0" } as const;
    const [price] = await this.client.readContract({ ...read, blockNumber: BigInt(this.next) });
    if (price !== this.prices.get(pool)) throw new RangeError(`${pool} says another price than its logs`);
  }
}

export class UnknownNftError extends Error {
  override readonly name = "UnknownNftError";

  constructor(tokenId: bigint) {
    super(`NFT ${tokenId} does something before it has liquidity`);
  }
}
