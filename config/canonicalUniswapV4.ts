import type { Deployment } from "./protocols.ts";

/**
 * Uniswap Labs' own deployment of Uniswap v4 on each chain id: the PoolManager (as `factory`) and the PositionManager,
 * as @uniswap/sdk-core 7.19.4 lists them (CHAIN_TO_ADDRESSES_MAP). None has a staking contract.
 *
 * @example canonicalUniswapV4[1]?.factory // "0x000000000004444c5dc75cB358380D2e3dE08A90"
 */
export const canonicalUniswapV4: Readonly<Record<number, Deployment>> = {
  // Ethereum
  1: {
    factory: "0x000000000004444c5dc75cB358380D2e3dE08A90",
    positionManager: "0xbD216513d74C8cf14cf4747E6AaA6420FF64ee9e",
  },
  // Optimism
  10: {
    factory: "0x9a13F98Cb987694C9F086b1F5eB990EeA8264Ec3",
    positionManager: "0x3C3Ea4B57a46241e54610e5f022E5c45859A1017",
  },
  // BNB Smart Chain
  56: {
    factory: "0x28e2Ea090877bF75740558f6BFB36A5ffeE9e9dF",
    positionManager: "0x7A4a5c919aE2541AeD11041A1AEeE68f1287f95b",
  },
  // Unichain
  130: {
    factory: "0x1F98400000000000000000000000000000000004",
    positionManager: "0x4529A01c7A0410167c5740C487A8DE60232617bf",
  },
  // Polygon
  137: {
    factory: "0x67366782805870060151383F4BbFF9daB53e5cD6",
    positionManager: "0x1Ec2eBf4F37E7363FDfe3551602425af0B3ceef9",
  },
  // World Chain
  480: {
    factory: "0xb1860D529182ac3BC1F51Fa2ABd56662b7D13f33",
    positionManager: "0xC585E0f504613b5fBf874F21Af14c65260fB41fA",
  },
  // Soneium
  1868: {
    factory: "0x360E68faCcca8cA495c1B759Fd9EEe466db9FB32",
    positionManager: "0x1b35d13a2E2528f192637F14B05f0Dc0e7dEB566",
  },
  // Base
  8453: {
    factory: "0x498581fF718922c3f8e6A244956aF099B2652b2b",
    positionManager: "0x7C5f5A4bBd8fD63184577525326123B519429bDc",
  },
  // Arbitrum One
  42161: {
    factory: "0x360E68faCcca8cA495c1B759Fd9EEe466db9FB32",
    positionManager: "0xd88F38F930b7952f2DB2432Cb002E7abbF3dD869",
  },
  // Celo
  42220: {
    factory: "0x288dc841A52FCA2707c6947B3A777c5E56cd87BC",
    positionManager: "0xf7965f3981e4D5BC383BfBCb61501763e9068CA9",
  },
  // Avalanche
  43114: {
    factory: "0x06380C0e0912312B5150364B9DC4542BA0DbBc85",
    positionManager: "0xB74b1F14d2754AcfcbBe1a221023a5cf50Ab8ACD",
  },
  // Ink
  57073: {
    factory: "0x360E68faCcca8cA495c1B759Fd9EEe466db9FB32",
    positionManager: "0x1b35d13a2E2528f192637F14B05f0Dc0e7dEB566",
  },
  // Linea
  59144: {
    factory: "0x248083Fb965359d82b06C1F5322480Dcfc1AD857",
    positionManager: "0xdDCAD5775B2816a87495f207731b3571D7EE3c76",
  },
  // Blast
  81457: {
    factory: "0x1631559198A9e474033433b2958daBC135ab6446",
    positionManager: "0x4AD2F4CcA2682cBB5B950d660dD458a1D3f1bAaD",
  },
  // Base Sepolia
  84532: {
    factory: "0x05E73354cFDd6745C338b50BcFDfA3Aa6fA03408",
    positionManager: "0x4B2C77d209D3405F41a037Ec6c77F7F5b8e2ca80",
  },
  // Zora
  7777777: {
    factory: "0x0575338e4C17006aE181B47900A84404247CA30f",
    positionManager: "0xf66C7b99e2040f0D9b326B3b7c152E9663543D63",
  },
  // Sepolia
  11155111: {
    factory: "0xE03A1074c86CFeDd5C142C4F04F1a1536e203543",
    positionManager: "0x429ba70129df741B2Ca2a85BC3A2a3328e5c09b4",
  },
};
