/** A change of source text that must turn a test red; `from` stands exactly once in its file. */
export type Mutation = { name: string; edits: readonly Edit[] };
export type Edit = { file: string; from: string; to: string };

const WALK = "src/state/swapWalk.ts";
const PATH = "src/state/swapPath.ts";
const FIT = "src/state/swapFit.ts";
const RULE = "src/state/swapRule.ts";
const REPLAY = "src/state/replaySwap.ts";
const SETTLE = "src/state/settleLvr.ts";
const INSIDE = "src/state/growthInside.ts";

/** Without its checks the replay would not throw on a shortcut: its figures alone must then give it away. */
const UNCHECKED: readonly Edit[] = [
  { file: REPLAY, from: "  requireEnd(walk, swap, path.ahead);\n", to: "" },
  { file: WALK, from: "if (walk.remaining < 0n) {", to: "if (walk.remaining < -(2n ** 255n)) {" },
  {
    file: WALK,
    from: "walk.onFullFee = endsOnFullFee(step, fee, walk.zeroForOne);",
    to: "walk.onFullFee = true;",
  },
  { file: WALK, from: "if (liquidity < 0n) {", to: "if (liquidity < -(2n ** 255n)) {" },
  { file: WALK, from: "if (toLps < 0n) {", to: "if (toLps < -(2n ** 255n)) {" },
];

const NO_STOPS: Edit = {
  file: REPLAY,
  from: "const stop = takeStop(path, walk.tick, walk.liquidity > 0n);",
  to: "const stop = undefined;",
};
const LAST_CREDIT = "credit(walk, amountIn, remaining - amountIn);";

/** The shortcuts of metrics.md 5.9. */
const shortcuts: readonly Mutation[] = [
  { name: "one step at the liquidity before", edits: [NO_STOPS] },
  {
    name: "one step at the liquidity after",
    edits: [NO_STOPS, { file: REPLAY, from: "liquidity: pool.liquidity,", to: "liquidity: swap.liquidity," }],
  },
  {
    name: "no edges of words",
    edits: [
      {
        file: PATH,
        from: "const edge = path.wordEdges && hasLiquidity ? wordEdge(path, tick) : undefined;",
        to: "const edge = undefined;",
      },
    ],
  },
  {
    name: "closed form on the last step",
    edits: [{ file: WALK, from: LAST_CREDIT, to: "credit(walk, amountIn, getFeeOnInput(amountIn, fee));" }],
  },
  {
    name: "fee rate on all that is left, on the last step",
    edits: [
      {
        file: WALK,
        from: LAST_CREDIT,
        to: "credit(walk, amountIn, (remaining * fee + 999_999n) / 1_000_000n);",
      },
    ],
  },
  {
    name: "dust to those whom the last stop leaves",
    edits: [
      { file: REPLAY, from: "stepTo(walk, stop);", to: "stepTo(walk, stop, swap.sqrtPriceX96);" },
      {
        file: WALK,
        from: "export function stepTo(walk: SwapWalk, stop: SwapStop)",
        to: "export function stepTo(walk, stop, endX96)",
      },
      {
        file: WALK,
        from: "  credit(walk, amountIn, feeAmount);\n",
        to: "  const lands = walk.sqrtPriceX96 === endX96;\n  credit(walk, amountIn, lands ? feeAmount + walk.remaining : feeAmount);\n  if (lands) walk.remaining = 0n;\n",
      },
    ],
  },
].map(({ name, edits }) => ({ name, edits: [...edits, ...UNCHECKED] }));

