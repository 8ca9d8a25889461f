import type { Token } from "../queries/tokens.ts";

export const tokenResolvers = {
  id: ({ chainId, address }: Token) => `${chainId}:${address}`,
};
