import { Hono } from "hono";

/** Ponder wants one; it serves nothing. */
export default new Hono();
