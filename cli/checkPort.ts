import { createServer } from "node:net";
import { StartRefused } from "./startRefused.ts";

const DEFAULT_PORT = 42069;

/**
 * The port that the API listens on: PORT, or else 42069. Throws {@link StartRefused} if it is no port or taken.
 *
 * @example await checkPort({ PORT: "8080" }) // 8080
 */
export async function checkPort(env: NodeJS.ProcessEnv): Promise<number> {
  const text = env.PORT || String(DEFAULT_PORT);
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    throw new StartRefused(
      `PORT is "${text}": write a whole number from 1 to 65535, or leave it out for ${DEFAULT_PORT}.`,
    );
  }
  const fault = await listenFault(port);
  if (fault === "EADDRINUSE") {
    throw new StartRefused(
      `Port ${port} is in use: stop what listens there, or set PORT=${port + 1} or another.`,
    );
  }
  if (fault !== undefined) {
    throw new StartRefused(`Port ${port} cannot be listened on (${fault}): set PORT to another.`);
  }
  return port;
}

function listenFault(port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    // No host, as Ponder listens: all interfaces.
    server.listen(port, () => server.close(() => resolve(undefined)));
  });
}
