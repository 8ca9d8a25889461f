/** What happened to positions in a block, from its logs, with the token transfers that paid for it. */
import { type Address, parseEventLogs, type RpcLog, zeroAddress } from "viem";
import { add, nothing, type Pair } from "./amounts.ts";
import { factoryEvents, managerEvents, poolEvents, tokenEvents } from "./chainEvents.ts";
import type { MinedBlock } from "./chainReads.ts";

export type Range = { pool: Address; tickLower: number; tickUpper: number };
type Touch = { range: Range; owner: Address; tokenId: bigint | null };

export type Step = { transaction: number } & (
  | { kind: "price"; pool: Address; sqrtPriceX96: bigint }
  | ({ kind: "deposit" | "withdraw"; liquidity: bigint; amounts: Pair; flow: Pair } & Touch)
  | ({ kind: "collect"; paid: Pair; debited: Pair; flow: Pair } & Touch)
  | { kind: "created"; tokenId: bigint; to: Address }
  | { kind: "transfer"; tokenId: bigint; from: Address; to: Address; first: boolean }
);

export type Contracts = {
  factory: Address;
  manager: Address;
  /** Filled from the factory's logs. */
  pools: Map<Address, { token0: Address; token1: Address; fee: number }>;
};

type Pending = {
  name: "Mint" | "Burn" | "Collect";
  range: Range;
  liquidity: bigint;
  amounts: Pair;
  flow: Pair;
};

/** The steps of one transaction after the other; `flows` are transfers since the pool's last event. */
export function readSteps(block: MinedBlock, contracts: Contracts): Step[] {
  return block.receipts.flatMap(({ logs }, transaction) => {
    const reader = new TransactionReader(contracts, transaction);
    for (const log of logs) reader.read(log);
    return reader.finish();
  });
}

class TransactionReader {
  readonly steps: Step[] = [];
  private readonly flows = new Map<Address, { in: Pair; out: Pair }>();
  /** Of the manager, until its own log names the NFT. */
  private pending: Pending | undefined;

  private readonly contracts: Contracts;
  private readonly transaction: number;

  constructor(contracts: Contracts, transaction: number) {
    this.contracts = contracts;
    this.transaction = transaction;
  }

  read(log: RpcLog): void {
    const address = lower(log.address);
    if (address === this.contracts.factory) this.readFactory(log);
    else if (address === this.contracts.manager) this.readManager(log);
    else if (this.contracts.pools.has(address)) this.readPool(address, log);
    else this.readToken(address, log);
  }

  /** A Mint for the manager that it says nothing about is liquidity of no NFT. */
  finish(): Step[] {
    this.settlePending();
    return this.steps;
  }

  private readFactory(log: RpcLog): void {
    const [event] = parseEventLogs({ abi: factoryEvents, logs: [log] });
    if (event === undefined) return;
    const { token0, token1, fee, pool } = event.args;
    this.contracts.pools.set(lower(pool), { token0: lower(token0), token1: lower(token1), fee });
  }

  private readToken(token: Address, log: RpcLog): void {
    const [event] = parseEventLogs({ abi: tokenEvents, logs: [log] });
    if (event === undefined) return;
    const { from, to, value } = event.args;
    for (const [pool, { token0, token1 }] of this.contracts.pools) {
      if (token !== token0 && token !== token1) continue;
      const amounts: Pair = token === token0 ? [value, 0n] : [0n, value];
      const flow = this.flows.get(pool) ?? { in: nothing, out: nothing };
      if (lower(to) === pool) this.flows.set(pool, { ...flow, in: add(flow.in, amounts) });
      else if (lower(from) === pool) this.flows.set(pool, { ...flow, out: add(flow.out, amounts) });
    }
  }

  private readPool(pool: Address, log: RpcLog): void {
    const [event] = parseEventLogs({ abi: poolEvents, logs: [log] });
    if (event === undefined) return;
    this.settlePending();
    const flow = this.flows.get(pool) ?? { in: nothing, out: nothing };
    this.flows.delete(pool);
    const { eventName, args } = event;
    if (eventName === "Swap" || eventName === "Initialize") {
      const { sqrtPriceX96 } = args;
      this.steps.push({ transaction: this.transaction, kind: "price", pool, sqrtPriceX96 });
    }
    if (eventName !== "Mint" && eventName !== "Burn" && eventName !== "Collect") return;
    const { tickLower, tickUpper, amount0, amount1 } = args;
    this.pending = {
      name: eventName,
      range: { pool, tickLower, tickUpper },
      liquidity: "amount" in args ? args.amount : 0n,
      amounts: [amount0, amount1],
      flow: eventName === "Mint" ? flow.in : flow.out,
    };
    if (lower(args.owner) !== this.contracts.manager) this.claim(lower(args.owner), null);
  }

  private readManager(log: RpcLog): void {
    const [event] = parseEventLogs({ abi: managerEvents, logs: [log] });
    if (event === undefined) return;
    const { eventName, args } = event;
    if (eventName !== "Transfer") {
      this.claim(this.contracts.manager, args.tokenId, [args.amount0, args.amount1]);
      return;
    }
    const [from, to, { tokenId }, { transaction, steps }] = [lower(args.from), lower(args.to), args, this];
    if (from === zeroAddress) steps.push({ transaction, kind: "created", tokenId, to });
    else steps.push({ transaction, kind: "transfer", tokenId, from, to, first: steps.length === 0 });
  }

  private settlePending(): void {
    if (this.pending?.name === "Mint") this.claim(this.contracts.manager, null);
    // A burn of nothing settles fees inside a collect; nobody else can burn for the manager.
    this.pending = undefined;
  }

  /** What the pool just did was for this one. */
  private claim(owner: Address, tokenId: bigint | null, debited?: Pair): void {
    if (this.pending === undefined) throw new UnclaimedError(this.transaction);
    const { name, range, liquidity, amounts, flow } = this.pending;
    this.pending = undefined;
    const touch = { transaction: this.transaction, range, owner, tokenId, flow };
    if (name === "Collect")
      this.steps.push({ ...touch, kind: "collect", paid: amounts, debited: debited ?? amounts });
    else this.steps.push({ ...touch, kind: name === "Mint" ? "deposit" : "withdraw", liquidity, amounts });
  }
}

export function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}

export class UnclaimedError extends Error {
  override readonly name = "UnclaimedError";

  constructor(transaction: number) {
    super(`in transaction ${transaction} the manager speaks of an NFT, and no log of a pool stands before`);
  }
}
