/**
 * PancakeV3Pool (v3-core 1.0.2): the events and immutables that we read. Those of UniswapV3Pool, but `Swap` also says
 * what the protocol took of the fee, and `SetFeeProtocol` has 32 bits a side, in ten-thousandths of the fee.
 */
export const pancakeV3PoolAbi = [
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
      { name: "protocolFeesToken0", type: "uint128", indexed: false },
      { name: "protocolFeesToken1", type: "uint128", indexed: false },
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
      { name: "feeProtocol0Old", type: "uint32", indexed: false },
      { name: "feeProtocol1Old", type: "uint32", indexed: false },
      { name: "feeProtocol0New", type: "uint32", indexed: false },
      { name: "feeProtocol1New", type: "uint32", indexed: false },
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
  view("factory", "address"),
  view("token0", "address"),
  view("token1", "address"),
  view("fee", "uint24"),
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
