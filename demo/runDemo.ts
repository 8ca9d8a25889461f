import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProtocolName } from "../config/protocols.ts";
import { type App, apiPort, lastLines, startApp } from "./app.ts";
import { type Anvil, startAnvil } from "./chain/anvil.ts";
import { type ChainClient, chainClient } from "./chain/client.ts";
import { type Randomness, seededRandomness } from "./chain/randomness.ts";
import { shortAddress } from "./positionColumns.ts";
import { awaitPositions, fetchIndexedBlock } from "./positionsPage.ts";
import { protocolTitle } from "./protocols.ts";
import { countPositions, deployMarket, handOn, type Market, openPositions } from "./scenario.ts";
import type { Paint } from "./style.ts";
import { playRound } from "./trade.ts";
import { renderView } from "./view.ts";
import { watch } from "./watch.ts";

const chainId = 31337;
/** A seed whose price ends well below where it began, so that the table has something to show. */
const onceSeed = 6;
const onceRounds = 60;
/** After so many rounds a position is handed on. */
const roundsBefore = 10;
/** Before the live table: some hours of trading, which volatility and what rests on it need. */
const liveRounds = 20;
const onceTimestamp = 1_767_225_600;
/** Between blocks of what was traded before; what comes live has the clock's time. */
const onceSeconds = 600;
const liveSeconds = 3_600;
/** How long ago the live history begins: a hundred moves over a day, on which an account's capital at risk rests. */
const livePast = 36 * 3_600;
/** Milliseconds, on a busy machine, from a process's last answer to the news of its end. */
const deathHeard = 10_000;

export interface DemoOptions {
  protocol: ProtocolName;
  /** Run a fixed seed to a fixed block, show the table and return. */
  once: boolean;
  env: NodeJS.ProcessEnv;
  out: NodeJS.WriteStream;
  paint: Paint;
  /** Aborted: ends everything and returns. */
  signal: AbortSignal;
}

/** A running demo: what `watch` shows. */
export interface Demo extends DemoOptions {
  client: ChainClient;
  market: Market;
  app: App;
  random: Randomness;
  /** Aborted with `signal`, and when the chain or the app ended by itself; its reason is the error. */
  ended: AbortSignal;
}

/**
 * The whole demo: a local chain, a protocol's pool with positions in it, the app that indexes it, and the table. Whatever
 * happens, the processes and files are gone when it returns or throws.
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { protocol, once, env, out, signal } = options;
  const say = (line: string) => out.write(`${line}\n`);
  const home = mkdtempSync(join(tmpdir(), "ballast-demo-"));
  let anvil: Anvil | undefined;
  let app: App | undefined;
  try {
    const port = await apiPort(env, say);
    anvil = await startAnvil({ timestamp: once ? onceTimestamp : now() - livePast });
    say(`Local chain: Anvil on port ${anvil.port}.`);
    const client = chainClient(anvil.url);
    const market = await deployMarket(client, protocol);
    say(`Deployed: ${protocolTitle(protocol)}, two tokens and a pool.`);
    signal.throwIfAborted();
    app = startApp(home, anvil.url, market, port);
    say(`Starting the indexer and the API on port ${port}; its log: ${app.logFile}`);
    const random = seededRandomness(once ? onceSeed : Date.now());
    await play({ ...options, client, market, app, random, ended: endOf(signal, anvil, app) }, say);
  } finally {
    await Promise.all([app?.stop(), anvil?.stop()]);
    await removeSoon(home);
  }
}

/** An app that was killed from outside may go on closing its database for some seconds, and writes there until then. */
async function removeSoon(directory: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return rmSync(directory, { recursive: true, force: true });
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(200);
    }
  }
}

/** Aborted by the user, or by the first of the two processes that ends by itself, with a sentence why. */
function endOf(signal: AbortSignal, anvil: Anvil, app: App): AbortSignal {
  const death = new AbortController();
  anvil.exited.then(() => death.abort(new ProcessEndedError("The local chain (Anvil)", "")));
  app.exited.then(() => {
    if (!signal.aborted) death.abort(new ProcessEndedError("The app", lastLines(app.logFile, 20)));
  });
  return AbortSignal.any([signal, death.signal]);
}

/** Begins while the app is starting, which takes longer. */
async function play(demo: Demo, say: (line: string) => void): Promise<void> {
  try {
    await begin(demo, say);
    await (demo.once ? showOnce(demo, say) : showLive(demo, say));
  } catch (error) {
    // Whatever fails while a process dies, fails because of that; its sockets close before its end is heard of.
    await sleep(deathHeard, undefined, { signal: demo.ended }).catch(() => {});
    demo.ended.throwIfAborted();
    throw error;
  }
}

async function begin(demo: Demo, say: (line: string) => void): Promise<void> {
  const { market, client } = demo;
  await openPositions(market);
  const { positions, owners } = countPositions(market);
  await client.setBlockTimestampInterval({ interval: demo.once ? onceSeconds : liveSeconds });
  await playRounds(demo, roundsBefore);
  const { from, to, what } = await handOn(market);
  say(
    `${positions} positions of ${owners} LPs; ${shortAddress(from)} hands ${what} on to ${shortAddress(to)}.`,
  );
}

/** The next block has the clock's time, and so has each one after it. */
async function showLive(demo: Demo, say: (line: string) => void): Promise<never> {
  const { client } = demo;
  await playRounds(demo, liveRounds - roundsBefore);
  await client.removeBlockTimestampInterval();
  const { timestamp } = await client.getBlock();
  if (timestamp < now()) await client.setNextBlockTimestamp({ timestamp: BigInt(now()) });
  await untilIndexed(demo, say);
  return watch(demo);
}

async function playRounds({ market, random, ended }: Demo, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    ended.throwIfAborted();
    await playRound(market, random);
  }
}

async function showOnce(demo: Demo, say: (line: string) => void): Promise<void> {
  await playRounds(demo, onceRounds - roundsBefore);
  await untilIndexed(demo, say);
  const { pool } = demo.market.rig;
  const page = await awaitPositions(demo.app.url, { chainId, pool }, demo.ended);
  const width = demo.out.isTTY ? demo.out.columns || 80 : 120;
  for (const line of renderView(page, { width, paint: demo.paint })) say(line);
}

/** Waits until the app has indexed what is now the newest block, and says how far it is once a second. */
async function untilIndexed({ client, app, ended }: Demo, say: (line: string) => void): Promise<void> {
  const head = Number(await client.getBlockNumber());
  for (let tries = 0; ; tries++) {
    ended.throwIfAborted();
    const indexed = await fetchIndexedBlock(app.url, chainId);
    if (indexed >= head || (indexed >= 0 && tries % 10 === 0)) say(`Indexed: block ${indexed} of ${head}.`);
    if (indexed >= head) return;
    await sleep(100, undefined, { signal: ended }).catch(() => ended.throwIfAborted());
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

export class ProcessEndedError extends Error {
  override name = "ProcessEndedError";

  constructor(what: string, lastWords: string) {
    super(`${what} has ended.${lastWords === "" ? "" : ` Its last lines:\n${lastWords}`}`);
  }
}
