import { setTimeout as sleep } from "node:timers/promises";

/** What the demo's table asks the app's own API, in one operation: so all of it is as of one block. */
export const positionsQuery = /* GraphQL */ `
  query Demo($chainId: Int!, $pool: Hex!) {
    pool(chainId: $chainId, poolId: $pool) {
      protocol
      feePips
      price
      token0 { symbol }
      token1 { symbol }
      asOf { number timestamp }
    }
    positions(
      where: { chainId: $chainId, pool: $pool, status: [IN_RANGE, BELOW, ABOVE] }
      orderBy: OPENED
      direction: ASC
      first: 100
    ) {
      items {
        owner
        tokenId
        tickLower
        tickUpper
        priceLower
        priceUpper
        status
        inventory { share0 skew netInventory { decimal0 } }
        impermanentLoss { unrealized ratio }
        fees { earned { value } }
        pnl { total }
      }
    }
  }
`;

export interface PositionsPage {
  pool: {
    protocol: string;
    feePips: number | null;
    price: number | null;
    token0: { symbol: string | null };
    token1: { symbol: string | null };
    asOf: { number: number; timestamp: number };
  } | null;
  positions: { items: Position[] };
}

export interface Position {
  owner: string;
  tokenId: string | null;
  tickLower: number | null;
  tickUpper: number | null;
  priceLower: number | null;
  priceUpper: number | null;
  status: "IN_RANGE" | "BELOW" | "ABOVE" | "CLOSED";
  inventory: { share0: number | null; skew: number | null; netInventory: { decimal0: string | null } };
  impermanentLoss: { unrealized: number | null; ratio: number | null };
  fees: { earned: { value: number | null } | null };
  pnl: { total: number | null };
}

/** Asks for the page; throws with the API's first error. */
export async function fetchPositions(
  url: string,
  variables: { chainId: number; pool: string },
  signal?: AbortSignal,
): Promise<PositionsPage> {
  return askApi<PositionsPage>(url, positionsQuery, variables, signal);
}

/** The same, asking again where the API is too busy to answer, as its clients should. */
export async function awaitPositions(
  url: string,
  variables: { chainId: number; pool: string },
  signal: AbortSignal,
  tries = { most: 20, pause: 1_000 },
): Promise<PositionsPage> {
  for (let asked = 1; ; asked++) {
    try {
      return await fetchPositions(url, variables, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (asked === tries.most) throw error;
      await sleep(tries.pause, undefined, { signal });
    }
  }
}

/** The chain's newest indexed block; -1 before the first, or while the API does not answer. */
export async function fetchIndexedBlock(url: string, chainId: number): Promise<number> {
  interface Status {
    status: { chainId: number; indexed: { number: number } | null }[];
  }
  try {
    const { status } = await askApi<Status>(url, "{ status { chainId indexed { number } } }", {});
    return status.find((chain) => chain.chainId === chainId)?.indexed?.number ?? -1;
  } catch {
    return -1;
  }
}

async function askApi<Data>(
  url: string,
  query: string,
  variables: unknown,
  signal?: AbortSignal,
): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.any([AbortSignal.timeout(10_000), ...(signal ? [signal] : [])]),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors?.[0] || !data) throw new ApiError(errors?.[0]?.message ?? `HTTP status ${response.status}`);
  return data;
}

export class ApiError extends Error {
  override name = "ApiError";

  constructor(message: string) {
    super(`The API answers with an error: ${message}`);
  }
}
