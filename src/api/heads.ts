export type Head = { number: number; timestamp: number };

/** Asks a chain for its newest block. */
export type FetchHead = (chainId: number) => Promise<Head>;

export type Heads = (chainIds: readonly number[]) => Promise<ReadonlyMap<number, Head | null>>;

const TIMEOUT_MS = 2_000;
const FRESH_MS = 1_000;

/**
 * The newest block of each chain; null where it did not answer within two seconds. An answer serves
 * everybody for a second, so that polling `status` costs the RPC at most one request a second.
 */
export function createHeads(fetchHead: FetchHead, clock: () => number = Date.now): Heads {
  const asked = new Map<number, { at: number; head: Promise<Head | null> }>();
  const head = (chainId: number): Promise<Head | null> => {
    const last = asked.get(chainId);
    if (last !== undefined && clock() - last.at < FRESH_MS) return last.head;
    const fresh = within(TIMEOUT_MS, fetchHead(chainId));
    asked.set(chainId, { at: clock(), head: fresh });
    return fresh;
  };
  return async (chainIds) => {
    const heads = await Promise.all(chainIds.map(async (id) => [id, await head(id)] as const));
    return new Map(heads);
  };
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([answer, silence]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
