import { createYoga, type Plugin } from "graphql-yoga";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { executableSchema } from "./executableSchema.ts";
import { type Execution, inOneSnapshot } from "./execution.ts";
import { limits } from "./limits/limits.ts";
import { type Logger, publicError } from "./publicError.ts";
import { requestParameters } from "./requestParameters.ts";

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
    plugins: [requestParameters(), ...limits(), inOneSnapshot(options), publicErrors(options.logger)],
  });
  const app = new Hono();
  app.use(
    ENDPOINT,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => refuse(context, 413, TOO_LARGE),
    }),
  );
  app.on(["GET", "POST"], ENDPOINT, async (context) => {
    const response = await yoga.fetch(context.req.raw);
    // Yoga answers these two without a body.
    return response.status === 406 || response.status === 415
      ? refuse(context, response.status, HOW_TO_ASK)
      : response;
  });
  app.get("/", (context) => context.text(`Ballast. ${HOW_TO_ASK}\n`));
  app.all(ENDPOINT, (context) => refuse(context, 404, HOW_TO_ASK));
  app.all("/", (context) => refuse(context, 404, HOW_TO_ASK));
  return app;
}

const TOO_LARGE = `The request's body is larger than ${MAX_BODY_BYTES} bytes.`;
const HOW_TO_ASK = `Send a GraphQL query as JSON by POST to ${ENDPOINT}, and accept application/json.`;

function refuse(context: Context, status: 404 | 406 | 413 | 415, message: string): Response {
  return context.json({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] }, status);
}

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
