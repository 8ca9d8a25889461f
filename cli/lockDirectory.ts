import { accessSync, constants, mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { StartRefused } from "./startRefused.ts";

/**
 * Makes a data directory and takes it for this process: the embedded database has no lock of its own, and two
 * processes in it spoil it. A socket is the lock, because it ends with its process however that ends.
 *
 * @returns gives the directory back
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const socket = join(directory, "lock");
  makeDirectory(directory);
  if (await isHeld(socket)) {
    throw new StartRefused(
      `The embedded database in ${directory} is in use: stop the other Ballast, or set BALLAST_DATA_DIR to another directory.`,
    );
  }
  rmSync(socket, { force: true });
  const server = await hold(socket);
  return () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()));
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `The data directory ${directory} cannot be written to (${reason}): set BALLAST_DATA_DIR to another.`,
    );
  }
}

function isHeld(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });
}

// Some file systems have no sockets, and a path of more than about 100 characters takes none: no lock there.
function hold(socket: string): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((other) => other.destroy());
    server.once("error", () => resolve(undefined));
    server.listen(socket, () => resolve(server.unref()));
  });
}
