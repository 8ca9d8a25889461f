/**
 * A URL that may be shown: keys hide in paths, queries and passwords, so only scheme and host are left.
 *
 * @example maskUrl("https://mainnet.example.org/v3/0123456789abcdef") // "https://mainnet.example.org/..."
 */
export function maskUrl(text: string): string {
  if (!URL.canParse(text)) return "(not a URL)";
  const { protocol, host, pathname, search } = new URL(text);
  return `${protocol}//${host}${pathname.length > 1 || search !== "" ? "/..." : ""}`;
}