const accounting: readonly Mutation[] = [
  {
    name: "token0 and token1 exchanged in the pool's growth",
    edits: [
      {
        file: REPLAY,
        from: "feeGrowthGlobal0X128: zeroForOne ? growthX128 :",
        to: "feeGrowthGlobal0X128: !zeroForOne ? growthX128 :",
      },
      {
        file: REPLAY,
        from: "feeGrowthGlobal1X128: zeroForOne ? pool.feeGrowthGlobal1X128",
        to: "feeGrowthGlobal1X128: !zeroForOne ? pool.feeGrowthGlobal1X128",
      },
    ],
  },
  {
    name: "token0 and token1 exchanged at a crossing",
    edits: [
      {
        file: WALK,
        from: "const growth0X128 = walk.zeroForOne ?",
        to: "const growth0X128 = !walk.zeroForOne ?",
      },
    ],
  },
  {
    name: "a fee credited twice",
    edits: [{ file: WALK, from: "(toLps << 128n)", to: "2n * (toLps << 128n)" }],
  },
  {
    name: "the protocol's part not rounded down",
    edits: [
      {
        file: RULE,
        from: "feeAmount / feeProtocol,",
        to: "(feeAmount + feeProtocol - 1n) / feeProtocol,",
      },
    ],
  },
  {
    name: "the protocol's part rounded once a swap",
    edits: [
      {
        file: WALK,
        from: "const toLps = feeAmount - toProtocol - toPlugin;",
        to: "walk.whole = (walk.whole ?? 0n) + feeAmount;\n  const toLps = feeAmount - toProtocol - toPlugin;",
      },
      {
        file: WALK,
        from: "walk.feeProtocol += toProtocol;",
        to: "walk.feeProtocol = terms.feeProtocol > 0n ? walk.whole / terms.feeProtocol : 0n;",
      },
    ],
  },
  {
    name: "the protocol's fee of the other token",
    edits: [
      {
        file: REPLAY,
        from: "zeroForOne ? pool.feeProtocol0 : pool.feeProtocol1",
        to: "zeroForOne ? pool.feeProtocol1 : pool.feeProtocol0",
      },
    ],
  },
  {
    name: "growth that does not go round at 2^256",
    edits: [
      {
        file: WALK,
        from: "BigInt.asUintN(256, walk.growthX128 + (toLps << 128n) / walk.liquidity)",
        to: "walk.growthX128 + (toLps << 128n) / walk.liquidity",
      },
    ],
  },
];

const crossings: readonly Mutation[] = [
  {
    name: "no flip of token0's growth",
    edits: [
      {
        file: WALK,
        from: "BigInt.asUintN(256, growth0X128 - state.feeGrowthOutside0X128)",
        to: "state.feeGrowthOutside0X128",
      },
    ],
  },
  {
    name: "no flip of token1's growth",
    edits: [
      {
        file: WALK,
        from: "BigInt.asUintN(256, growth1X128 - state.feeGrowthOutside1X128)",
        to: "state.feeGrowthOutside1X128",
      },
    ],
  },
  {
    name: "no flip of seconds",
    edits: [{ file: WALK, from: "walk.timestamp - state.secondsOutside", to: "state.secondsOutside" }],
  },
  {
    name: "crossed before its step is credited",
    edits: [
      {
        file: WALK,
        from: "  credit(walk, amountIn, feeAmount);\n  if (stop.initialized !== undefined) cross(walk, stop.initialized);\n",
        to: "  if (stop.initialized !== undefined) cross(walk, stop.initialized);\n  credit(walk, amountIn, feeAmount);\n",
      },
    ],
  },
  {
    name: "a landing that does not cross",
    edits: [
      { file: PATH, from: "sqrtPriceX96 < path.endX96) return", to: "sqrtPriceX96 <= path.endX96) return" },
    ],
  },
  {
    name: "an edge of a word without liquidity that is not landed on",
    edits: [{ file: PATH, from: "return onEdge ? endFloor - 1 : endFloor;", to: "return endFloor;" }],
  },
  {
    name: "the upper edge of a word a tick too high",
    edits: [{ file: PATH, from: "(word * WORD + WORD - 1)", to: "(word * WORD + WORD)" }],
  },
];

const checks: readonly Mutation[] = [
  ["missed ticks", REPLAY, "if (missed.length > 0) {", "if (missed.length > 99) {"],
  ["the tick", REPLAY, "if (tick !== swap.tick) throw", "if (tick === undefined) throw"],
  ["the liquidity", REPLAY, "if (liquidity !== swap.liquidity) {", "if (liquidity === undefined) {"],
  ["the output", FIT, "if (paid === expected) return;", "return;"],
  ["the output of an exact input", FIT, "if (onFullFee && asked > 0n", "if (asked > 0n"],
  ["the last step's fee", FIT, "if (reached === toX96) return false;", "return false;"],
  ["the last step's input", FIT, "if (feeAmount < 0n) {", "if (feeAmount === undefined) {"],
  ["a whole step's input", WALK, "if (walk.remaining < 0n) {", "if (walk.remaining === undefined) {"],
  ["liquidity below 0", WALK, "if (liquidity < 0n) {", "if (liquidity === undefined) {"],
  [
    "the way of the price",
    FIT,
    "if (!stood && zeroForOne !== sqrtPriceX96 < fromX96) {",
    "if (stood === undefined) {",
  ],
  [
    "all of the input being fee",
    WALK,
    "if (amountIn > 0n && walk.terms.fee === ONE_IN_PIPS) {",
    "if (walk === undefined) {",
  ],
  ["parts above the fee", WALK, "if (toLps < 0n) {", "if (toLps === undefined) {"],
  ["the highest fee", REPLAY, "&& fee <= rule.maxFee)", "&& fee <= 2_000_000)"],
  ["the plugin's part of the fee", REPLAY, "pluginFee <= fee &&", ""],
  ["the sign of the output", FIT, "|| output > 0n ||", "||"],
  [
    "the range of prices",
    FIT,
    "sqrtPriceX96 < MIN_SQRT_PRICE ||\n    sqrtPriceX96 >= MAX_SQRT_PRICE ||\n",
    "",
  ],
].map(([what, file = "", from = "", to = ""]) => ({
  name: `no check of ${what}`,
  edits: [{ file, from, to }],
}));

