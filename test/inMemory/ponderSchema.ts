/** Stands for `ponder:schema` outside Ponder. */
import * as schema from "../../ponder.schema.ts";

export default schema;
