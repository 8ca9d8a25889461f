/** UniswapV2Factory (v2-core 1.0.1): the one event that we read. The contract leaves `allPairsLength` without a name. */
export const uniswapV2FactoryAbi = [
  {
    type: "event",
    name: "PairCreated",
    inputs: [
      { name: "token0", type: "address", indexed: true },
      { name: "token1", type: "address", indexed: true },
      { name: "pair", type: "address", indexed: false },
      { name: "allPairsLength", type: "uint256", indexed: false },
    ],
  },
] as const;
