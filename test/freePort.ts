import { createServer } from "node:net";

// Below the ports that systems give to whoever asks for any, which another test may get before this one is used.
const [FIRST, SLICE, SLICES] = [10_000, 2_500, 8];

let taken = 0;

/**
 * A port that nobody listens on, and that nobody else will be given before it is used: each worker of a test run has ports
 * of its own, of which it begins at another one in every process, for runs beside this one.
 */
export async function freePort(): Promise<number> {
  const slice = Number(process.env.VITEST_POOL_ID ?? 0) % SLICES;
  for (let tries = 0; tries < SLICE; tries++) {
    const port = FIRST + slice * SLICE + ((process.pid * 17 + taken++) % SLICE);
    if (await isFree(port)) return port;
  }
  throw new NoFreePortError(slice);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

export class NoFreePortError extends Error {
  override readonly name = "NoFreePortError";

  constructor(slice: number) {
    super(`somebody listens on every port of slice ${slice} of those for tests: end old test runs`);
  }
}
