import type { GraphQLError } from "graphql";
import { createGraphQLError } from "graphql-yoga";
import { ApiError, type ErrorCode, HTTP_STATUS } from "./errors.ts";

export type Logger = { error(entry: { msg: string; error: Error }): void };

const RETRY_AFTER_SECONDS = "1";
const BUSY = "The server is busy. Ask again in a second.";
const TIMED_OUT = "The query took too long. Narrow its filter, for example to one pool.";

/**
 * The error that the client sees: a message, a place and a code of HTTP_STATUS. What is no fault of the
 * client's is logged and masked.
 */
export function publicError(error: unknown, logger: Logger): GraphQLError {
  const code = codeOf(error);
  if (code === undefined) {
    logger.error({ msg: "GraphQL operation failed", error: rootCause(error) });
    return describe("INTERNAL", "Internal error", error);
  }
  if (code === "TOO_COMPLEX" && isTimeout(rootCause(error))) return describe(code, TIMED_OUT, error);
  if (code === "TOO_BUSY") return describe(code, BUSY, error);
  return describe(code, error instanceof Error ? error.message : "", error);
}

function describe(code: ErrorCode, message: string, error: unknown): GraphQLError {
  const headers = code === "TOO_BUSY" ? { headers: { "retry-after": RETRY_AFTER_SECONDS } } : {};
  const extensions = { code, http: { status: statusOf(error) ?? HTTP_STATUS[code], ...headers } };
  if (!isGraphQLError(error)) return createGraphQLError(message, { extensions });
  const { nodes = null, source = null, positions = null, path = null } = error;
  return createGraphQLError(message, { nodes, source, positions, path, extensions });
}

function codeOf(error: unknown): ErrorCode | undefined {
  const cause = rootCause(error);
  if (cause instanceof ApiError) return cause.code;
  if (isTimeout(cause)) return "TOO_COMPLEX";
  // Postgres' lock_not_available: Ponder is changing a table's triggers, as it does in a reorg.
  if ("code" in cause && cause.code === "55P03") return "TOO_BUSY";
  if (!isGraphQLError(cause)) return undefined;
  const given = cause.extensions.code;
  if (typeof given === "string" && given in HTTP_STATUS) return given as ErrorCode;
  if (cause.message.startsWith("Syntax Error")) return "GRAPHQL_PARSE_FAILED";
  if (statusOf(cause) !== undefined) return "BAD_REQUEST";
  // Coercion of variables and arguments; an error with a path otherwise is a resolver's, thus ours.
  const ofInput = cause.path === undefined || cause.message.startsWith("Argument ");
  return ofInput && given === undefined ? "BAD_INPUT" : undefined;
}

/**
 * By name: Vite resolves `graphql` to one copy for yoga and Node to another for the parser, so no class of
 * it may be asked for with instanceof, here or elsewhere.
 */
function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === "GraphQLError";
}

/** Postgres' query_canceled, which is what a statement timeout ends in. */
function isTimeout(cause: Error): boolean {
  return "code" in cause && cause.code === "57014";
}

function rootCause(error: unknown): Error {
  let cause = error instanceof Error ? error : new Error(String(error));
  while (isGraphQLError(cause) && cause.originalError instanceof Error) {
    cause = cause.originalError;
  }
  return cause;
}

/** Method, body and content type faults come from the HTTP layer with a status of their own. */
function statusOf(error: unknown): number | undefined {
  const http = isGraphQLError(error) ? error.extensions.http : undefined;
  const status = typeof http === "object" && http !== null && "status" in http ? http.status : undefined;
  return typeof status === "number" && status >= 400 && status < 500 ? status : undefined;
}
