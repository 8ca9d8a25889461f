import { metricCatalogue } from "../src/api/metrics/catalogue/metricCatalogue.ts";

const BEGIN = "<!-- metrics: written by npm run metrics -->\n";
const END = "<!-- end of metrics -->";

/**
 * The README with its list of metrics written anew from the catalogue that the API serves, and nothing else changed.
 *
 * @throws {NoPlaceForMetricsError} where the two markers are not both there, in this order.
 * @example writeMetricList("# Mine\n<!-- metrics: written by npm run metrics -->\n<!-- end of metrics -->\n")
 */
export function writeMetricList(readme: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new NoPlaceForMetricsError();
  return `${readme.slice(0, begin + BEGIN.length)}${metricList()}${readme.slice(end)}`;
}

function metricList(): string {
  const subjects = Object.entries(metricCatalogue).map(([subject, rows]) => {
    const metrics = Object.entries(rows);
    const lines = metrics.map(([name, [formula, unit, , method]]) =>
      line([`\`${name}\``, formula, unit, method]),
    );
    const table = [line(["metric", "formula", "unit", "method"]), "|---|---|---|---|", ...lines].join("\n");
    return `<details><summary>${subject} (${metrics.length})</summary>\n\n${table}\n\n</details>\n`;
  });
  return subjects.join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(asCell).join(" | ")} |`;
}

/** A bar would end the cell, and what stands in angle brackets would be taken for HTML. */
function asCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

export class NoPlaceForMetricsError extends Error {
  override name = "NoPlaceForMetricsError";
  constructor() {
    super(
      `the README has no place for its list of metrics: put "${BEGIN.trim()}" before it and "${END}" after`,
    );
  }
}
