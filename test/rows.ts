import { PGlite } from "@electric-sql/pglite";
import { TEST_SCHEMA } from "./app.ts";

/** Every row of every table of ours, as text in a fixed order: for comparing two runs. The app must have stopped. */
export async function everyRow(databaseDirectory: string): Promise<Record<string, string[]>> {
  const database = new PGlite(databaseDirectory);
  const { rows: tables } = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = '${TEST_SCHEMA}' and table_name not like '\\_%' order by 1`,
  );
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await database.query<{ row: string }>(
      `select row_to_json(t)::text as row from ${TEST_SCHEMA}.${name} t order by 1`,
    );
    found[name] = rows.map(({ row }) => row);
  }
  await database.close();
  return found;
}
