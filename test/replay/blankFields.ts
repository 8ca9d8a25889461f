import { zeroAddress, zeroHash } from "viem";

/** Fields that a block header needs and a recording of logs does not have. */
export const BLANK_HEADER = {
  baseFeePerGas: "0x0",
  difficulty: "0x0",
  extraData: "0x",
  gasLimit: "0x1c9c380",
  gasUsed: "0x0",
  miner: zeroAddress,
  mixHash: zeroHash,
  nonce: "0x0000000000000000",
  receiptsRoot: zeroHash,
  sha3Uncles: zeroHash,
  size: "0x0",
  stateRoot: zeroHash,
  totalDifficulty: "0x0",
  transactionsRoot: zeroHash,
  uncles: [],
} as const;

/** The same for a transaction. */
export const BLANK_TRANSACTION = {
  from: zeroAddress,
  gas: "0x5208",
  gasPrice: "0x0",
  input: "0x",
  nonce: "0x0",
  r: zeroHash,
  s: zeroHash,
  type: "0x0",
  v: "0x1b",
  value: "0x0",
} as const;
