import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../freePort.ts";

const started: ChildProcess[] = [];
const homes: string[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  // An app that was killed with its demo writes there until it has closed its database.
  const soon = { maxRetries: 100, retryDelay: 10 };
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true, ...soon });
});

/**
 * Runs the demo with temporary files of its own, which must be gone in the end, and a port of its own: somebody else
 * may take the demo's usual one between its look at it and the app's.
 */
async function startDemo(args: string[], env: NodeJS.ProcessEnv = {}) {
  const home = mkdtempSync(join(tmpdir(), "ballast-test-demo-"));
  homes.push(home);
  const child = spawn(process.execPath, ["demo/run.mjs", ...args], {
    env: { ...process.env, TMPDIR: home, PORT: String(await freePort()), ...env },
  });
  started.push(child);
  let output = "";
  let errors = "";
  const arrivals: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (stream === child.stderr) errors += chunk.toString();
      for (const arrival of arrivals.splice(0)) arrival();
    });
  }
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(output);
      if (match !== null) return match;
      if (child.exitCode !== null) throw new Error(`ended without ${pattern}: ${output}`);
      await Promise.race([new Promise<void>((resolve) => arrivals.push(resolve)), once(child, "close")]);
    }
  };
  const closed = once(child, "close").then(([code]) => code as number | null);
  const leftFiles = () => readdirSync(home);
  // What came last of two pipes is not known: errors have one to themselves.
  return { child, closed, until, output: () => output, errors: () => errors, leftFiles };
}

/** Process ids, in the order of their start. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  return text.trim().split(/\s+/).map(Number);
}

const answers = (url: string) =>
  fetch(url, { method: "POST", body: "{}" }).then(
    () => true,
    () => false,
  );

test("--once shows the LPs of a fixed seed at a fixed block, ends with 0 and leaves nothing behind", async () => {
  const demo = await startDemo(["--once"]);
  expect(await demo.closed, demo.output()).toBe(0);
  const lines = demo.output().split("\n");
  expect(lines).toContain(
    "Ballast  Uniswap v3  ETH/USD 0.3 %  1,849.79 USD per ETH  block 128  30 positions of 12 LPs",
  );
  expect(lines).toContain("30 positions of 12 LPs; 0x7099..79c8 hands NFT 2 on to 0x90f7..b906.");
  const rows = lines.filter((line) => line.startsWith("0x"));
  expect(rows.length).toBe(30);
  expect(new Set(rows.map((row) => row.slice(0, 12))).size).toBe(12);
  // Price under the range 1,970 to 2,030: all ether, and the loss of a range crossed from 2,000 to its lower end.
  expect(rows.find((row) => row.includes("NFT 11 "))?.trimEnd()).toMatch(
    /1,970 to 2,030 {2}·····│█████ {2}\+1\.00 {2,}long 4\.47 .*below range$/,
  );
  expect(rows.find((row) => row.includes("NFT 2 "))?.slice(0, 12)).toBe("0x90f7..b906");
  expect(demo.output()).not.toContain("\x1b");
  expect(demo.leftFiles()).toEqual([]);
});

/** The table of one protocol's --once. */
async function tableOf(protocol: string) {
  const demo = await startDemo(["--once", `--protocol=${protocol}`]);
  expect(await demo.closed, demo.output()).toBe(0);
  const lines = demo.output().split("\n");
  const title = lines.find((line) => line.startsWith("Ballast"))?.split("  ");
  const rows = lines.filter((line) => line.startsWith("0x")).map((line) => line.trimEnd().split(/ {2,}/));
  return {
    title,
    rows,
    row: (...cells: string[]) => rows.find((row) => cells.every((c, i) => row[i] === c)),
  };
}

/** Of `npm run test:protocols` alone: one path of code serves all, and each takes a quarter of a minute. */
const everyProtocol = process.env.BALLAST_TEST_PROTOCOLS !== undefined;

test.skipIf(!everyProtocol)(
  "--protocol uniswap-v4: what the same trades do to the same positions is the same to the cent as on v3",
  async () => {
    const { title, rows, row } = await tableOf("uniswap-v4");
    expect(title?.slice(1, 4)).toEqual(["Uniswap v4", "ETH/USD 0.3 %", "1,849.79 USD per ETH"]);
    expect(title?.at(-1)).toBe("30 positions of 13 LPs");
    expect(rows.length).toBe(30);
    expect(row("0x90f7..b906", "NFT 2")?.slice(-4)).toEqual(["-300.46", "388.56", "-4,419.46", "in range"]);
    expect(row("0xa0ee..9720", "NFT 22")?.slice(-4)).toEqual(["-742.02", "959.58", "-1,943.92", "in range"]);
    // Not of an account: the pool manager calls back whoever holds a position in it.
    expect(rows.filter(([, held]) => held === "in pool").length).toBe(1);
  },
);

test("--protocol uniswap-v2: every LP holds LP tokens of the full range, with the loss of half and half", async () => {
  const { title, rows, row } = await tableOf("uniswap-v2");
  expect(title?.slice(1, 4)).toEqual(["Uniswap v2", "ETH/USD 0.3 %", "1,847.06 USD per ETH"]);
  expect(title?.at(-1)).toBe("12 positions of 12 LPs");
  expect(rows.map((cells) => cells.slice(1, 4))).toEqual(Array(12).fill(["LP tokens", "full range", "50 %"]));
  // LP 0 puts in 370,000 dollars at 2,000.04; r = 1,847.06 / 2,000.04; sqrt(r) - (1 + r) / 2 of it is lost.
  expect(Number(row("0x7099..79c8")?.at(-4))).toBeCloseTo(-281.46, 1);
});

