import { type Address, pad, parseAbi, type TransactionReceipt, zeroAddress } from "viem";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import type { ChainClient } from "./client.ts";
import {
  burnNft,
  collectNft,
  type DesiredAmounts,
  decreaseNft,
  increaseNft,
  multicallManager,
  transferNft,
} from "./managerCalls.ts";
import { collectDirect, mintDirect, swap } from "./poolCalls.ts";
import {
  NotOfThisProtocolError,
  type ProtocolRig,
  type RigPosition,
  type RigProtocol,
} from "./protocolRig.ts";
import { type Call, sendAlone } from "./sendInOneBlock.ts";

/** The first words of a position: where v3 has the pool's fee, Algebra has its deployer. */
const anyManagerAbi = parseAbi([
  "function positions(uint256 tokenId) view returns (uint256, address, address, address, uint256 pool, int24 tickLower, int24 tickUpper, uint128 liquidity)",
]);

/** What Uniswap v3 and the protocols grown from it do differently. */
export interface RangeProtocol {
  protocol: RigProtocol;
  client: ChainClient;
  pool: Address;
  positionManager: Address | null;
  /** PoolCaller.sol, or what stands for it. */
  caller: Address;
  mintNft(
    order: DesiredAmounts & { from: Address; manager: Address; tickLower: number; tickUpper: number },
  ): Call;
  /** The sender's core position loses so much liquidity; 0 is a poke. */
  burn(order: { from: Address; tickLower: number; tickUpper: number; liquidity: bigint }): Call;
  liquidityOfCore(owner: Address, tickLower: number, tickUpper: number): Promise<bigint>;
  readPrice(): Promise<{ sqrtPriceX96: bigint; tick: number; liquidity: bigint }>;
}

type Operations = Pick<
  ProtocolRig,
  "open" | "add" | "remove" | "collect" | "transfer" | "close" | "swap" | "liquidityOf" | "price"
>;

/** A rig's operations on a pool with ranges and a v3 position manager. A direct position is the account's own. */
export function rangeOperations(on: RangeProtocol): Operations {
  const { client, pool, caller } = on;
  const send = (call: Call) => sendAlone(client, call);
  const liquidityOf = async ({ tokenId, owner, tickLower, tickUpper }: RigPosition) => {
    if (tokenId === null) return on.liquidityOfCore(owner, tickLower, tickUpper);
    const read = { address: managerOf(on), abi: anyManagerAbi, functionName: "positions" } as const;
    return (await client.readContract({ ...read, args: [tokenId] }))[7];
  };
  return {
    liquidityOf,
    open: (order) => (order.direct ? openDirect(on, order) : openNft(on, order)),
    async add({ tokenId, account, tickLower, tickUpper }, liquidity) {
      if (tokenId === null) {
        const order = { caller, from: account, pool, owner: account, tickLower, tickUpper, liquidity };
        return send(mintDirect(order));
      }
      const desired = await desiredAmounts(on, { tickLower, tickUpper, liquidity });
      return send(increaseNft({ manager: managerOf(on), from: account, tokenId, ...desired }));
    },
    remove: (position, liquidity) => send(decrease(on, position, liquidity)),
    async collect({ tokenId, account: from, tickLower, tickUpper }) {
      if (tokenId !== null) return send(collectNft({ manager: managerOf(on), from, tokenId }));
      // The pool knows what a core position is owed only once it is poked.
      const poke = on.burn({ from, tickLower, tickUpper, liquidity: 0n });
      await send(poke);
      return send(collectDirect({ from, pool, tickLower, tickUpper }));
    },
    async transfer(position, to) {
      const { tokenId, account: from } = position;
      if (tokenId === null) throw new NotOfThisProtocolError(on.protocol, "transfer of a core position");
      const receipt = await send(transferNft({ manager: managerOf(on), from, to, tokenId }));
      return { position: { ...position, account: to }, receipt };
    },
    async close(position) {
      const { tokenId, account: from, tickLower, tickUpper } = position;
      const liquidity = await liquidityOf(position);
      const remove = liquidity > 0n || tokenId === null ? [decrease(on, position, liquidity)] : [];
      if (tokenId === null) {
        for (const call of remove) await send(call);
        return send(collectDirect({ from, pool, tickLower, tickUpper }));
      }
      const nft = { manager: managerOf(on), from, tokenId };
      const collect = liquidity > 0n ? [collectNft(nft)] : [];
      return send(multicallManager({ ...nft, calls: [...remove, ...collect, burnNft(nft)] }));
    },
    swap: ({ account, ...order }) => send(swap({ caller, from: account, pool, ...order })),
    price: () => on.readPrice(),
  };
}

type Order = Parameters<ProtocolRig["open"]>[0];

async function openDirect(
  { client, caller, pool }: RangeProtocol,
  { account, tickLower, tickUpper, liquidity }: Order,
): ReturnType<ProtocolRig["open"]> {
  const order = { caller, from: account, pool, owner: account, tickLower, tickUpper, liquidity };
  const receipt = await sendAlone(client, mintDirect(order));
  return { position: { tokenId: null, account, owner: account, tickLower, tickUpper, salt: null }, receipt };
}

async function openNft(on: RangeProtocol, order: Order): ReturnType<ProtocolRig["open"]> {
  const { account, tickLower, tickUpper } = order;
  const [manager, desired] = [managerOf(on), await desiredAmounts(on, order)];
  const call = on.mintNft({ manager, from: account, tickLower, tickUpper, ...desired });
  const receipt = await sendAlone(on.client, call);
  const tokenId = mintedNft(receipt, manager);
  return { position: { tokenId, account, owner: manager, tickLower, tickUpper, salt: null }, receipt };
}

function decrease(on: RangeProtocol, position: RigPosition, liquidity: bigint): Call {
  const { tokenId, account: from, tickLower, tickUpper } = position;
  if (tokenId === null) return on.burn({ from, tickLower, tickUpper, liquidity });
  return decreaseNft({ manager: managerOf(on), from, tokenId, liquidity });
}

/** What that liquidity takes at the price now, so that the manager adds it, or a little less. */
async function desiredAmounts(
  on: RangeProtocol,
  { tickLower, tickUpper, liquidity }: Pick<Order, "tickLower" | "tickUpper" | "liquidity">,
): Promise<DesiredAmounts> {
  const { sqrtPriceX96, tick } = await on.readPrice();
  const range = { sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp: true };
  const { amount0, amount1 } = getAmountsForLiquidity(range);
  return { amount0Desired: amount0, amount1Desired: amount1 };
}

/** Id of the NFT that the manager minted, from its Transfer. */
function mintedNft({ logs }: TransactionReceipt, manager: Address): bigint {
  const minted = logs.find(
    ({ address, topics }) =>
      address === manager.toLowerCase() && topics[1] === pad(zeroAddress) && topics.length === 4,
  );
  if (minted?.topics[3] === undefined) throw new Error("The receipt of a mint has no Transfer of an NFT.");
  return BigInt(minted.topics[3]);
}

function managerOf({ positionManager, protocol }: RangeProtocol): Address {
  if (positionManager === null) throw new NotOfThisProtocolError(protocol, "position manager here");
  return positionManager;
}
