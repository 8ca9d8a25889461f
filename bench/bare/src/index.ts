import { ponder } from "ponder:registry";
import { pool, swap } from "../ponder.schema.ts";

ponder.on("UniswapV3Factory:PoolCreated", async ({ event, context }) => {
  const { token0, token1, fee, tickSpacing, pool: poolId } = event.args;
  const terms = { token0, token1, fee, tickSpacing };
  await context.db.insert(pool).values({ chainId: context.chain.id, poolId, ...terms, liquidity: 0n });
});

ponder.on("UniswapV3Pool:Initialize", async ({ event, context }) => {
  const { sqrtPriceX96, tick } = event.args;
  const key = { chainId: context.chain.id, poolId: event.log.address };
  await context.db.update(pool, key).set({ sqrtPriceX96, tick });
});

ponder.on("UniswapV3Pool:Swap", async ({ event, context }) => {
  const { sender, recipient, amount0, amount1, sqrtPriceX96, liquidity, tick } = event.args;
  const key = { chainId: context.chain.id, poolId: event.log.address };
  await context.db.insert(swap).values({
    ...key,
    blockNumber: Number(event.block.number),
    logIndex: event.log.logIndex,
    transactionHash: event.transaction.hash,
    timestamp: Number(event.block.timestamp),
    sender,
    recipient,
    amount0,
    amount1,
    sqrtPriceX96,
    tick,
    liquidity,
  });
  await context.db.update(pool, key).set({ sqrtPriceX96, tick, liquidity });
});
