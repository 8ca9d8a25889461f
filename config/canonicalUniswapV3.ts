import type { Deployment } from "./protocols.ts";

/**
 * Uniswap Labs' own deployment of Uniswap v3 on each chain id: factory and NonfungiblePositionManager as
 * @uniswap/sdk-core 7.19.4 lists them (CHAIN_TO_ADDRESSES_MAP), the UniswapV3Staker where the README of
 * github.com/Uniswap/v3-staker names one.
 *
 * @example canonicalUniswapV3[8453]?.factory // "0x33128a8fC17869897dcE68Ed026d694621f6FDfD"
 */
export const canonicalUniswapV3: Readonly<Record<number, Deployment>> = {
  // Ethereum
  1: {
    factory: "0x1F98431c8aD98523631AE4a59f267346ea31F984",
    positionManager: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
    stakers: ["0xe34139463bA50bD61336E0c446Bd8C0867c6fE65"],
  },
  // Optimism
  10: {
    factory: "0x1F98431c8aD98523631AE4a59f267346ea31F984",
    positionManager: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
    stakers: ["0xe34139463bA50bD61336E0c446Bd8C0867c6fE65"],
  },
  // BNB Smart Chain
  56: {
    factory: "0xdB1d10011AD0Ff90774D0C6Bb92e5C5c8b4461F7",
    positionManager: "0x7b8A01B39D58278b5DE7e48c8449c9f4F5170613",
  },
  // Unichain
  130: {
    factory: "0x1F98400000000000000000000000000000000003",
    positionManager: "0x943e6e07a7E8E791dAFC44083e54041D743C46E9",
  },
  // Polygon
  137: {
    factory: "0x1F98431c8aD98523631AE4a59f267346ea31F984",
    positionManager: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
  },
  // World Chain
  480: {
    factory: "0x7a5028BDa40e7B173C278C5342087826455ea25a",
    positionManager: "0xec12a9F9a09f50550686363766Cc153D03c27b5e",
  },
  // Soneium
  1868: {
    factory: "0x42ae7ec7ff020412639d443e245d936429fbe717",
    positionManager: "0x56c1205b0244332011c1e866f4ea5384eb6bfa2c",
  },
  // Base
  8453: {
    factory: "0x33128a8fC17869897dcE68Ed026d694621f6FDfD",
    positionManager: "0x03a520b32C04BF3bEEf7BEb72E919cf822Ed34f1",
    stakers: ["0x42be4d6527829fefa1493e1fb9f3676d2425c3c1"],
  },
  // Arbitrum One
  42161: {
    factory: "0x1F98431c8aD98523631AE4a59f267346ea31F984",
    positionManager: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
    stakers: ["0xe34139463bA50bD61336E0c446Bd8C0867c6fE65"],
  },
  // Celo
  42220: {
    factory: "0xAfE208a311B21f13EF87E33A90049fC17A7acDEc",
    positionManager: "0x3d79EdAaBC0EaB6F08ED885C05Fc0B014290D95A",
  },
  // Avalanche
  43114: {
    factory: "0x740b1c1de25031C31FF4fC9A62f554A55cdC1baD",
    positionManager: "0x655C406EBFa14EE2006250925e54ec43AD184f8B",
  },
  // Ink
  57073: {
    factory: "0x640887a9ba3a9c53ed27d0f7e8246a4f933f3424",
    positionManager: "0xc0836e5b058bbe22ae2266e1ac488a1a0fd8dce8",
  },
  // Linea
  59144: {
    factory: "0x31FAfd4889FA1269F7a13A66eE0fB458f27D72A9",
    positionManager: "0x4615C383F85D0a2BbED973d83ccecf5CB7121463",
  },
  // Blast
  81457: {
    factory: "0x792edAdE80af5fC680d96a2eD80A44247D2Cf6Fd",
    positionManager: "0xB218e4f7cF0533d4696fDfC419A0023D33345F28",
  },
  // Base Sepolia
  84532: {
    factory: "0x4752ba5DBc23f44D87826276BF6Fd6b1C372aD24",
    positionManager: "0x27F971cb582BF9E50F397e4d29a5C7A34f11faA2",
  },
  // Zora
  7777777: {
    factory: "0x7145F8aeef1f6510E92164038E1B6F8cB2c42Cbb",
    positionManager: "0xbC91e8DfA3fF18De43853372A3d7dfe585137D78",
  },
  // Sepolia
  11155111: {
    factory: "0x0227628f3F023bb0B980b67D528571c95c6DaC1c",
    positionManager: "0x1238536071E1c677A632429e3655c799b22cDA52",
  },
};
