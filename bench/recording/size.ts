/** Of the chain that the app is measured on; fewer swaps for a quick look. */
export const SEED = 20_261_121;
export const SWAPS = Number(process.env.BENCH_SWAPS ?? 50_000);
