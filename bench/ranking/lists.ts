import { CHAIN_ID, poolId } from "./marketRows.ts";

/** A list as it is asked for: its first page of 20, with the ids of positions, or with all figures of accounts. */
export type AskedList = { scope: string; of: "positions" | "accounts"; order: string; query: string };

const POSITION_ORDERS = [
  ...["VALUE", "FEES", "PNL", "IMPERMANENT_LOSS", "IMPERMANENT_LOSS_RATIO"],
  ...["SKEW", "SKEW_SIZE", "LIQUIDITY", "CLOSED", "OPENED"],
];
const ACCOUNT_ORDERS = ["VALUE", "FEES", "PNL", "IMPERMANENT_LOSS"];

const SCOPES = [
  { scope: "the largest pool", pool: `, pool: "${poolId(1)}"` },
  { scope: "the chain", pool: "" },
];

export const LISTS: readonly AskedList[] = SCOPES.flatMap(({ scope, pool }) => [
  ...POSITION_ORDERS.map((order) => ({
    ...{ scope, of: "positions" as const, order },
    query: `{positions(where: {chainId: ${CHAIN_ID}${pool}}, orderBy: ${order}) {items {id}}}`,
  })),
  ...ACCOUNT_ORDERS.map((order) => ({
    ...{ scope, of: "accounts" as const, order },
    query: `{leaderboard(chainId: ${CHAIN_ID}${pool}, orderBy: ${order}) {
      items {rank account {address} positions value impermanentLoss fees pnl}}}`,
  })),
]);
