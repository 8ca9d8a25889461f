/** PositionManager (v4-periphery 1.0.3): the one event that we read. Its ERC-721 calls `tokenId` just `id`. */
export const uniswapV4PositionManagerAbi = [
  {
    type: "event",
    name: "Transfer",
    inputs: [
      { name: "from", type: "address", indexed: true },
      { name: "to", type: "address", indexed: true },
      { name: "tokenId", type: "uint256", indexed: true },
    ],
  },
] as const;
