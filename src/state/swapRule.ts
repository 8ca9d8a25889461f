/** What of a swap's fee goes to whom, besides the LPs. */
export type FeeTerms = {
  /** Pips: LPs', protocol's and plugin's part together. */
  fee: bigint;
  /** Pips: the plugin's part of `fee`; 0 where there are no plugins. */
  pluginFee: bigint;
  /** The protocol's part on the input token, in the protocol's own unit; 0 = none. */
  feeProtocol: bigint;
};

/** What came in for one step, in raw units of the input token: `amountIn` moved the price or was to, the rest is fee. */
export type StepInput = { amountIn: bigint; feeAmount: bigint };

/** Where the swap of one protocol's contract differs from that of the others. Raw units, all rounded down. */
export type SwapRule = {
  /** Steps end at the edges of the bitmap's words too, not at initialised ticks alone. */
  readonly wordEdges: boolean;
  /** A log may tell of no swap at all: no amounts, and the price where it was. */
  readonly mayStandStill: boolean;
  /** The highest fee that a swap can pay, pips. */
  readonly maxFee: number;
  /** A last step's input whose fee is not what follows from its prices counts as moving the price as far as its rate goes. */
  readonly lastFeeByRate: boolean;
  readonly toProtocol: (step: StepInput, terms: FeeTerms) => bigint;
  /** `feeAmount`: what the protocol left of a step's fee. */
  readonly toPlugin: (feeAmount: bigint, terms: FeeTerms) => bigint;
};

const ONE_IN_PIPS = 1_000_000n;

/** UniswapV3Pool.swap. */
const uniswapV3: SwapRule = {
  wordEdges: true,
  mayStandStill: false,
  maxFee: 999_999,
  lastFeeByRate: false,
  toProtocol: ({ feeAmount }, { feeProtocol }) => feeAmount / feeProtocol,
  toPlugin: () => 0n,
};

/** PancakeV3Pool.swap. */
const pancakeV3: SwapRule = {
  ...uniswapV3,
  toProtocol: ({ feeAmount }, { feeProtocol }) => (feeAmount * feeProtocol) / 10_000n,
};

/** Pool.swap and SwapMath.computeSwapStep of v4-core. */
const uniswapV4: SwapRule = {
  ...uniswapV3,
  // A hook can take a whole swap over, and amountSpecified 0 is none.
  mayStandStill: true,
  maxFee: 1_000_000,
  lastFeeByRate: true,
  toProtocol: ({ amountIn, feeAmount }, { fee, feeProtocol }) =>
    fee === feeProtocol ? feeAmount : ((amountIn + feeAmount) * feeProtocol) / ONE_IN_PIPS,
};

/** SwapCalculation._calculateSwap of Algebra Integral 1.2: ticks are a linked list, without words. */
const algebraIntegral: SwapRule = {
  ...uniswapV3,
  wordEdges: false,
  toProtocol: ({ feeAmount }, { feeProtocol }) => (feeAmount * feeProtocol) / 1000n,
  toPlugin: (feeAmount, { fee, pluginFee }) => (feeAmount * pluginFee) / fee,
};

const RULES: ReadonlyMap<string, SwapRule> = new Map([
  ["UNISWAP_V3", uniswapV3],
  ["PANCAKESWAP_V3", pancakeV3],
  ["UNISWAP_V4", uniswapV4],
  ["ALGEBRA_INTEGRAL", algebraIntegral],
]);

/**
 * The rule of a pool's swaps, by the pool's `protocol`. Each mirrors the contract that is named above it. Throws for
 * a protocol without ticks. Example: `swapRuleOf("ALGEBRA_INTEGRAL").wordEdges` is `false`.
 */
export function swapRuleOf(protocol: string): SwapRule {
  const rule = RULES.get(protocol);
  if (rule === undefined) throw new NoSwapRuleError(protocol);
  return rule;
}

export class NoSwapRuleError extends Error {
  override readonly name = "NoSwapRuleError";

  constructor(protocol: string) {
    super(
      `swaps of ${protocol} are not replayed: call it for pools of ${[...RULES.keys()].join(", ")} alone`,
    );
  }
}
