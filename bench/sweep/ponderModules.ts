import { registerHooks } from "node:module";

/**
 * Lets handlers run outside Ponder: `ponder:schema` becomes the schema file, as Ponder's own loader has it. To be
 * imported before any of them.
 */
const SCHEMA = new URL("../../ponder.schema.ts", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "ponder:schema"
      ? { url: specifier, format: "module", shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === "ponder:schema"
      ? {
          format: "module",
          shortCircuit: true,
          source: `import * as schema from ${JSON.stringify(SCHEMA)}; export default schema; export * from ${JSON.stringify(SCHEMA)};`,
        }
      : next(url, context),
});
