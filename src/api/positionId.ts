import { ApiError } from "./errors.ts";

const ADDRESS = "0x[0-9a-f]{40}";
const WORD = "0x[0-9a-f]{64}";
const TICKS = "-?\\d{1,7}:-?\\d{1,7}";
const FORMS = [
  `${ADDRESS}:\\d{1,78}`,
  `${ADDRESS}:${ADDRESS}:${TICKS}`,
  `${WORD}:${ADDRESS}:${TICKS}:${WORD}`,
  `${ADDRESS}:${ADDRESS}`,
].join("|");
const ID = new RegExp(`^(\\d{1,10}):(${FORMS})(?:@(\\d{1,10}))?$`);
const LARGEST_INT = 2 ** 31 - 1;

/**
 * A position's id of the API taken apart: chain, the id that its table knows it by, and the block where it names one.
 * In any letter case. Example: `parsePositionId("1:0xC364...FE88:7@100")` is
 * `{ chainId: 1, positionId: "0xc364...fe88:7", block: 100 }`.
 */
export function parsePositionId(id: string): { chainId: number; positionId: string; block: number | null } {
  const text = id.toLowerCase();
  const [, chainId, positionId, block] = ID.exec(text) ?? [];
  if (
    chainId === undefined ||
    positionId === undefined ||
    Number(chainId) > LARGEST_INT ||
    Number(block ?? 0) > LARGEST_INT
  ) {
    throw new ApiError(
      "BAD_INPUT",
      "A position's id is chainId:manager:tokenId, chainId:pool:owner:tickLower:tickUpper (on v4 with :salt) or chainId:pair:owner, with @block for a past one.",
    );
  }
  return { chainId: Number(chainId), positionId, block: block === undefined ? null : Number(block) };
}
