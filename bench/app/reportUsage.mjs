// Loaded into the measured processes: leaves their processor time and their most memory when they end.
import { appendFileSync } from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  appendFileSync(process.env.BENCH_USAGE_FILE ?? "/dev/null", `${userCPUTime + systemCPUTime} ${maxRSS}\n`);
});
