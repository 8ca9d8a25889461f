import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { preflight } from "../../cli/preflight.ts";
import { freePort } from "../freePort.ts";
import { type StubChain, stubChain } from "./stubChain.ts";

const FACTORY = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const MARKETS = [{ protocol: "uniswap-v3", factory: FACTORY, positionManager: null, startBlock: 0 }];

let cwd: string;
let chain: StubChain;
let said: string[];

beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), "ballast-preflight-"));
  chain = await stubChain(31_337, ["0xaa", "0xbb"]);
  said = [];
});

afterEach(async () => {
  await chain.close();
  rmSync(cwd, { recursive: true });
});

async function fly(env: NodeJS.ProcessEnv = {}, chains?: object[], rpcTimeout?: number) {
  const anvil = { id: 31_337, name: "anvil", rpc: [chain.url], markets: MARKETS };
  writeFileSync(join(cwd, "ballast.config.json"), JSON.stringify({ chains: chains ?? [anvil] }));
  const options = {
    env: { PORT: String(await freePort()), ...env },
    cwd,
    say: (line: string) => said.push(line),
  };
  const launch = await preflight(rpcTimeout === undefined ? options : { ...options, rpcTimeout });
  await launch.memory.close();
  return launch;
}

/** Hashes of so many blocks, of which each says its number. */
const blocks = (length: number, letter: string) => Array.from({ length }, (_, n) => `0x${letter}${n}`);

/** As if Ponder had indexed something. */
const index = () => mkdirSync(join(cwd, ".ballast", "pglite"), { recursive: true });

describe("preflight", () => {
  it("clears a start that nothing stands in the way of", async () => {
    const port = await freePort();
    const launch = await fly({ PORT: String(port) });
    expect(launch.port).toBe(port);
    expect(launch.schema).toMatch(/^ballast_[0-9a-f]{10}$/);
    expect(launch.seen).toEqual(
      new Map([[31_337, { local: true, genesis: "0xaa", number: 0, hash: "0xaa" }]]),
    );
    expect(said).toEqual([]);
  });

  it("refuses a faulty markets file before anything else", async () => {
    await expect(fly({ PORT: "none" }, [])).rejects.toThrow("chains is empty: list at least one chain");
  });

  it("refuses an RPC URL that nobody answers at, and hides the key in it", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await expect(fly({ PONDER_RPC_URL_31337: `${url}/v3/secret` })).rejects.toThrow(
      `Chain "anvil" (id 31337): ${url}/... cannot be reached (ECONNREFUSED): start the node, or correct chains[0].rpc of the markets file (or PONDER_RPC_URL_31337).`,
    );
  });

  it("refuses an RPC URL that gives no answer in time", async () => {
    chain.silent = true;
    const flight = fly({}, undefined, 300);
    await expect(flight).rejects.toThrow(`${chain.url} gives no answer within 0.3 s: start the node`);
  });

  it("refuses a server that does not speak JSON-RPC", async () => {
    chain.page = "<html>welcome</html>";
    await expect(fly()).rejects.toThrow(`${chain.url} does not answer in JSON-RPC`);
  });

  it("refuses a node that answers with an error", async () => {
    chain.page = '{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"unauthorized"}}';
    await expect(fly()).rejects.toThrow(`${chain.url} answers eth_chainId with an error (unauthorized)`);
  });

  it("refuses a node of another chain", async () => {
    chain.chainId = 5;
    await expect(fly()).rejects.toThrow(
      `Chain "anvil" (id 31337): ${chain.url} serves chain id 5: correct chains[0].rpc of the markets file (or PONDER_RPC_URL_31337), or chains[0].id.`,
    );
  });

  it("checks every URL of every chain and reports all faults, one a line", async () => {
    const dead = `http://127.0.0.1:${await freePort()}`;
    const chains = [
      { id: 31_337, name: "anvil", rpc: [chain.url, dead], markets: MARKETS },
      { id: 7, name: "other", rpc: [chain.url], markets: MARKETS },
    ];
    const error = await fly({}, chains).catch((caught: Error) => caught.message);
    expect(error).toMatch(/^Chain "anvil".*ECONNREFUSED.*\nChain "other" \(id 7\).*serves chain id 31337.*$/);
  });

  it("takes PONDER_RPC_URL_<id> before the file", async () => {
    const chains = [{ id: 31_337, name: "anvil", rpc: ["http://127.0.0.1:1"], markets: MARKETS }];
    const { markets } = await fly({ PONDER_RPC_URL_31337: chain.url }, chains);
    expect(markets.chains[0]?.rpc).toEqual([chain.url]);
  });

  it.each(["0", "65536", "http", "42069.5", "-1"])("refuses PORT=%s", async (port) => {
    await expect(fly({ PORT: port })).rejects.toThrow(
      `PORT is "${port}": write a whole number from 1 to 65535, or leave it out for 42069.`,
    );
  });

  it.each(["127.0.0.1", "0.0.0.0", "::"])("refuses a port that is taken on %s", async (host) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, host, resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(fly({ PORT: String(port) })).rejects.toThrow(
      `Port ${port} is in use: stop what listens there, or set PORT=${port + 1} or another.`,
    );
    taken.close();
  });

  it("refuses a database that cannot be reached, and hides its password", async () => {
    const port = await freePort();
    const env = { DATABASE_URL: `postgres://bob:secret@127.0.0.1:${port}/ballast` };
    await expect(fly(env)).rejects.toThrow(
      `The database postgres://bob:***@127.0.0.1:${port}/ballast cannot be used (connect ECONNREFUSED 127.0.0.1:${port}): start it or correct DATABASE_URL, or unset DATABASE_URL to use the embedded database.`,
    );
  });

  it("refuses a DATABASE_URL that is none", async () => {
    await expect(fly({ DATABASE_URL: "mysql://localhost/x" })).rejects.toThrow(
      "DATABASE_URL is not a Postgres URL: write postgres://user:password@host:5432/database",
    );
  });
});

