import type { Hono } from "hono";
import { type ApiOptions, createApi } from "../../src/api/createApi.ts";
import { createHeads } from "../../src/api/heads.ts";
import { createSnapshots, type Database } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";

export type Answer = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared with literals, not used.
  data: any;
  errors: { message: string; path?: unknown; extensions: { code: string } }[];
};

export const NOW = 1_700_010_000;

/** What was logged, for tests of masked errors. */
export const logged: Error[] = [];

/** The product's limits without those of time: on a slow machine an answer comes late, and is no other. */
export const PATIENT = { inFlight: 64, patience: 280_000, deadline: 280_000 };

export function createTestApi(database: Database, options: Partial<ApiOptions> = {}): Hono {
  return createApi({
    chains: [{ id: 1, name: "mainnet", quoteToken: null, quoteMinDepth: 10_000 }],
    snapshots: createSnapshots(database, new Turns(1), PATIENT),
    heads: createHeads(async () => ({ number: 105, timestamp: 1_700_000_105 })),
    clock: () => NOW,
    logger: { error: ({ error }) => logged.push(error) },
    graphiql: false,
    ...options,
  });
}

export async function ask(app: Hono, query: string, variables: object = {}): Promise<Answer> {
  return post(app, JSON.stringify({ query, variables }));
}

export async function post(app: Hono, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await app.request("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return answerOf(response);
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const { data, errors = [] } = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, data, errors };
}
