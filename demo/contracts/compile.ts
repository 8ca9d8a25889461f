/**
 * Compiles our own Solidity: `npm run compile:contracts` rewrites demo/contracts/artifacts and the bytecode in
 * abis/staticCalls.ts. The same sources give the same bytes on every machine (no metadata hash, pinned solc).
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const abis = join(here, "../../abis");

interface CompilerOutput {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { abi: unknown[]; evm: { bytecode: { object: string } } }>>;
}

/** Every file that the compiler writes, by absolute path, with the text it should hold. */
export function compiledFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const contracts of Object.values(compile().contracts ?? {})) {
    for (const [name, { abi, evm }] of Object.entries(contracts)) {
      const bytecode = `0x${evm.bytecode.object}`;
      if (name === "StaticCalls") files.set(join(abis, "staticCalls.ts"), withBytecode(bytecode));
      else if (bytecode !== "0x") {
        const artifact = JSON.stringify({ contractName: name, abi, bytecode }, null, 2);
        files.set(join(here, "artifacts", `${name}.json`), `${artifact}\n`);
      }
    }
  }
  return files;
}

function compile(): CompilerOutput {
  const sources: Record<string, { content: string }> = {};
  for (const directory of [here, abis]) {
    for (const file of readdirSync(directory).sort()) {
      if (file.endsWith(".sol")) sources[file] = { content: readFileSync(join(directory, file), "utf8") };
    }
  }
  const settings = {
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: "none" },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
  };
  const output = runSolc({ language: "Solidity", sources, settings });
  const errors = output.errors ?? [];
  if (errors.length > 0) throw new CompilationError(errors.map((error) => error.formattedMessage));
  return output;
}

function runSolc(input: unknown): CompilerOutput {
  // Loaded when needed, as it takes a second; and its build catches every uncaught exception of the process.
  const before = {
    exception: process.listeners("uncaughtException"),
    rejection: process.listeners("unhandledRejection"),
  };
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  for (const listener of process.listeners("uncaughtException")) {
    if (!before.exception.includes(listener)) process.off("uncaughtException", listener);
  }
  for (const listener of process.listeners("unhandledRejection")) {
    if (!before.rejection.includes(listener)) process.off("unhandledRejection", listener);
  }
  return JSON.parse(solc.compile(JSON.stringify(input))) as CompilerOutput;
}

function withBytecode(bytecode: string): string {
  const source = readFileSync(join(abis, "staticCalls.ts"), "utf8");
  return source.replace(/(staticCallsBytecode =\s+)"0x[0-9a-f]*"/, `$1"${bytecode}"`);
}

export class CompilationError extends Error {
  override name = "CompilationError";

  constructor(messages: string[]) {
    super(`solc refuses the contracts, warnings count as errors:\n${messages.join("\n")}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(here, "artifacts"), { recursive: true });
  for (const [path, text] of compiledFiles()) writeFileSync(path, text);
}
