/** By the names that rows and the API have for them. */
export type Protocol = "UNISWAP_V2" | "UNISWAP_V3" | "UNISWAP_V4" | "PANCAKESWAP_V3" | "ALGEBRA_INTEGRAL";

type Of = { protocol: string };

/** Whether liquidity is held as LP tokens of one pair: over all prices, with the fees in the reserves. */
export function isPair({ protocol }: Of): boolean {
  return protocol === "UNISWAP_V2";
}

/** Whether a change of liquidity pays out all that is owed, so that nothing waits for a collect. */
export function paysAtOnce({ protocol }: Of): boolean {
  return protocol === "UNISWAP_V2" || protocol === "UNISWAP_V4";
}

/** Whether its tick spacing, which new positions alone must keep to, may change. */
export function changesTickSpacing({ protocol }: Of): boolean {
  return protocol === "ALGEBRA_INTEGRAL";
}

/** Whether a log tells when the protocol is paid: elsewhere what it is owed now cannot be known from logs. */
export function logsProtocolPayments({ protocol }: Of): boolean {
  return protocol !== "UNISWAP_V4" && protocol !== "ALGEBRA_INTEGRAL";
}
