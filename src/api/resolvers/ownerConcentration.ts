import type { GraphQLResolveInfo } from "graphql";
import type { ApiContext } from "../context.ts";
import { ownerConcentration } from "../metrics/ownerConcentration.ts";
import { sumOwnedInRange } from "../queries/ownedInRange.ts";
import type { PoolAt } from "../queries/pools.ts";
import { inList } from "./inList.ts";

export async function ownerConcentrationOf(
  { row, tip, past }: PoolAt,
  _: unknown,
  { ask }: ApiContext,
  info: GraphQLResolveInfo,
): Promise<number | null> {
  const { tick } = row;
  if (tick === null || inList(info)) return null;
  const block = past ? tip.number : null;
  return ownerConcentration(await ask((snapshot) => sumOwnedInRange(snapshot, row, tick, block)));
}
