import { ApiError } from "./errors.ts";

const ADDRESS = "0x[0-9a-f]{40}";
const NFT = new RegExp(`^(\\d{1,10}):(${ADDRESS}:\\d{1,78})$`);
const IN_POOL = new RegExp(`^(\\d{1,10}):(${ADDRESS}:${ADDRESS}:-?\\d{1,7}:-?\\d{1,7})$`);
const LARGEST_INT = 2 ** 31 - 1;

/**
 * A position's id of the API taken apart: chain, and the id that its table knows it by. In any letter case.
 * Example: `parsePositionId("1:0xC364...FE88:7")` is `{ chainId: 1, positionId: "0xc364...fe88:7" }`.
 */
export function parsePositionId(id: string): { chainId: number; positionId: string } {
  const text = id.toLowerCase();
  const [, chainId, positionId] = NFT.exec(text) ?? IN_POOL.exec(text) ?? [];
  if (chainId === undefined || positionId === undefined || Number(chainId) > LARGEST_INT) {
    throw new ApiError(
      "BAD_INPUT",
      "A position's id is chainId:manager:tokenId or chainId:pool:owner:tickLower:tickUpper.",
    );
  }
  return { chainId: Number(chainId), positionId };
}
