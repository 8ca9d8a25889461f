import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

type Node = {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
};

type CpuProfile = { nodes: Node[]; samples: number[]; timeDeltas: number[] };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Milliseconds in each function itself, and in whatever it called, by "function file:line". Idle time is left out. */
export async function readProfile(
  file: string,
): Promise<{ self: Map<string, number>; total: Map<string, number> }> {
  const profile = JSON.parse(await readFile(file, "utf8")) as CpuProfile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const [self, total] = [new Map<string, number>(), new Map<string, number>()];
  const add = (sums: Map<string, number>, key: string, value: number) =>
    sums.set(key, (sums.get(key) ?? 0) + value);
  for (const [i, id] of profile.samples.entries()) {
    const milliseconds = (profile.timeDeltas[i] ?? 0) / 1_000;
    const names = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = nodes.get(at);
      if (node !== undefined) names.add(nameOf(node));
    }
    const [own] = names;
    if (own === undefined || own.startsWith("(idle)") || own.startsWith("(program)")) continue;
    add(self, own, milliseconds);
    for (const name of names) add(total, name, milliseconds);
  }
  return { self, total };
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: Node): string {
  const file = url
    .replace("file://", "")
    .replace(ROOT, "")
    .replace(/^.*node_modules\//, "");
  return `${functionName || "(anonymous)"} ${file}${file === "" ? "" : `:${lineNumber + 1}`}`;
}
