import type { RigProtocol } from "../../../demo/chain/protocolRig.ts";
import type { StepName } from "./history.ts";

/** Where a protocol's position lives another life than the others', and why. What is not here is the same in all. */
export type Difference = {
  /** Operations that it has not. */
  without: readonly StepName[];
  /** Kinds of events that its operations leave, oldest first, where they are not those of {@link COMMON_EVENTS}. */
  events?: Partial<Record<StepName, readonly string[]>>;
  /** The receiver of a transfer has a position of his own. */
  splitsByOwner?: true;
  /** No check of fees by growth against fees by flows. */
  noResidual?: true;
  reasons: readonly string[];
};

export const COMMON_EVENTS: Readonly<Record<StepName, readonly string[]>> = {
  open: ["DEPOSIT"],
  add: ["DEPOSIT"],
  "partly close": ["WITHDRAW"],
  collect: ["COLLECT"],
  transfer: ["TRANSFER"],
  // The position manager burns the NFT at the end, in a Transfer to nobody.
  close: ["WITHDRAW", "COLLECT", "TRANSFER"],
};

const LIKE_V3: Difference = { without: [], reasons: [] };

export const differences: Readonly<Record<RigProtocol, Difference>> = {
  UNISWAP_V2: {
    without: ["collect"],
    events: { close: ["WITHDRAW"] },
    splitsByOwner: true,
    noResidual: true,
    reasons: [
      "fees sit in the reserves and are paid with the shares that a burn takes: there is nothing to collect",
      "shares are fungible: a position is what one holder has of them, so that a transfer is a part of one and of another",
      "no contract counts fees by position, so that there are no two ways of counting them to compare",
    ],
  },
  UNISWAP_V3: LIKE_V3,
  UNISWAP_V4: {
    without: [],
    events: { close: ["TRANSFER", "WITHDRAW"] },
    reasons: [
      "a withdrawal pays out principal and fees at once, and the NFT is burnt before its liquidity is taken out",
    ],
  },
  PANCAKESWAP_V3: LIKE_V3,
  ALGEBRA_INTEGRAL: LIKE_V3,
};
