/** UniswapV3Pool (v3-core 1.0.1): the events and immutables that we read. */
export const uniswapV3PoolAbi = [
  {
    type: "event",
    name: "Initialize",
    inputs: [
      { name: "sqrtPriceX96", type: "uint160", indexed: false },
      { name: "tick", type: "int24", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Mint",
    inputs: [
      { name: "sender", type: "address", indexed: false },
      { name: "owner", type: "address", indexed: true },
      { name: "tickLower", type: "int24", indexed: true },
      { name: "tickUpper", type: "int24", indexed: true },
      { name: "amount", type: "uint128", indexed: false },
      { name: "amount0", type: "uint256", indexed: false },
      { name: "amount1", type: "uint256", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Burn",
    inputs: [
      { name: "owner", type: "address", indexed: true },
      { name: "tickLower", type: "int24", indexed: true },
      { name: "tickUpper", type: "int24", indexed: true },
      { name: "amount", type: "uint128", indexed: false },
      { name: "amount0", type: "uint256", indexed: false },
      { name: "amount1", type: "uint256", indexed: false },
    ],
  },
  {
    type: "event",
    name: "Collect",
    inputs: [
      { name: "owner", type: "address", indexed: true },
      { name: "recipient", type: "address", indexed: false },
      { name: "tickLower", type: "int24", indexed: true },
      { name: "tickUpper", type: "int24", indexed: true },
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
      { name: "sqrtPriceX96", type: "uint160", indexed: false },
      { name: "liquidity", type: "uint128", indexed: false },
      { name: "tick", type: "int24", indexed: false },
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
    name: "SetFeeProtocol",
    inputs: [
      { name: "feeProtocol0Old", type: "uint8", indexed: false },
      { name: "feeProtocol1Old", type: "uint8", indexed: false },
      { name: "feeProtocol0New", type: "uint8", indexed: false },
      { name: "feeProtocol1New", type: "uint8", indexed: false },
    ],
  },
  {
    type: "event",
    name: "CollectProtocol",
    inputs: [
      { name: "sender", type: "address", indexed: true },
      { name: "recipient", type: "address", indexed: true },
      { name: "amount0", type: "uint128", indexed: false },
      { name: "amount1", type: "uint128", indexed: false },
    ],
  },
  immutable("factory", "address"),
  immutable("token0", "address"),
  immutable("token1", "address"),
  immutable("fee", "uint24"),
  immutable("tickSpacing", "int24"),
] as const;

function immutable<const name extends string, const type extends string>(name: name, type: type) {
  return {
    type: "function",
    name,
    stateMutability: "view",
    inputs: [],
    outputs: [{ name: "", type }],
  } as const;
}
