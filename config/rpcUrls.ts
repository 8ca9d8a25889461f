/**
 * The RPC URLs of a chain: those of PONDER_RPC_URL_<id>, separated by commas, or else those of the markets file.
 *
 * @example rpcUrls(1, ["https://a"], { PONDER_RPC_URL_1: "https://b,https://c" }) // ["https://b", "https://c"]
 */
export function rpcUrls(
  chainId: number,
  urlsInFile: readonly string[] | undefined,
  env: NodeJS.ProcessEnv,
): string[] {
  const override = (env[rpcVariable(chainId)] ?? "")
    .split(",")
    .map((url) => url.trim())
    .filter((url) => url !== "");
  return override.length > 0 ? override : [...(urlsInFile ?? [])];
}

/** The environment variable that goes before a chain's `rpc`. */
export function rpcVariable(chainId: number): string {
  return `PONDER_RPC_URL_${chainId}`;
}

/** Whether the text is an http or https URL that `fetch` takes: it refuses a user name or password. */
export function isRpcUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}
