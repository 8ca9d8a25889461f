/** AlgebraFactory (Algebra Integral core 1.2.10): the events that we read. A custom pool has a `Pool` of its own besides its `CustomPool`. */
export const algebraFactoryAbi = [
  {
    type: "event",
    name: "Pool",
    inputs: [
      { name: "token0", type: "address", indexed: true },
      { name: "token1", type: "address", indexed: true },
      { name: "pool", type: "address", indexed: false },
    ],
  },
  {
    type: "event",
    name: "CustomPool",
    inputs: [
      { name: "deployer", type: "address", indexed: true },
      { name: "token0", type: "address", indexed: true },
      { name: "token1", type: "address", indexed: true },
      { name: "pool", type: "address", indexed: false },
    ],
  },
] as const;
