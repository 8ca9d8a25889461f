import { writeFileSync } from "node:fs";
import { marketsJsonSchema } from "./marketsJsonSchema.ts";

// `npm run schema` writes ballast.schema.json anew after the form of the markets file changed.
const file = new URL("../ballast.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(marketsJsonSchema(), null, 2)}\n`);
