import { z } from "zod";
import { isAddressLike } from "./addressInFile.ts";
import { isPoolIdLike } from "./poolInFile.ts";
import { PROTOCOLS } from "./protocols.ts";

/** Stands for a value that another check reports, so that nothing more is said of it. */
export const MALFORMED = "malformed";

const address = z.string().refine(isAddressLike).toLowerCase().optional().catch(MALFORMED);
const pool = z
  .string()
  .refine((text) => isAddressLike(text) || isPoolIdLike(text))
  .toLowerCase()
  .catch(MALFORMED);

const market = z
  .object({
    protocol: z.enum(PROTOCOLS).optional().catch(undefined),
    factory: address,
    poolManager: address,
    positionManager: address.nullable(),
    stakers: z.unknown().optional(),
    pools: z.array(pool).optional().catch([]),
  })
  .catch({ factory: MALFORMED, poolManager: MALFORMED, positionManager: MALFORMED, pools: [] });

const chain = z
  .object({
    id: z.number().optional().catch(undefined),
    name: z.string().optional().catch(undefined),
    rpc: z.unknown().optional(),
    markets: z.array(market).catch([]),
  })
  .catch({ id: undefined, name: undefined, rpc: MALFORMED, markets: [] });

/**
 * Reads what it can of any value as a markets file, so that what fields say together is checked next to single fields.
 *
 * @example lenientMarkets.parse({ chains: [{ id: 1, markets: 7 }] }) // { chains: [{ id: 1, markets: [] }] }
 */
export const lenientMarkets = z.object({ chains: z.array(chain).catch([]) }).catch({ chains: [] });

export type LenientChain = z.infer<typeof chain>;
export type LenientMarket = z.infer<typeof market>;
