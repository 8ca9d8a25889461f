import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PARTS = [
  "abis",
  "cli",
  "config",
  "src",
  "package.json",
  "package-lock.json",
  "ponder-env.d.ts",
  "ponder.config.ts",
  "ponder.schema.ts",
  "tsconfig.json",
];

export type Mutation = { file: string; from: string; to: string };

/**
 * The app's source in a directory of its own, with some lines replaced by wrong ones: a check that stays green on it
 * checks nothing. Throws where a line is not there to be replaced. @example await mutatedTree([{ file, from, to }])
 */
export async function mutatedTree(mutations: readonly Mutation[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "ballast-mutated-"));
  for (const part of PARTS) await cp(part, join(root, part), { recursive: true });
  await symlink(join(process.cwd(), "node_modules"), join(root, "node_modules"));
  for (const { file, from, to } of mutations) {
    const text = await readFile(join(root, file), "utf8");
    if (!text.includes(from)) throw new NothingToMutateError(file, from);
    await writeFile(join(root, file), text.replace(from, to));
  }
  return root;
}

export function removeTree(root: string): Promise<void> {
  return rm(root, { recursive: true, force: true });
}

export class NothingToMutateError extends Error {
  override readonly name = "NothingToMutateError";

  constructor(file: string, from: string) {
    super(`${file} does not contain \`${from}\` any more: mutate what took its place.`);
  }
}
