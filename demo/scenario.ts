import type { Address } from "viem";
import type { ProtocolName } from "../config/protocols.ts";
import { getSqrtPriceAtTick } from "../src/math/tickMath.ts";
import { book, homeTick, liquidityOf, ticksOf } from "./book.ts";
import type { ChainClient } from "./chain/client.ts";
import type { ProtocolRig, RigPosition } from "./chain/protocolRig.ts";
import { transferShares } from "./chain/uniswapV2Calls.ts";
import { type DemoRig, deployPool } from "./protocols.ts";

export interface Market {
  protocol: ProtocolName;
  rig: DemoRig;
  /** NFTs, on v2 shares: what LPs now and then withdraw from. */
  positions: RigPosition[];
  /** Of those held in the pool itself, which stay as they are. */
  direct: RigPosition[];
  traders: Address[];
}

/** Puts the protocol's published contracts, two test tokens and a pool on the chain. */
export async function deployMarket(client: ChainClient, protocol: ProtocolName): Promise<Market> {
  const rig = await deployPool[protocol](client, getSqrtPriceAtTick(homeTick));
  return { protocol, rig, positions: [], direct: [], traders: rig.accounts.slice(12, 16) };
}

/** Opens the positions of the book. On v2 all that an LP deposits is one position, of the full range. */
export async function openPositions({ rig, positions, direct }: Market): Promise<void> {
  for (const { lp, from, to, dollars, direct: held } of book) {
    const shares = rig.protocol === "UNISWAP_V2";
    const range = shares ? ticksOf(0, Infinity, 1) : ticksOf(from, to, rig.tickSpacing);
    const liquidity = liquidityOf(dollars, range);
    const { position } = await rig.open({ account: lpOf(rig, lp), ...range, liquidity, direct: held });
    if (shares && positions.some(({ owner }) => owner === position.owner)) continue;
    (held ? direct : positions).push(position);
  }
}

/** How many positions there are, and of how many owners, as the pool's or the NFTs' own events say it. */
export function countPositions({ positions, direct }: Market): { positions: number; owners: number } {
  const all = [...positions, ...direct];
  const owners = all.map(({ tokenId, account, owner }) => (tokenId === null ? owner : account));
  return { positions: all.length, owners: new Set(owners).size };
}

/** Hands an NFT, or on v2 half of an LP's shares, on to LP 2. */
export async function handOn({
  rig,
  positions,
}: Market): Promise<{ from: Address; to: Address; what: string }> {
  const [, given] = positions;
  if (given === undefined) throw new NothingToHandOnError();
  const to = lpOf(rig, 2);
  const { account: from, tokenId } = given;
  if (rig.protocol === "UNISWAP_V2") {
    const shares = (await rig.liquidityOf(given)) / 2n;
    await rig.send(transferShares({ from, pair: rig.pool, to, shares }));
    return { from, to, what: "half of its LP tokens" };
  }
  positions[1] = (await rig.transfer(given, to)).position;
  return { from, to, what: `NFT ${tokenId}` };
}

function lpOf({ accounts, deployer }: ProtocolRig, lp: number): Address {
  return accounts[lp] ?? deployer;
}

export class NothingToHandOnError extends Error {
  override name = "NothingToHandOnError";

  constructor() {
    super("No position can be handed on yet: open the positions first.");
  }
}
