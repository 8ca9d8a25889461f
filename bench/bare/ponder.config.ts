import { createConfig, factory } from "ponder";
import { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { ponderChains } from "../../config/chains.ts";
import { database } from "../../config/database.ts";
import { readMarkets } from "../../config/readMarkets.ts";

/**
 * The least that a Ponder app for the same pools can be: swaps, and the pools that they move. Chain and database come
 * from where the whole app takes them, so that both talk to them alike.
 */
const { chains } = readMarkets();
const [chain] = chains;
if (chain === undefined) throw new Error("the markets file names no chain");
const market = chain.markets.get("uniswap-v3");
if (market === undefined) throw new Error("the markets file names no market of uniswap-v3");
const { factories, startBlock } = market;
const [created] = uniswapV3FactoryAbi;
const addresses = [...factories.keys()];
const events = uniswapV3PoolAbi.filter((item) => item.type === "event");
const [initialize, swap] = ["Initialize", "Swap"].map((name) => events.find((event) => event.name === name));
if (initialize === undefined || swap === undefined)
  throw new Error("the pool's ABI has no Initialize or no Swap");

export default createConfig({
  database: database(process.env),
  ordering: "multichain",
  chains: ponderChains(chains),
  contracts: {
    UniswapV3Factory: {
      abi: uniswapV3FactoryAbi,
      chain: { [chain.name]: { address: addresses, startBlock } },
    },
    UniswapV3Pool: {
      abi: [initialize, swap],
      chain: {
        [chain.name]: {
          address: factory({ address: addresses, event: created, parameter: "pool", startBlock }),
          startBlock,
        },
      },
    },
  },
});
