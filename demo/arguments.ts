import { PROTOCOLS, type ProtocolName } from "../config/protocols.ts";

export interface Arguments {
  help: boolean;
  once: boolean;
  protocol: ProtocolName;
}

const names = PROTOCOLS.join(", ");

export const usage = `Usage: npm run demo [-- [--once] [--protocol <name>]]

Runs a pool of a protocol on a local chain with a dozen LPs, indexes it, and shows their inventory
and impermanent loss live until Ctrl-C.

  --protocol <name>   ${names} (default: uniswap-v3)
  --once              run a fixed seed to a fixed block, print the table once, and end

PORT sets the port of the API (42069), NO_COLOR turns colours off.`;

/** What the command line asks for. @example readArguments(["--protocol", "uniswap-v2"]).protocol // "uniswap-v2" */
export function readArguments(args: readonly string[]): Arguments {
  const read: Arguments = { help: false, once: false, protocol: "uniswap-v3" };
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === "--help" || arg === "-h") read.help = true;
    else if (arg === "--once") read.once = true;
    else if (arg === "--protocol") read.protocol = protocolOf(left.shift());
    else if (arg.startsWith("--protocol=")) read.protocol = protocolOf(arg.slice("--protocol=".length));
    else throw new ArgumentError(`Unknown argument: ${arg}\n\n${usage}`);
  }
  return read;
}

function protocolOf(name: string | undefined): ProtocolName {
  const known = PROTOCOLS.find((protocol) => protocol === name);
  if (known !== undefined) return known;
  const missing = name === undefined || name === "" || name.startsWith("-");
  const fault = missing ? "--protocol has no name after it" : `--protocol does not know "${name}"`;
  throw new ArgumentError(`${fault}: write one of ${names}.`);
}

export class ArgumentError extends Error {
  override name = "ArgumentError";
}
