import { createYoga, type Plugin } from "graphql-yoga";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { executableSchema } from "./executableSchema.ts";
import { type Execution, inOneSnapshot } from "./execution.ts";
import { limits } from "./limits/limits.ts";
import { type Logger, publicError } from "./publicError.ts";

const ENDPOINT = "/graphql";
const MAX_BODY_BYTES = 100_000;

export type ApiOptions = Execution & {
  logger: Logger;
  /** Serve GraphiQL to browsers at the endpoint. */
  graphiql: boolean;
};

/**
 * The HTTP API: GraphQL at /graphql, by POST or GET. It needs nothing of Ponder, so that tests call it on
 * any database that has the tables. Example: `createApi(options).request("/graphql?query={status{lag}}")`.
 */
export function createApi(options: ApiOptions): Hono {
  const yoga = createYoga({
    schema: executableSchema,
    graphqlEndpoint: ENDPOINT,
    graphiql: options.graphiql ? { title: "Ballast" } : false,
    landingPage: false,
    // Ponder answers for CORS and health.
    cors: false,
    healthCheckEndpoint: `${ENDPOINT}/health`,
    multipart: false,
    batching: false,
    logging: false,
    maskedErrors: { maskError: (error) => publicError(error, options.logger) },
    plugins: [...limits(), inOneSnapshot(options), publicErrors(options.logger)],
  });
  const app = new Hono();
  app.use(
    ENDPOINT,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => context.json({ errors: [tooLarge] }, 413),
    }),
  );
  app.on(["GET", "POST"], ENDPOINT, (context) => yoga.fetch(context.req.raw));
  return app;
}

const tooLarge = {
  message: `The request's body is larger than ${MAX_BODY_BYTES} bytes.`,
  extensions: { code: "BAD_REQUEST" },
};

/** Errors that never reach a resolver, such as those of parsing and validation, get the same shape. */
function publicErrors(logger: Logger): Plugin {
  return {
    onExecutionResult({ result, setResult }) {
      if (result === undefined || Array.isArray(result) || !("errors" in result)) return;
      const errors = result.errors?.map((error) => publicError(error, logger));
      setResult({ ...result, ...(errors ? { errors } : {}) });
    },
  };
}
