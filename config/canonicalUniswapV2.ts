import type { Deployment } from "./protocols.ts";

/**
 * Uniswap Labs' own UniswapV2Factory on each chain id, as @uniswap/sdk-core 7.19.4 lists them (V2_FACTORY_ADDRESSES).
 *
 * @example canonicalUniswapV2[1]?.factory // "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f"
 */
export const canonicalUniswapV2: Readonly<Record<number, Deployment>> = {
  // Ethereum
  1: { factory: "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f" },
  // Optimism
  10: { factory: "0x0c3c1c532F1e39EdF36BE9Fe0bE1410313E074Bf" },
  // BNB Smart Chain
  56: { factory: "0x8909Dc15e40173Ff4699343b6eB8132c65e18eC6" },
  // Unichain
  130: { factory: "0x1F98400000000000000000000000000000000002" },
  // Polygon
  137: { factory: "0x9e5A52f57b3038F1B8EeE45F28b3C1967e22799C" },
  // World Chain
  480: { factory: "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f" },
  // Soneium
  1868: { factory: "0x97FeBbC2AdBD5644ba22736E962564B23F5828CE" },
  // Base
  8453: { factory: "0x8909Dc15e40173Ff4699343b6eB8132c65e18eC6" },
  // Arbitrum One
  42161: { factory: "0xf1D7CC64Fb4452F05c498126312eBE29f30Fbcf9" },
  // Celo
  42220: { factory: "0x79a530c8e2fA8748B7B40dd3629C0520c2cCf03f" },
  // Avalanche
  43114: { factory: "0x9e5A52f57b3038F1B8EeE45F28b3C1967e22799C" },
  // Ink
  57073: { factory: "0xfe57A6BA1951F69aE2Ed4abe23e0f095DF500C04" },
  // Linea
  59144: { factory: "0x114A43DF6C5f54EBB8A9d70Cd1951D3dD68004c7" },
  // Blast
  81457: { factory: "0x5C346464d33F90bABaf70dB6388507CC889C1070" },
  // Base Sepolia
  84532: { factory: "0x7Ae58f10f7849cA6F5fB71b7f45CB416c9204b1e" },
  // Sepolia
  11155111: { factory: "0xF62c03E08ada871A0bEb309762E260a7a6a880E6" },
};