describe("the data directory", () => {
  it("serves one start at a time, since two would spoil the embedded database", async () => {
    const markets = [{ id: 31_337, name: "anvil", rpc: [chain.url], markets: MARKETS }];
    writeFileSync(join(cwd, "ballast.config.json"), JSON.stringify({ chains: markets }));
    const options = { env: { PORT: String(await freePort()) }, cwd, say: () => {} };
    const first = await preflight(options);
    await expect(preflight(options)).rejects.toThrow(
      `The embedded database in ${join(cwd, ".ballast")} is in use: stop the other Ballast, or set BALLAST_DATA_DIR to another directory.`,
    );
    await first.memory.close();
    const second = await preflight(options);
    await second.memory.close();
  });

  it.each(["", "[1]", '{"31337": {"local": true}}', "null"])(
    "may hold a damaged chains.json: %j",
    async (text) => {
      index();
      writeFileSync(join(cwd, ".ballast", "chains.json"), text);
      await fly();
      expect(said).toEqual([]);
    },
  );

  it("cannot be a file", async () => {
    writeFileSync(join(cwd, "file"), "");
    await expect(fly({ BALLAST_DATA_DIR: "file" })).rejects.toThrow(
      /^The data directory .*file cannot be written to/,
    );
  });

  it("is free again after a crash", async () => {
    mkdirSync(join(cwd, ".ballast"));
    const crash = `require("node:net").createServer().listen(${JSON.stringify(join(cwd, ".ballast", "lock"))}, () => process.kill(process.pid, "SIGKILL"))`;
    spawnSync(process.execPath, ["-e", crash]);
    expect(readdirSync(join(cwd, ".ballast"))).toEqual(["lock"]);
    await fly();
  });
});

