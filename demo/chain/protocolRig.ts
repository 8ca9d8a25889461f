import type { Address, Hex, TransactionReceipt } from "viem";
import type { ChainClient } from "./client.ts";
import type { Call } from "./sendInOneBlock.ts";

export type RigProtocol = "UNISWAP_V2" | "UNISWAP_V3" | "UNISWAP_V4" | "PANCAKESWAP_V3" | "ALGEBRA_INTEGRAL";

/** A position that a rig opened, and what its protocol knows it by. */
export interface RigPosition {
  /** null: not an NFT. */
  tokenId: bigint | null;
  /** Who operates it and pays: holder of the NFT, owner of the shares, or user of the contract that owns it. */
  account: Address;
  /** Owner as the pool's own events say it; of an NFT the position manager. */
  owner: Address;
  tickLower: number;
  tickUpper: number;
  /** Of v4 alone: as 32 bytes. */
  salt: Hex | null;
}

export interface OpenOrder {
  account: Address;
  /** Multiples of the pool's spacing. Of no account on v2. */
  tickLower: number;
  tickUpper: number;
  /** About so much: position managers take amounts, and round down. On v2: so many shares. */
  liquidity: bigint;
  /** Without the position manager: the account, or the caller contract of the rig, is the core position's owner. */
  direct?: boolean;
}

export interface TradeOrder {
  account: Address;
  zeroForOne: boolean;
  /** Over 0: exactly so much in; under 0: exactly so much out. */
  amount: bigint;
  /** sqrtPriceX96 to stop at. Ignored by v2. */
  limit?: bigint;
}

/**
 * One pool of a protocol on a local chain, with published bytecode, driven in one way whatever the protocol. Each
 * operation is a transaction in a block of its own; what reverts throws.
 *
 * @example
 * const { position } = await rig.open({ account, tickLower: -600, tickUpper: 600, liquidity: 10n ** 18n });
 * await rig.swap({ account, zeroForOne: true, amount: 10n ** 15n });
 * await rig.close(position);
 */
export interface ProtocolRig {
  protocol: RigProtocol;
  client: ChainClient;
  deployer: Address;
  /** Unlocked, with ether and both tokens, all spenders approved. The deployer left out. */
  accounts: Address[];
  /** Of v4: the pool manager. */
  factory: Address;
  /** null: the protocol has none here. */
  positionManager: Address | null;
  /** Address of the pool; on v4 its id. */
  pool: Hex;
  token0: Address;
  token1: Address;
  tickSpacing: number;
  open(order: OpenOrder): Promise<{ position: RigPosition; receipt: TransactionReceipt }>;
  add(position: RigPosition, liquidity: bigint): Promise<TransactionReceipt>;
  /** Takes liquidity out; where the protocol pays it out at a collect, it stays owed. */
  remove(position: RigPosition, liquidity: bigint): Promise<TransactionReceipt>;
  /** Takes out all that is owed. v2 owes nothing, so there it throws. */
  collect(position: RigPosition): Promise<TransactionReceipt>;
  /** Hands an NFT, or all shares, to another account. Core positions cannot be handed over: throws. */
  transfer(
    position: RigPosition,
    to: Address,
  ): Promise<{ position: RigPosition; receipt: TransactionReceipt }>;
  /** Takes everything out and, where there is an NFT, burns it. */
  close(position: RigPosition): Promise<TransactionReceipt>;
  swap(order: TradeOrder): Promise<TransactionReceipt>;
  /** Liquidity (on v2 shares) that the chain says the position has now. */
  liquidityOf(position: RigPosition): Promise<bigint>;
  /** The pool's price and tick as the chain says them; on v2 from the reserves. */
  price(): Promise<{ sqrtPriceX96: bigint; liquidity: bigint }>;
  /** Sends any calls in one block. */
  send(...calls: Call[]): Promise<TransactionReceipt[]>;
}

export class NotOfThisProtocolError extends Error {
  override name = "NotOfThisProtocolError";

  constructor(protocol: RigProtocol, operation: string) {
    super(`${protocol} has no ${operation}: leave it out for this protocol.`);
  }
}
