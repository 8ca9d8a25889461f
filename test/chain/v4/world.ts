import {
  type Address,
  decodeEventLog,
  encodeFunctionData,
  type Hex,
  parseAbi,
  type TransactionReceipt,
  zeroAddress,
} from "viem";
import { uniswapV4PoolManagerAbi } from "../../../abis/uniswapV4PoolManager.ts";
import { uniswapV4PositionManagerAbi } from "../../../abis/uniswapV4PositionManager.ts";
import { tokenAbi } from "../../../demo/chain/abis.ts";
import { ownArtifact, publishedArtifact } from "../../../demo/chain/artifacts.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { deployContract, deployToken, sortTokens } from "../../../demo/chain/deploy.ts";
import type { Randomness } from "../../../demo/chain/randomness.ts";
import { sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import { permit2Abi } from "../../../demo/chain/uniswapV4Abis.ts";
import {
  createV4Pool,
  deployHook,
  deployUniswapV4,
  fundV4,
  type V4Deployment,
  type V4PoolKey,
} from "../../../demo/chain/uniswapV4Contracts.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";
import type { PoolSpec } from "./poolSpecs.ts";
import { type PoolTruth, type PositionKey, readPool } from "./slots.ts";

export type V4Pool = PoolSpec & { key: V4PoolKey; poolId: Hex };
export type KnownPosition = PositionKey & { liquidity: bigint };

/** What the random history has made so far, told by the logs, and what it makes more with. */
export type V4World = {
  client: ChainClient;
  random: Randomness;
  at: V4Deployment;
  /** Two of each, of the same pool manager. */
  positionManagers: Address[];
  callers: Address[];
  pools: V4Pool[];
  currencies: Address[];
  states: Map<Hex, PoolTruth>;
  positions: Map<string, KnownPosition>;
  /** Holders of NFTs by `manager:tokenId`; burnt ones with address 0. */
  holders: Map<string, Address>;
  /** Who had those that are burnt. */
  burnt: Map<string, Address>;
};

const PERMIT2: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
const WEALTH = 2n ** 160n;
const wrapAbi = parseAbi([
  "function deposit() payable",
  "function approve(address spender, uint256 value) returns (bool)",
]);

/** Deploys two position managers and two callers on one pool manager, the currencies, the hooks and the pools. */
export async function createV4World(
  client: ChainClient,
  random: Randomness,
  specs: readonly PoolSpec[],
): Promise<V4World> {
  const at = await deployUniswapV4(client);
  const { deployer, poolManager } = at;
  const manager = publishedArtifact("uniswapV4PositionManager");
  const wrapped = await deployContract(client, deployer, ownArtifact("WrappedEther"), []);
  const args = [poolManager, PERMIT2, 300_000n, deployer, wrapped];
  const second = await deployContract(client, deployer, manager, args);
  const secondCaller = await deployContract(client, deployer, ownArtifact("V4Caller"), []);
  const token = (symbol: string) => deployToken(client, deployer, { name: symbol, symbol, decimals: 18 });
  const [shared, other] = [await token("SHARED"), await token("OTHER")];
  const accounts = [deployer, ...at.accounts];
  for (const address of accounts) await client.setBalance({ address, value: 2n ** 124n });
  await wrapEther(client, wrapped, accounts);
  const spenders = [at, { ...at, positionManager: second, caller: secondCaller }];
  for (const of of spenders) await fundV4(client, of, [shared, other], accounts, WEALTH);
  for (const of of spenders) await approveWrapped(client, of, wrapped, accounts);
  const hooks = {
    V4FeeHook: await deployHook(client, at, "V4FeeHook"),
    V4TakingHook: await deployHook(client, at, "V4TakingHook"),
    V4CurveHook: await deployHook(client, at, "V4CurveHook"),
  };
  await sendInOneBlock(
    client,
    [shared, other].map((to) => {
      const mint = { abi: tokenAbi, functionName: "mint", args: [hooks.V4CurveHook, WEALTH] } as const;
      return { from: deployer, to, data: encodeFunctionData(mint) };
    }),
  );
  const pools: V4Pool[] = [];
  for (const spec of specs) {
    const next = spec.next === "native" ? zeroAddress : spec.next === "wrapped" ? wrapped : other;
    const [currency0, currency1] = sortTokens(next, shared);
    const { fee, tickSpacing, centreTick } = spec;
    const key = {
      ...{ currency0, currency1, fee, tickSpacing },
      hooks: spec.hooks ? hooks[spec.hooks] : zeroAddress,
    };
    const price = getSqrtPriceAtTick(centreTick) + BigInt(random.whole(0, 100));
    pools.push({ ...spec, key, poolId: await createV4Pool(client, at, key, price) });
  }
  const world: V4World = {
    ...{ client, random, at, pools },
    positionManagers: [at.positionManager, second],
    callers: [at.caller, secondCaller],
    currencies: [zeroAddress, wrapped, shared, other],
    states: new Map(),
    positions: new Map(),
    holders: new Map(),
    burnt: new Map(),
  };
  for (const { poolId } of pools) world.states.set(poolId, await readPool(client, poolManager, poolId));
  return world;
}

async function wrapEther(client: ChainClient, to: Address, accounts: Address[]): Promise<void> {
  const data = encodeFunctionData({ abi: wrapAbi, functionName: "deposit" });
  await sendInOneBlock(
    client,
    accounts.map((from) => ({ from, to, data, value: 2n ** 115n })),
  );
}

/** fundV4 mints, which wrapped ether refuses. */
async function approveWrapped(client: ChainClient, of: V4Deployment, wrapped: Address, accounts: Address[]) {
  const most = 2n ** 256n - 1n;
  const approvals = accounts.flatMap((from) => [
    ...[of.caller, PERMIT2].map((spender) => ({
      from,
      to: wrapped,
      data: encodeFunctionData({ abi: wrapAbi, functionName: "approve", args: [spender, most] }),
    })),
    {
      from,
      to: PERMIT2,
      data: encodeFunctionData({
        abi: permit2Abi,
        functionName: "approve",
        args: [wrapped, of.positionManager, 2n ** 160n - 1n, 2 ** 48 - 1],
      }),
    },
  ]);
  await sendInOneBlock(client, approvals);
}

/** Takes what a block's logs say of positions and holders; answers the pools that they name. */
export function readReceipts(world: V4World, receipts: readonly TransactionReceipt[]): Set<Hex> {
  const touched = new Set<Hex>();
  for (const { address, topics, data } of receipts.flatMap(({ logs }) => logs)) {
    if (world.positionManagers.some((manager) => isSame(manager, address))) {
      const log = decodeEventLog({ abi: uniswapV4PositionManagerAbi, topics, data, strict: false });
      if (log.eventName !== "Transfer" || log.args.tokenId === undefined) continue;
      const { from = zeroAddress, to = zeroAddress, tokenId } = log.args;
      world.holders.set(holderKey(address, tokenId), to);
      if (to === zeroAddress) world.burnt.set(holderKey(address, tokenId), from);
    }
    if (!isSame(world.at.poolManager, address)) continue;
    const id = topics[1];
    if (id !== undefined) touched.add(id);
    const change = modifyLog(topics, data);
    if (change === undefined) continue;
    const { liquidityDelta, ...key } = change;
    const liquidity = (world.positions.get(keyOf(key))?.liquidity ?? 0n) + liquidityDelta;
    world.positions.set(keyOf(key), { ...key, liquidity });
  }
  return touched;
}

function modifyLog(topics: [] | [Hex, ...Hex[]], data: Hex) {
  if (topics[0] !== MODIFY) return undefined;
  const { args } = decodeEventLog({
    abi: uniswapV4PoolManagerAbi,
    eventName: "ModifyLiquidity",
    topics,
    data,
  });
  const { id, sender, tickLower, tickUpper, liquidityDelta, salt } = args;
  return { poolId: id, owner: sender, tickLower, tickUpper, liquidityDelta, salt };
}

/** Topic of ModifyLiquidity. */
export const MODIFY: Hex = "0xf208f4912782fd25c7f114ca3723a2d5dd6f3bcc3ac8db5af63baa85f711d5ec";

export function keyOf({ poolId, owner, tickLower, tickUpper, salt }: PositionKey): string {
  return [poolId, owner, tickLower, tickUpper, salt].join(":").toLowerCase();
}

export function holderKey(manager: Address, tokenId: bigint): string {
  return `${manager}:${tokenId}`.toLowerCase();
}

export function isSame(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function stateOf({ states }: V4World, { poolId }: { poolId: Hex }): PoolTruth {
  const state = states.get(poolId);
  if (state === undefined) throw new Error(`the pool ${poolId} is none of this history`);
  return state;
}
