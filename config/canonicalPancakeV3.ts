import type { Deployment } from "./protocols.ts";

/**
 * PancakeSwap's own deployment of its v3 on each chain id: PancakeV3Factory, NonfungiblePositionManager and
 * MasterChefV3, the farm that holds NFTs for their owners. Factory and manager are from "v3 contracts" of PancakeSwap's
 * developer documentation (developer.pancakeswap.finance), which github.com/pancakeswap/pancake-v3-contracts repeats
 * for BNB Smart Chain in deployments/bscMainnet.json; the farms from packages/farms/src/const.ts of
 * github.com/pancakeswap/pancake-frontend.
 *
 * @example canonicalPancakeV3[56]?.factory // "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865"
 */
export const canonicalPancakeV3: Readonly<Record<number, Deployment>> = {
  // Ethereum
  1: {
    factory: "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865",
    positionManager: "0x46A15B0b27311cedF172AB29E4f4766fbE7F4364",
    stakers: ["0x556B9306565093C855AEA9AE92A594704c2Cd59e"],
  },
  // BNB Smart Chain
  56: {
    factory: "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865",
    positionManager: "0x46A15B0b27311cedF172AB29E4f4766fbE7F4364",
    stakers: ["0x556B9306565093C855AEA9AE92A594704c2Cd59e"],
  },
  // opBNB
  204: {
    factory: "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865",
    positionManager: "0x46A15B0b27311cedF172AB29E4f4766fbE7F4364",
    stakers: ["0x05ddEDd07C51739d2aE21F6A9d97a8d69C2C3aaA"],
  },
  // Base
  8453: {
    factory: "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865",
    positionManager: "0x46A15B0b27311cedF172AB29E4f4766fbE7F4364",
    stakers: ["0xC6A2Db661D5a5690172d8eB0a7DEA2d3008665A3"],
  },
  // Arbitrum One
  42161: {
    factory: "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865",
    positionManager: "0x46A15B0b27311cedF172AB29E4f4766fbE7F4364",
    stakers: ["0x5e09ACf80C0296740eC5d6F643005a4ef8DaA694"],
  },
  // Linea
  59144: {
    factory: "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865",
    positionManager: "0x46A15B0b27311cedF172AB29E4f4766fbE7F4364",
    stakers: ["0x22E2f236065B780FA33EC8C4E58b99ebc8B55c57"],
  },
};
