/**
 * Dollar stablecoins and the wrapped native token of each chain id: they decide which token of a pool is the
 * risk token (quote token and stablecoins before wrapped native before all others). A chain's own entry in
 * the markets file goes before this table.
 *
 * @example knownTokens[10]?.wrappedNative // "0x4200000000000000000000000000000000000006"
 */
export const knownTokens: Readonly<Record<number, KnownTokens>> = {
  // Ethereum: USDC, USDT, DAI
  1: {
    stablecoins: [
      "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
      "0xdAC17F958D2ee523a2206206994597C13D831ec7",
      "0x6B175474E89094C44Da98b954EedeAC495271d0F",
    ],
    wrappedNative: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
  },
  // Optimism: USDC, bridged USDC, USDT, DAI
  10: {
    stablecoins: [
      "0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85",
      "0x7F5c764cBc14f9669B88837ca1490cCa17c31607",
      "0x94b008aA00579c1307B0EF2c499aD98a8ce58e58",
      "0xDA10009cBd5D07dd0CeCc66161FC93D7c9000da1",
    ],
    wrappedNative: "0x4200000000000000000000000000000000000006",
  },
  // BNB Smart Chain: USDC, USDT, DAI
  56: {
    stablecoins: [
      "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d",
      "0x55d398326f99059fF775485246999027B3197955",
      "0x1AF3F329e8BE154074D8769D1FFa4eE058B1DBc3",
    ],
    wrappedNative: "0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c",
  },
  // Unichain: USDC, USDT0, DAI
  130: {
    stablecoins: [
      "0x078D782b760474a361dDA0AF3839290b0EF57AD6",
      "0x9151434b16b9763660705744891fA906F660EcC5",
      "0x20CAb320A855b39F724131C69424240519573f81",
    ],
    wrappedNative: "0x4200000000000000000000000000000000000006",
  },
  // Polygon: USDC, bridged USDC, USDT, DAI
  137: {
    stablecoins: [
      "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359",
      "0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174",
      "0xc2132D05D31c914a87C6611C10748AEb04B58e8F",
      "0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063",
    ],
    wrappedNative: "0x0d500B1d8E8eF31E21C99d1Db9A6444d3ADf1270",
  },
  // Base: USDC, bridged USDC, USDT, DAI
  8453: {
    stablecoins: [
      "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
      "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA",
      "0xfde4C96c8593536E31F229EA8f37b2ADa2699bb2",
      "0x50c5725949A6F0c72E6C4a641F24049A917DB0Cb",
    ],
    wrappedNative: "0x4200000000000000000000000000000000000006",
  },
  // Arbitrum One: USDC, bridged USDC, USDT, DAI
  42161: {
    stablecoins: [
      "0xaf88d065e77c8cC2239327C5EDb3A432268e5831",
      "0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8",
      "0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9",
      "0xDA10009cBd5D07dd0CeCc66161FC93D7c9000da1",
    ],
    wrappedNative: "0x82aF49447D8a07e3bd95BD0d56f35241523fBab1",
  },
};

export type KnownTokens = { stablecoins: readonly `0x${string}`[]; wrappedNative: `0x${string}` };
