import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../freePort.ts";
import { stubChain } from "./stubChain.ts";

const RUN = join(process.cwd(), "cli", "run.mjs");
const MARKETS = [
  {
    protocol: "uniswap-v3",
    factory: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
    positionManager: null,
    startBlock: 1,
  },
];

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "ballast-start-"));
});

afterAll(() => rmSync(cwd, { recursive: true }));

/** Runs the real command line in an empty directory. */
function run(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env: { PATH: process.env.PATH, ...env } }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    );
  });
}

function writeMarkets(rpc: string): void {
  const chains = [{ id: 31_337, name: "anvil", rpc: [rpc], markets: MARKETS }];
  writeFileSync(join(cwd, "ballast.config.json"), JSON.stringify({ chains }));
}

describe("npm start", () => {
  it("without a markets file: says how to make one and exits 1, without a stack", async () => {
    const { code, out, err } = await run([RUN, "start"], { BALLAST_CONFIG: "mine.json" });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toBe(
      "The markets file mine.json cannot be used:\n  mine.json does not exist: copy ballast.config.example.json to it and write your chains and pools there, or set BALLAST_CONFIG to another file\n",
    );
  });

  it("with a faulty markets file: lists its faults and exits 1", async () => {
    writeFileSync(join(cwd, "faulty.json"), '{ "chains": [] }');
    const { code, err } = await run([RUN, "start"], { BALLAST_CONFIG: "faulty.json" });
    expect({ code, err }).toEqual({
      code: 1,
      err: "The markets file faulty.json cannot be used:\n  chains is empty: list at least one chain\n",
    });
  });

  it("with an RPC that does not answer: says so and exits 1", async () => {
    writeMarkets("http://127.0.0.1:1");
    const { code, err } = await run([RUN, "dev"], { PORT: String(await freePort()) });
    expect(code).toBe(1);
    expect(err).toMatch(/^Chain "anvil" \(id 31337\): http:\/\/127\.0\.0\.1:1 cannot be reached .*\n$/);
  });

  it("with a node of another chain, named in .env.local: says so and exits 1", async () => {
    const chain = await stubChain(5, ["0xaa"]);
    writeMarkets("http://127.0.0.1:1");
    writeFileSync(join(cwd, ".env.local"), `PONDER_RPC_URL_31337=${chain.url}\n`);
    const { code, err } = await run([RUN, "start"], { PORT: String(await freePort()) });
    await chain.close();
    rmSync(join(cwd, ".env.local"));
    expect(code).toBe(1);
    expect(err).toContain("serves chain id 5");
  });

  it("on a port in use: says so and exits 1", async () => {
    const taken = createServer().listen(0);
    const { port } = taken.address() as AddressInfo;
    const { code, err } = await run([RUN, "start"], { PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(err).toBe(
      `Port ${port} is in use: stop what listens there, or set PORT=${port + 1} or another.\n`,
    );
  });

  it("with an argument that it does not know: exits 1", async () => {
    const { code, err } = await run([RUN, "start", "--port", "1"]);
    expect(code).toBe(1);
    expect(err).toContain("Run `npm start` or `npm run dev`, without arguments");
  });

  it("on an older Node: says what to do in one sentence and exits 1", async () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '20.19.0' });";
    const { code, err } = await run(["--import", `data:text/javascript,${pretend}`, RUN, "start"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^Ballast needs Node 22\.18 or newer and this is 20\.19\.0: .*\n$/);
  });
});

describe("runPonder", () => {
  const script = join(process.cwd(), "cli", "runPonder.ts");
  const parent = (child: string) =>
    `import { runPonder } from ${JSON.stringify(script)}; process.exit(await runPonder(["start"], process.env, ${JSON.stringify(child)}))`;

  function writeChild(source: string): string {
    const file = join(cwd, "child.mjs");
    writeFileSync(file, source);
    return file;
  }

  it.each([0, 1, 75])("ends with Ponder's exit code %i", async (exitCode) => {
    const child = writeChild(`process.exit(${exitCode})`);
    const { code } = await run(["--input-type=module", "-e", parent(child)]);
    expect(code).toBe(exitCode);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "passes %s on and waits for Ponder to shut down",
    async (signal) => {
      const child = writeChild(
        `process.on("${signal}", () => setTimeout(() => { console.log("down"); process.exit(0); }, 100)); setInterval(() => {}, 1000); console.log("up " + process.argv[2]);`,
      );
      const running = spawn(process.execPath, ["--input-type=module", "-e", parent(child)]);
      let out = "";
      running.stdout.on("data", (piece: Buffer) => {
        out += piece;
        if (out === "up start\n") running.kill(signal);
      });
      // What it said last may come after its exit.
      const code = await new Promise((resolve) => running.once("close", resolve));
      expect({ code, out }).toEqual({ code: 0, out: "up start\ndown\n" });
    },
  );

  it("passes on a signal that comes while it starts Ponder, and leaves nothing running", async () => {
    const child = writeChild("setTimeout(() => {}, 30_000)");
    const early = `import children from "node:child_process"; import { syncBuiltinESMExports } from "node:module";
      const { spawn } = children;
      children.spawn = (...asked) => { const child = spawn(...asked); process.kill(process.pid, "SIGTERM"); return child; };
      syncBuiltinESMExports();`;
    const imported = `data:text/javascript,${encodeURIComponent(early)}`;
    const { code } = await run(["--import", imported, "--input-type=module", "-e", parent(child)]);
    expect(code).toBe(128 + constants.signals.SIGTERM);
  });
});
