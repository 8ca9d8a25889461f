import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NoPlaceForMetricsError, writeMetricList } from "../../docs/metricList.ts";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const BEGIN = "<!-- metrics: written by npm run metrics -->\n";
const END = "<!-- end of metrics -->";

test("README's list of metrics is what npm run metrics writes", () => {
  expect(readme === writeMetricList(readme), "run npm run metrics").toBe(true);
});

test("a list of other metrics is written over, and nothing around it", () => {
  const stale = `# Mine\n${BEGIN}| gone |\n${END}\n## Yours\n`;
  const written = writeMetricList(stale);
  expect(written).not.toContain("gone");
  expect(written.startsWith(`# Mine\n${BEGIN}<details>`)).toBe(true);
  expect(written.endsWith(`</details>\n${END}\n## Yours\n`)).toBe(true);
  expect(written).toContain("\n| `Position.inventory.skew` | 2 w0 - 1 | fraction | ACCOUNTED |\n");
});

test("a bar inside a formula does not end its cell", () => {
  const rows = writeMetricList(`${BEGIN}${END}`)
    .split("\n")
    .filter((line) => line.startsWith("| "));
  expect(rows.length).toBeGreaterThan(200);
  expect(rows.filter((row) => row.match(/(?<!\\)\|/g)?.length !== 5)).toEqual([]);
});

test.each(["", BEGIN, END, `${END}${BEGIN}`])("a README without a place for it is refused: %j", (text) => {
  expect(() => writeMetricList(text)).toThrow(NoPlaceForMetricsError);
});
