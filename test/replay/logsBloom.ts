import { bytesToHex, type Hex, hexToBytes, keccak256 } from "viem";

/**
 * The 2048-bit bloom filter of a block's logs: three bits for each address and topic (yellow paper, M3:2048).
 *
 * @example computeLogsBloom([]) // 256 zero bytes
 */
export function computeLogsBloom(logs: readonly { address: Hex; topics: readonly Hex[] }[]): Hex {
  const bloom = new Uint8Array(256);
  for (const value of new Set(logs.flatMap((log) => [log.address, ...log.topics]))) {
    const hash = new DataView(keccak256(hexToBytes(value), "bytes").buffer);
    for (const offset of [0, 2, 4]) {
      const bit = hash.getUint16(offset) & 2047;
      const byte = 255 - (bit >>> 3);
      bloom[byte] = (bloom[byte] ?? 0) | (1 << (bit & 7));
    }
  }
  return bytesToHex(bloom);
}
