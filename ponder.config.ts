import { ponderConfig } from "./config/ponderConfig.ts";
import { readMarkets } from "./config/readMarkets.ts";

/** What is indexed. The two composition roots, src/indexing/index.ts and src/api/index.ts, pass it downward. */
export const markets = readMarkets();

export default ponderConfig(markets, process.env);
