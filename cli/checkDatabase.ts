import { Client } from "pg";
import { StartRefused } from "./startRefused.ts";

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;
const ADVICE = "or unset DATABASE_URL to use the embedded database.";

/**
 * Connects to Postgres once, and throws {@link StartRefused} if it does not answer. The password is never shown.
 *
 * @param url the value of DATABASE_URL
 */
export async function checkDatabase(url: string): Promise<void> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StartRefused(
      `DATABASE_URL is not a Postgres URL: write postgres://user:password@host:5432/database, ${ADVICE}`,
    );
  }
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MILLISECONDS });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
  } catch (error) {
    throw new StartRefused(
      `The database ${maskDatabaseUrl(url)} cannot be used (${reason(error)}): start it or correct DATABASE_URL, ${ADVICE}`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * A database URL that may be shown.
 *
 * @example maskDatabaseUrl("postgres://bob:secret@db:5432/ballast?ssl=1") // "postgres://bob:***@db:5432/ballast"
 */
export function maskDatabaseUrl(url: string): string {
  const { protocol, username, password, host, pathname } = new URL(url);
  const user = username === "" ? "" : `${username}${password === "" ? "" : ":***"}@`;
  return `${protocol}//${user}${host}${pathname}`;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  return "code" in error ? String(error.code) : error.name;
}
