import { type Address, erc20Abi } from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";
import type { ProtocolRig, RigPosition } from "../../../demo/chain/protocolRig.ts";

export type StepName = "open" | "add" | "partly close" | "collect" | "transfer" | "close";

/** What one operation of the LP did, as the chain says it. */
export type Step = {
  name: StepName;
  /** Whose tokens it moved. */
  account: Address;
  position: RigPosition;
  /** The last block before it, and the last one of it. */
  before: number;
  after: number;
  /** Of the account's balances: positive = received. */
  received0: bigint;
  received1: bigint;
  /** The pool's after it. */
  sqrtPriceX96: bigint;
  /** Of the position after it. */
  liquidity: bigint;
};

export type History = { rig: ProtocolRig; alice: Address; bob: Address; steps: Step[] };

const LIQUIDITY = 10n ** 15n;
const TRADE = 10n ** 14n;

/**
 * The same life of a full-range position in every protocol, in a pool with nine times its liquidity: opened and added
 * to by Alice, traded against, partly closed, collected, handed to Bob, traded against, closed by him.
 *
 * @param without operations that the protocol has not
 */
export async function playHistory(rig: ProtocolRig, without: ReadonlySet<StepName>): Promise<History> {
  const { client } = rig;
  const [alice, bob, whale, trader] = rig.accounts;
  if (alice === undefined || bob === undefined || whale === undefined || trader === undefined) {
    throw new Error("the rig has too few accounts");
  }
  const most = Math.floor(887_272 / rig.tickSpacing) * rig.tickSpacing;
  const range =
    rig.protocol === "UNISWAP_V2"
      ? { tickLower: -887_272, tickUpper: 887_272 }
      : { tickLower: -most, tickUpper: most };
  await rig.open({ account: whale, ...range, liquidity: 9n * LIQUIDITY });

  const steps: Step[] = [];
  let position: RigPosition | undefined;
  const step = async (name: StepName, account: Address, run: () => Promise<RigPosition>) => {
    if (without.has(name)) return;
    // Each in a minute of its own, for candles and histories.
    await client.setNextBlockTimestamp({ timestamp: (await client.getBlock()).timestamp + 60n });
    const before = Number(await client.getBlockNumber());
    position = await run();
    const after = Number(await client.getBlockNumber());
    steps.push({
      ...{ name, account, position, before, after },
      received0: await received(client, rig.token0, account, before, after),
      received1: await received(client, rig.token1, account, before, after),
      sqrtPriceX96: (await rig.price()).sqrtPriceX96,
      liquidity: name === "close" ? 0n : await rig.liquidityOf(position),
    });
  };
  const held = () => {
    if (position === undefined) throw new Error("nothing is open yet");
    return position;
  };
  const trade = async (zeroForOne: boolean, amount: bigint) => {
    await rig.swap({ account: trader, zeroForOne, amount });
  };

  await step("open", alice, async () => {
    return (await rig.open({ account: alice, ...range, liquidity: LIQUIDITY })).position;
  });
  await trade(true, TRADE);
  await step("add", alice, async () => {
    await rig.add(held(), LIQUIDITY / 2n);
    return held();
  });
  await trade(false, TRADE / 2n);
  await step("partly close", alice, async () => {
    await rig.remove(held(), (await rig.liquidityOf(held())) / 3n);
    return held();
  });
  await step("collect", alice, async () => {
    await rig.collect(held());
    return held();
  });
  await trade(true, TRADE);
  await step("transfer", alice, async () => (await rig.transfer(held(), bob)).position);
  await trade(false, -TRADE);
  await step("close", bob, async () => {
    await rig.close(held());
    return held();
  });
  return { rig, alice, bob, steps };
}

async function received(
  client: ChainClient,
  token: Address,
  account: Address,
  before: number,
  after: number,
) {
  const at = (block: number) =>
    client.readContract({
      address: token,
      abi: erc20Abi,
      functionName: "balanceOf",
      args: [account],
      blockNumber: BigInt(block),
    });
  return (await at(after)) - (await at(before));
}
