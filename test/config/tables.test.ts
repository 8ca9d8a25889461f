import { createRequire } from "node:module";
import { getAddress } from "viem";
import { describe, expect, it } from "vitest";
import { canonicalUniswapV3 } from "../../config/canonicalUniswapV3.ts";
import { knownTokens } from "../../config/knownTokens.ts";

// Its CommonJS build: the other one's source maps point nowhere, and Vitest complains about each.
const sdk: typeof import("@uniswap/sdk-core") = createRequire(import.meta.url)("@uniswap/sdk-core");

const PROMISED = [1, 10, 56, 130, 137, 8453, 42161];

type Published = { v3CoreFactoryAddress: string; nonfungiblePositionManagerAddress?: string };
const published: Record<string, Published> = sdk.CHAIN_TO_ADDRESSES_MAP;
const wrapped: Record<string, { address: string }> = sdk.WETH9;

describe("the table of canonical deployments", () => {
  it.each(Object.entries(canonicalUniswapV3))("chain %s: equals what Uniswap's SDK publishes", (id, ours) => {
    expect(ours.factory.toLowerCase()).toBe(published[id]?.v3CoreFactoryAddress.toLowerCase());
    expect(ours.positionManager.toLowerCase()).toBe(
      published[id]?.nonfungiblePositionManagerAddress?.toLowerCase(),
    );
  });

  it("has Ethereum, Optimism, BNB, Unichain, Polygon, Base and Arbitrum", () => {
    expect(PROMISED.filter((id) => canonicalUniswapV3[id] === undefined)).toEqual([]);
  });
});

describe("the table of known tokens", () => {
  it("has stablecoins and the wrapped native token of the same chains", () => {
    expect(PROMISED.filter((id) => (knownTokens[id]?.stablecoins.length ?? 0) < 3)).toEqual([]);
  });

  it.each(Object.entries(knownTokens))(
    "chain %s: wrapped native as in Uniswap's SDK, checksums right",
    (id, ours) => {
      expect(ours.wrappedNative).toBe(wrapped[id]?.address);
      expect(ours.stablecoins.map((token) => getAddress(token.toLowerCase()))).toEqual(ours.stablecoins);
    },
  );
});
