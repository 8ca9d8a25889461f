import { z } from "zod";
import { marketsFile } from "./marketsFile.ts";

/**
 * The JSON Schema of the markets file, as `ballast.schema.json` holds it, so that editors complete and check keys.
 * Checksums and what fields say together are beyond a JSON Schema: only the app checks those.
 */
export function marketsJsonSchema(): object {
  return { ...z.toJSONSchema(marketsFile, { io: "input" }), title: "Ballast markets file" };
}
