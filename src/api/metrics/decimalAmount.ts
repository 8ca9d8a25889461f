const MAX_DECIMALS = 255;

/**
 * A raw amount, signed, as an exact decimal string in whole tokens, without trailing zeros; null without
 * decimals. `tokenDecimals`: 0 to 255, an ERC-20's uint8. Example: `decimalAmount(-1500000n, 6)` is `"-1.5"`.
 */
export function decimalAmount(raw: bigint, tokenDecimals: number | null): string | null {
  if (tokenDecimals === null) return null;
  if (!Number.isInteger(tokenDecimals) || tokenDecimals < 0 || tokenDecimals > MAX_DECIMALS) {
    throw new DecimalsOutOfRangeError(tokenDecimals);
  }
  const sign = raw < 0n ? "-" : "";
  const digits = (raw < 0n ? -raw : raw).toString().padStart(tokenDecimals + 1, "0");
  const point = digits.length - tokenDecimals;
  const fraction = digits.slice(point).replace(/0+$/, "");
  return sign + digits.slice(0, point) + (fraction === "" ? "" : `.${fraction}`);
}

export class DecimalsOutOfRangeError extends Error {
  override readonly name = "DecimalsOutOfRangeError";
  readonly tokenDecimals: number;
  readonly bound = MAX_DECIMALS;

  constructor(tokenDecimals: number) {
    super(`${tokenDecimals} decimals are not an integer from 0 to ${MAX_DECIMALS}: check the token's row`);
    this.tokenDecimals = tokenDecimals;
  }
}
