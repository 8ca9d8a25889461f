import { and, eq, inArray, or } from "drizzle-orm";
import { token } from "../../../ponder.schema.ts";
import { onceFor } from "../onceFor.ts";
import type { Snapshot } from "../snapshot.ts";

export type Token = typeof token.$inferSelect;

/** Tokens of a chain by address: a list for each chain. */
export type TokenKeys = ReadonlyMap<number, ReadonlySet<`0x${string}`>>;

export async function findToken(
  snapshot: Snapshot,
  chainId: number,
  address: `0x${string}`,
): Promise<Token | null> {
  const [row] = await snapshot
    .select()
    .from(token)
    .where(and(eq(token.chainId, chainId), eq(token.address, address)));
  return row ?? null;
}

const tokensOnce = onceFor<Snapshot, Promise<ReadonlyMap<string, Token>>>();

/** By `chainId:address`, in one query, and none where the snapshot was asked for the same before. */
export function findTokens(snapshot: Snapshot, keys: TokenKeys): Promise<ReadonlyMap<string, Token>> {
  const key = [...keys].map(([chainId, addresses]) => `${chainId}:${[...addresses].join()}`).join(";");
  return tokensOnce(snapshot, key, () => readTokens(snapshot, keys));
}

async function readTokens(snapshot: Snapshot, keys: TokenKeys): Promise<ReadonlyMap<string, Token>> {
  const ofChains = [...keys].map(([chainId, addresses]) =>
    and(eq(token.chainId, chainId), inArray(token.address, [...addresses])),
  );
  if (ofChains.length === 0) return new Map();
  const rows = await snapshot
    .select()
    .from(token)
    .where(or(...ofChains));
  return new Map(rows.map((row) => [`${row.chainId}:${row.address}`, row]));
}
