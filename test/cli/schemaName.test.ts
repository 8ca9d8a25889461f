import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { schemaName } from "../../cli/schemaName.ts";
import { parseMarkets } from "../../config/readMarkets.ts";

const POOL = "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640";
const OTHER_POOL = "0x8ad599c3a0ff1de082011efddc58f1908eb6e6d8";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ballast-schema-"));
  for (const directory of ["abis", "config", "src/api", "src/state"]) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  for (const file of [
    "package-lock.json",
    "ponder.schema.ts",
    "abis/a.ts",
    "config/c.ts",
    "src/state/s.ts",
  ]) {
    writeFileSync(join(root, file), file);
  }
  writeFileSync(join(root, "src/api/index.ts"), "api");
});

afterEach(() => rmSync(root, { recursive: true }));

function markets({ pools = [POOL, OTHER_POOL], rpc = "https://a.example", startBlock = 1 } = {}) {
  const market = { protocol: "uniswap-v3", pools, startBlock };
  const chains = [{ id: 1, name: "mainnet", rpc: [rpc], markets: [market] }];
  return parseMarkets(JSON.stringify({ chains }), "markets.json", {});
}

const name = (changed = markets()) => schemaName(root, changed, {});

describe("schemaName", () => {
  it("is a short name, and the same for the same code and markets wherever they are", () => {
    expect(name()).toMatch(/^ballast_[0-9a-f]{10}$/);
    const copy = mkdtempSync(join(tmpdir(), "ballast-schema-"));
    cpSync(root, copy, { recursive: true });
    expect(schemaName(copy, markets(), {})).toBe(name());
    rmSync(copy, { recursive: true });
  });

  it.each([
    "package-lock.json",
    "ponder.schema.ts",
    "abis/a.ts",
    "config/c.ts",
    "src/state/s.ts",
    "src/new.ts",
  ])("changes with %s, on which rows depend", (file) => {
    const before = name();
    writeFileSync(join(root, file), "changed");
    expect(name()).not.toBe(before);
  });

  it("changes when a file is renamed", () => {
    const before = name();
    cpSync(join(root, "src/state/s.ts"), join(root, "src/state/t.ts"));
    rmSync(join(root, "src/state/s.ts"));
    expect(name()).not.toBe(before);
  });

  it("does not change with query-time code, nor with files that write no rows", () => {
    const before = name();
    writeFileSync(join(root, "src/api/index.ts"), "changed");
    writeFileSync(join(root, "README.md"), "changed");
    expect(name()).toBe(before);
  });

  it("changes with what is indexed", () => {
    const names = [markets(), markets({ pools: [POOL] }), markets({ startBlock: 2 })].map(name);
    expect(new Set(names).size).toBe(3);
  });

  it("does not change with the RPC URLs, nor with the order in which pools are listed", () => {
    expect(name(markets({ rpc: "https://b.example" }))).toBe(name());
    expect(name(markets({ pools: [OTHER_POOL, POOL] }))).toBe(name());
  });

  it("is DATABASE_SCHEMA if that is set", () => {
    expect(schemaName(root, markets(), { DATABASE_SCHEMA: "mine" })).toBe("mine");
  });
});
