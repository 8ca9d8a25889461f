import { createRequire } from "node:module";
import { getAddress } from "viem";
import { describe, expect, it } from "vitest";
import { addressInFile } from "../../config/addressInFile.ts";
import { canonicalPancakeV3 } from "../../config/canonicalPancakeV3.ts";
import { canonicalUniswapV2 } from "../../config/canonicalUniswapV2.ts";
import { canonicalUniswapV3 } from "../../config/canonicalUniswapV3.ts";
import { canonicalUniswapV4 } from "../../config/canonicalUniswapV4.ts";
import { knownTokens } from "../../config/knownTokens.ts";

// Its CommonJS build: the other one's source maps point nowhere, and Vitest complains about each.
const sdk: typeof import("@uniswap/sdk-core") = createRequire(import.meta.url)("@uniswap/sdk-core");

const PROMISED = [1, 10, 56, 130, 137, 8453, 42161];

type Published = {
  v3CoreFactoryAddress: string;
  nonfungiblePositionManagerAddress?: string;
  v4PoolManagerAddress?: string;
  v4PositionManagerAddress?: string;
};
const published: Record<string, Published> = sdk.CHAIN_TO_ADDRESSES_MAP;
const v2Factories: Record<string, string> = sdk.V2_FACTORY_ADDRESSES;
const wrapped: Record<string, { address: string }> = sdk.WETH9;

const tables = { canonicalUniswapV2, canonicalUniswapV3, canonicalUniswapV4, canonicalPancakeV3 };

describe("the tables of canonical deployments", () => {
  it.each(Object.entries(canonicalUniswapV2))(
    "Uniswap v2 on chain %s: as Uniswap's SDK has it",
    (id, ours) => {
      expect(ours.factory.toLowerCase()).toBe(v2Factories[id]?.toLowerCase());
      expect(Object.keys(ours)).toEqual(["factory"]);
    },
  );

  it.each(Object.entries(canonicalUniswapV3))(
    "Uniswap v3 on chain %s: as Uniswap's SDK has it",
    (id, ours) => {
      expect(ours.factory.toLowerCase()).toBe(published[id]?.v3CoreFactoryAddress.toLowerCase());
      expect(ours.positionManager?.toLowerCase()).toBe(
        published[id]?.nonfungiblePositionManagerAddress?.toLowerCase(),
      );
    },
  );

  it.each(Object.entries(canonicalUniswapV4))(
    "Uniswap v4 on chain %s: as Uniswap's SDK has it",
    (id, ours) => {
      expect(ours.factory.toLowerCase()).toBe(published[id]?.v4PoolManagerAddress?.toLowerCase());
      expect(ours.positionManager?.toLowerCase()).toBe(
        published[id]?.v4PositionManagerAddress?.toLowerCase(),
      );
    },
  );

  // Written down anew from deployments/bscMainnet.json of PancakeSwap's contracts.
  it("PancakeSwap v3 on BNB Smart Chain: as its own deployment file has it", () => {
    expect(canonicalPancakeV3[56]).toEqual({
      factory: "0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865",
      positionManager: "0x46A15B0b27311cedF172AB29E4f4766fbE7F4364",
      stakers: ["0x556B9306565093C855AEA9AE92A594704c2Cd59e"],
    });
  });

  it.each([
    ["Uniswap v2", canonicalUniswapV2],
    ["Uniswap v3", canonicalUniswapV3],
    ["Uniswap v4", canonicalUniswapV4],
  ])("%s has Ethereum, Optimism, BNB, Unichain, Polygon, Base and Arbitrum", (_, table) => {
    expect(PROMISED.filter((id) => table[id] === undefined)).toEqual([]);
  });

  it.each(Object.entries(tables))("%s: every address is one that the markets file would take", (_, table) => {
    const addresses = Object.values(table).flatMap(({ factory, positionManager, stakers = [] }) => [
      factory,
      ...(positionManager === undefined ? [] : [positionManager]),
      ...stakers,
    ]);
    const refused = addresses.filter((address) => !addressInFile("an address").safeParse(address).success);
    expect(refused).toEqual([]);
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
