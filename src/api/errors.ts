/** Every code that `extensions.code` of an error may have, with the HTTP status that it asks for. */
export const HTTP_STATUS = {
  /** Not a GraphQL request, or over the limit of what one may contain. */
  BAD_REQUEST: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_INPUT: 400,
  CURSOR_INVALID: 400,
  CURSOR_EXPIRED: 400,
  ORDER_UNAVAILABLE: 400,
  TOO_COMPLEX: 400,
  TOO_MANY_POINTS: 400,
  TOO_BUSY: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof HTTP_STATUS;

/** An error that the client is told about as it stands. Everything else is masked. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
