import { readFileSync, writeFileSync } from "node:fs";
import { writeMetricList } from "./metricList.ts";

// `npm run metrics` writes README.md's list anew after the catalogue of metrics changed.
const file = new URL("../README.md", import.meta.url);
writeFileSync(file, writeMetricList(readFileSync(file, "utf8")));