describe("a chain that is not the one in the database", () => {
  it("local, with another genesis block: empties the embedded database and says so in one line", async () => {
    await fly();
    index();
    writeFileSync(join(cwd, ".ballast", "pglite", "rows"), "old");
    chain.hashes = ["0xcc"];
    await fly();
    expect(said).toEqual([
      'Chain "anvil" (id 31337): its genesis block is 0xcc..., and was 0xaa.... The local chain was started anew, and so is its index: the database was emptied.',
    ]);
    index();
    expect(() => rmSync(join(cwd, ".ballast", "pglite", "rows"))).toThrow("ENOENT");
    await fly();
    expect(said.length).toBe(1);
  });

  it("local, put back by more than the 30 blocks that Ponder undoes: empties it too", async () => {
    chain.hashes = blocks(100, "a");
    await fly();
    index();
    chain.hashes = [...blocks(69, "a"), ...blocks(100, "b").slice(69)];
    await fly();
    expect(said[0]).toContain("its block 69 is 0xb69..., and was 0xa69...");
  });

  it("local, put back by 30 blocks and gone another way: is the same chain", async () => {
    chain.hashes = blocks(100, "a");
    await fly();
    index();
    chain.hashes = [...blocks(70, "a"), ...blocks(101, "b").slice(70)];
    await fly();
    expect(said).toEqual([]);
  });

  it("local, and shorter than it was, so that final blocks are no longer final: empties it too", async () => {
    chain.hashes = blocks(100, "a");
    await fly();
    index();
    chain.hashes = blocks(99, "a");
    await fly();
    expect(said[0]).toContain("its head is below block 99, which it had reached");
  });

  it("local by the node that serves it, whatever its id", async () => {
    chain.chainId = 1;
    chain.clientVersion = "anvil/v1.7.1";
    const mainnet = [{ id: 1, name: "fork", rpc: [chain.url], markets: MARKETS }];
    await fly({}, mainnet);
    index();
    chain.hashes = ["0xcc"];
    await fly({}, mainnet);
    expect(said.length).toBe(1);
  });

  it("public: refuses and touches nothing", async () => {
    chain.chainId = 10;
    const optimism = [{ id: 10, name: "optimism", rpc: [chain.url], markets: MARKETS }];
    await fly({}, optimism);
    index();
    chain.hashes = ["0xcc", "0xbb"];
    const refusal = `Chain "optimism" (id 10): its genesis block is 0xcc..., and was 0xaa....\nThe database holds another chain's rows. Point rpc back at the chain that was indexed, or start anew: delete the directory ${join(cwd, ".ballast", "pglite")}.`;
    await expect(fly({}, optimism)).rejects.toThrow(refusal);
    await expect(fly({}, optimism)).rejects.toThrow(refusal);
  });

  it("local, next to a public chain in the same database: refuses, since the public one would be lost", async () => {
    const optimism = await stubChain(10, ["0x01"]);
    const both = [
      { id: 31_337, name: "anvil", rpc: [chain.url], markets: MARKETS },
      { id: 10, name: "optimism", rpc: [optimism.url], markets: MARKETS },
    ];
    await fly({}, both);
    index();
    chain.hashes = ["0xcc"];
    await expect(fly({}, both)).rejects.toThrow("its genesis block is 0xcc..., and was 0xaa...");
    await optimism.close();
  });

  it("public: a reorg of less than 64 blocks is the same chain, a deeper one is not", async () => {
    chain.chainId = 10;
    chain.hashes = blocks(200, "a");
    const optimism = [{ id: 10, name: "optimism", rpc: [chain.url], markets: MARKETS }];
    await fly({}, optimism);
    index();
    chain.hashes = chain.hashes.map((hash, n) => (n > 199 - 64 ? `0xb${n}` : hash));
    await fly({}, optimism);
    chain.hashes = chain.hashes.map((hash, n) => (n > 199 - 65 ? `0xc${n}` : hash));
    await expect(fly({}, optimism)).rejects.toThrow("its block 135 is 0xc135..., and was 0xa135...");
  });

  it("is no matter when the database was deleted meanwhile", async () => {
    await fly();
    index();
    rmSync(join(cwd, ".ballast", "pglite"), { recursive: true });
    chain.hashes = ["0xcc"];
    await fly();
    expect(said).toEqual([]);
  });
});