/** Each makes one protocol's swap another's. */
const rules: readonly Mutation[] = [
  ["v4: the last step's fee by its prices", "lastFeeByRate: true", "lastFeeByRate: false"],
  ["v3: the last step's fee by its rate", "lastFeeByRate: false", "lastFeeByRate: true"],
  [
    "v4: the protocol's part of the fee alone",
    "((amountIn + feeAmount) * feeProtocol)",
    "(feeAmount * feeProtocol)",
  ],
  ["v4: the protocol's part rounded down without an LP fee", "fee === feeProtocol ?", "fee === -1n ?"],
  ["v4: a swap that a hook took over is refused", "mayStandStill: true", "mayStandStill: false"],
  ["v3: a swap of nothing passes", "mayStandStill: false", "mayStandStill: true"],
  ["v4: no swap that is all fee", "maxFee: 1_000_000", "maxFee: 999_999"],
  [
    "PancakeSwap: the protocol's part as a denominator",
    "(feeAmount * feeProtocol) / 10_000n",
    "feeAmount / feeProtocol",
  ],
  ["Algebra: steps end at the edges of words", "wordEdges: false", "wordEdges: true"],
  [
    "Algebra: the community's part in 1/10,000",
    "(feeAmount * feeProtocol) / 1000n",
    "(feeAmount * feeProtocol) / 10_000n",
  ],
  [
    "Algebra: the plugin's part in pips",
    "(feeAmount * pluginFee) / fee",
    "(feeAmount * pluginFee) / 1_000_000n",
  ],
].map(([name = "", from = "", to = ""]) => ({ name, edits: [{ file: RULE, from, to }] }));

const partsInTurn: readonly Mutation[] = [
  {
    name: "Algebra: the plugin's part before the community's",
    edits: [
      {
        file: WALK,
        from: "rule.toPlugin(feeAmount - toProtocol, terms)",
        to: "rule.toPlugin(feeAmount, terms)",
      },
    ],
  },
  {
    name: "Algebra: without liquidity it rests below the edge of a word",
    edits: [
      { file: PATH, from: "const mayBeEdge = zeroForOne && wordEdges;", to: "const mayBeEdge = zeroForOne;" },
    ],
  },
];

const otherGrowth: readonly Mutation[] = [
  {
    name: "no flip of loss versus rebalancing",
    edits: [{ file: SETTLE, from: "return { ...state, lvrOutsideX128 };", to: "return state;" }],
  },
  {
    name: "going up, the growth after the move",
    edits: [
      {
        file: SETTLE,
        from: "before - state.lvrOutsideX128 + below",
        to: "after - state.lvrOutsideX128 + below",
      },
    ],
  },
  {
    name: "the price's path split at the tick",
    edits: [
      {
        file: SETTLE,
        from: "getSqrtPriceAtTick(state.tick), from, to)",
        to: "getSqrtPriceAtTick(state.tick), from, getSqrtPriceAtTick(state.tick))",
      },
    ],
  },
  {
    name: "loss versus rebalancing on the side of the pool's tick",
    edits: [{ file: INSIDE, from: "global.lvrTick >= tickLower", to: "global.tick >= tickLower" }],
  },
  {
    name: "fees inside with the upper tick itself",
    edits: [{ file: INSIDE, from: "global.tick < tickUpper", to: "global.tick <= tickUpper" }],
  },
];

/** Each with the tests that have to notice: what throws is no proof that a figure is compared. */
export const replayMutations: readonly { tests: readonly string[]; mutations: readonly Mutation[] }[] = [
  {
    tests: [
      "test/state/replayVector.test.ts",
      "test/state/poolSwapVectors.test.ts",
      "test/state/replayEnsWeth.test.ts",
      "test/state/replaySwapRandom.test.ts",
    ],
    mutations: [...shortcuts, ...accounting, ...crossings],
  },
  {
    tests: ["test/state/swapRule.test.ts", "test/state/replaySwapRandom.test.ts"],
    mutations: [...rules, ...partsInTurn],
  },
  { tests: ["test/state/replaySwapLost.test.ts"], mutations: checks },
  { tests: ["test/state/growthInside.test.ts", "test/state/settleLvr.test.ts"], mutations: otherGrowth },
];
