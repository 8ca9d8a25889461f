import type { PricedPool } from "./pool.ts";
import type { OwnedPosition, PositionIdentity } from "./position.ts";

type Minted = { to: `0x${string}`; shares: bigint; logIndex: number };

/**
 * What a pair logged in the last transaction that touched it, as far as later logs of the transaction need it. A call
 * logs Transfers of LP tokens, then Sync, then Mint or Burn or Swap: only the last says what the others were for.
 */
export type PairSteps = {
  transactionHash: `0x${string}` | null;
  /** The last Transfer from 0: the LP's own if a Mint follows, else the protocol's. */
  minted: Minted | null;
  /** LP tokens that the first Mint locks at address 0. */
  lockedShares: bigint;
  /** Whether the call has minted for the protocol. */
  feeMinted: boolean;
  /** The Transfer from the pair to 0 of a burn, and all that lay in the pair before it. */
  burnt: { shares: bigint; parkedShares: bigint; parkedBasisX64: bigint; logIndex: number } | null;
  /** The last Sync, and the pair before it: what follows the Sync in its call says what it was. */
  sync: { logIndex: number; before: PricedPool } | null;
  /** Who sent LP tokens to the pair in this transaction, for a burn to come. */
  senders: PairSender[];
};

export type PairSender = {
  owner: `0x${string}`;
  shares: bigint;
  /** Of its first Transfer and all later ones. */
  logIndexes: number[];
  /** The position as it would be with these LP tokens still its own: a burn of them is its withdrawal. */
  unsent: PositionIdentity & OwnedPosition;
};

/** Between transactions: LP tokens that lie in the pair, nobody's, and what the last one's logs were. */
export type PairCall = { parkedShares: bigint; parkedBasisX64: bigint; steps: PairSteps };

const NO_STEPS: PairSteps = {
  transactionHash: null,
  minted: null,
  lockedShares: 0n,
  feeMinted: false,
  burnt: null,
  sync: null,
  senders: [],
};

export const emptyCall: PairCall = { parkedShares: 0n, parkedBasisX64: 0n, steps: NO_STEPS };

/** The call as a log of this transaction finds it: nothing of an earlier one is left but what lies in the pair. */
export function inTransaction(call: PairCall, transactionHash: `0x${string}`): PairCall {
  if (call.steps.transactionHash === transactionHash) return call;
  return { ...call, steps: { ...NO_STEPS, transactionHash } };
}

/** After a Mint, Burn or Swap: what a later call of the transaction may still need. */
export function endCall(call: PairCall): PairCall {
  const { transactionHash, senders } = call.steps;
  return { ...call, steps: { ...NO_STEPS, transactionHash, senders } };
}

/** As text, since a row holds no nested integers. Example: `encodeSteps` of 10n in a field writes "10n". */
export function encodeSteps(steps: PairSteps): string {
  return JSON.stringify(steps, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
}

export function decodeSteps(text: string): PairSteps {
  return JSON.parse(text, (_, value) =>
    typeof value === "string" && /^-?\d+n$/u.test(value) ? BigInt(value.slice(0, -1)) : value,
  );
}