test.skipIf(!everyProtocol).for([
  ["pancakeswap-v3", "PancakeSwap v3", "0.25 %"],
  ["algebra-integral", "Algebra Integral", "0.05 %"],
] as const)(
  "--protocol %s: the table of %s, at its fee of %s, the price where the trades left it",
  async ([name, title, fee]) => {
    const table = await tableOf(name);
    expect(table.title?.slice(1, 4)).toEqual([title, `ETH/USD ${fee}`, "1,849.79 USD per ETH"]);
    expect(table.title?.at(-1)).toBe("30 positions of 12 LPs");
    expect(table.rows.length).toBe(30);
    expect(table.row("0x90f7..b906", "NFT 2")?.at(-1)).toBe("in range");
  },
);

/** What ends nothing by force: what does not end when told to is waited for until the test's time is up. */
function endlessPatience(): NodeJS.ProcessEnv {
  const bin = mkdtempSync(join(tmpdir(), "ballast-test-demo-"));
  homes.push(bin);
  writeFileSync(join(bin, "sleep"), "#!/bin/sh\nexec /bin/sleep 3600\n", { mode: 0o755 });
  return { PATH: `${bin}:${process.env.PATH}` };
}

test("without a terminal the table is printed, of a market that traded in the last day; Ctrl-C ends chain and app, neither by force, with 0 and nothing left", async () => {
  const demo = await startDemo([], endlessPatience());
  const [, chain] = await demo.until(/Anvil on port (\d+)/);
  const [, api] = await demo.until(/GraphQL API: (\S+)/);
  await demo.until(/in range/);
  const query = "{pools(first: 1) {items {realizedVolatility(window: DAY)}}}";
  const init = { method: "POST", headers: { "content-type": "application/json" } };
  const answer = await fetch(`${api}`, { ...init, body: JSON.stringify({ query }) });
  const { data } = (await answer.json()) as { data: { pools: { items: { realizedVolatility: number }[] } } };
  // Of trades at random: how much they move the price in the day is chance, that they do is not.
  expect(data.pools.items[0]?.realizedVolatility).toBeGreaterThan(0);
  expect(await answers(`http://127.0.0.1:${chain}`)).toBe(true);
  demo.child.kill("SIGINT");
  expect(await demo.closed, demo.output()).toBe(0);
  expect(await answers(`http://127.0.0.1:${chain}`)).toBe(false);
  expect(await answers(`${api}`)).toBe(false);
  expect(demo.leftFiles()).toEqual([]);
});

test("a demo that is killed outright takes the chain and the app with it", async () => {
  const demo = await startDemo([]);
  const [, chain] = await demo.until(/Anvil on port (\d+)/);
  const [, api] = await demo.until(/API on port (\d+)/);
  await demo.until(/Indexed/);
  expect(await answers(`http://127.0.0.1:${api}`)).toBe(true);
  demo.child.kill("SIGKILL");
  await demo.closed;
  await expect.poll(() => answers(`http://127.0.0.1:${chain}`), { timeout: 60_000 }).toBe(false);
  await expect.poll(() => answers(`http://127.0.0.1:${api}`), { timeout: 60_000 }).toBe(false);
});

test("a chain that ends by itself ends the demo with a sentence, be its end heard of after the failing of requests to it", async () => {
  const demo = await startDemo([]);
  await demo.until(/in range/);
  const [keeper = 0] = childrenOf(demo.child.pid ?? 0);
  const [anvil = 0] = childrenOf(keeper);
  process.kill(keeper, "SIGSTOP");
  process.kill(anvil, "SIGKILL");
  // A round begins each second: the next one's requests fail meanwhile.
  await setTimeout(2500);
  process.kill(keeper, "SIGCONT");
  expect(await demo.closed).toBe(1);
  expect(demo.errors().trimEnd().split("\n").at(-1)).toBe("The local chain (Anvil) has ended.");
  expect(demo.leftFiles()).toEqual([]);
});

test("an app that ends by itself ends the demo with the last lines of its log", async () => {
  const demo = await startDemo([]);
  await demo.until(/Indexed/);
  const [, app] = childrenOf(demo.child.pid ?? 0);
  process.kill(-(app ?? 0), "SIGTERM");
  expect(await demo.closed).toBe(1);
  expect(demo.errors()).toMatch(/^The app has ended\. Its last lines:\n(.+\n){3}/m);
  expect(demo.leftFiles()).toEqual([]);
});

test("a port in use is said in a sentence", async () => {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const demo = await startDemo([], { PORT: String(port) });
  expect(await demo.closed).toBe(1);
  expect(demo.output().trim().split("\n")).toEqual([
    `Port ${port} is in use: stop what listens there, or set PORT=${port + 1} or another.`,
  ]);
  server.close();
});

test("an unknown argument shows the usage", async () => {
  const demo = await startDemo(["--forever"]);
  expect(await demo.closed).toBe(1);
  expect(demo.output()).toMatch(/^Unknown argument: --forever\n\nUsage: npm run demo \[-- \[--once\] /);
});

test("an unknown protocol is said in a sentence, without a stack and before anything starts", async () => {
  const demo = await startDemo(["--once", "--protocol", "sushiswap"]);
  expect(await demo.closed).toBe(1);
  expect(demo.output()).toBe(
    '--protocol does not know "sushiswap": write one of uniswap-v2, uniswap-v3, uniswap-v4, pancakeswap-v3, algebra-integral.\n',
  );
});
