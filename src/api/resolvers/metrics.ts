import { metricCatalogue } from "../metrics/catalogue/metricCatalogue.ts";
import type { Method } from "../metrics/catalogue/metricRow.ts";

export type MetricDefinition = {
  name: string;
  formula: string;
  unit: string;
  sign: string | null;
  method: Method;
  source: string;
};

/** The catalogue as it is served: what the API's figures are, whatever is indexed. */
export function metrics(): MetricDefinition[] {
  return Object.values(metricCatalogue)
    .flatMap((rows) => Object.entries(rows))
    .map(([name, [formula, unit, sign, method, source]]) => ({ name, formula, unit, sign, method, source }));
}
