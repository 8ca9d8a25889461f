/** AlgebraPool (Algebra Integral core 1.2.10): the events and views that we read. */
export const algebraPoolAbi = [
  {
    type: "event",
    name: "Initialize",
    inputs: [
      { name: "price", type: "uint160", indexed: false },
      { name: "tick", type: "int24", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Mint",
    inputs: [
      { name: "sender", type: "address", indexed: false },
      { name: "owner", type: "address", indexed: true },
      { name: "bottomTick", type: "int24", indexed: true },
      { name: "topTick", type: "int24", indexed: true },
      { name: "liquidityAmount", type: "uint128", indexed: false },
      { name: "amount0", type: "uint256", indexed: false },
      { name: "amount1", type: "uint256", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Burn",
    inputs: [
      { name: "owner", type: "address", indexed: true },
      { name: "bottomTick", type: "int24", indexed: true },
      { name: "topTick", type: "int24", indexed: true },
      { name: "liquidityAmount", type: "uint128", indexed: false },
      { name: "amount0", type: "uint256", indexed: false },
      { name: "amount1", type: "uint256", indexed: false },
    ],
  },
  {
    type: "event",
    name: "BurnFee",
    inputs: [
      { name: "owner", type: "address", indexed: true },
      { name: "pluginFee", type: "uint24", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Collect",
    inputs: [
      { name: "owner", type: "address", indexed: true },
      { name: "recipient", type: "address", indexed: false },
      { name: "bottomTick", type: "int24", indexed: true },
      { name: "topTick", type: "int24", indexed: true },
      { name: "amount0", type: "uint128", indexed: false },
      { name: "amount1", type: "uint128", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Swap",
    inputs: [
      { name: "sender", type: "address", indexed: true },
      { name: "recipient", type: "address", indexed: true },
      { name: "amount0", type: "int256", indexed: false },
      { name: "amount1", type: "int256", indexed: false },
      { name: "price", type: "uint160", indexed: false },
      { name: "liquidity", type: "uint128", indexed: false },
      { name: "tick", type: "int24", indexed: false },
    ],
  },
  {
    type: "event",
    name: "SwapFee",
    inputs: [
      { name: "sender", type: "address", indexed: true },
      { name: "overrideFee", type: "uint24", indexed: false },
      { name: "pluginFee", type: "uint24", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Flash",
    inputs: [
      { name: "sender", type: "address", indexed: true },
      { name: "recipient", type: "address", indexed: true },
      { name: "amount0", type: "uint256", indexed: false },
      { name: "amount1", type: "uint256", indexed: false },
      { name: "paid0", type: "uint256", indexed: false },
      { name: "paid1", type: "uint256", indexed: false },
    ],
  },
  {
    type: "event",
    name: "ExcessTokens",
    inputs: [
      { name: "amount0", type: "uint256", indexed: false },
      { name: "amount1", type: "uint256", indexed: false },
    ],
  },
  {
    type: "event",
    name: "CommunityFee",
    inputs: [{ name: "communityFeeNew", type: "uint16", indexed: false }],
  },
  {
    type: "event",
    name: "Fee",
    inputs: [{ name: "fee", type: "uint16", indexed: false }],
  },
  {
    type: "event",
    name: "TickSpacing",
    inputs: [{ name: "newTickSpacing", type: "int24", indexed: false }],
  },
  {
    type: "event",
    name: "Plugin",
    inputs: [{ name: "newPluginAddress", type: "address", indexed: false }],
  },
  {
    type: "event",
    name: "PluginConfig",
    inputs: [{ name: "newPluginConfig", type: "uint8", indexed: false }],
  },
  {
    type: "event",
    name: "Skim",
    inputs: [
      { name: "to", type: "address", indexed: true },
      { name: "amount0", type: "uint256", indexed: false },
      { name: "amount1", type: "uint256", indexed: false },
    ],
  },
  {
    type: "event",
    name: "CommunityVault",
    inputs: [{ name: "newCommunityVault", type: "address", indexed: false }],
  },
  view("factory", "address"),
  view("token0", "address"),
  view("token1", "address"),
  view("tickSpacing", "int24"),
] as const;

function view<const name extends string, const type extends string>(name: name, type: type) {
  return {
    type: "function",
    name,
    stateMutability: "view",
    inputs: [],
    outputs: [{ name: "", type }],
  } as const;
}
