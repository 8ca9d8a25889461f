import { getTableColumns, getTableName, type Table } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";

type Row = Record<string, unknown>;

/**
 * Ponder's store as handlers know it, in memory: rows by primary key. `finds` counts look-ups by table, which a
 * database that was just restarted would have to answer one by one.
 */
export function countingStore() {
  const tables = new Map<string, Map<string, Row>>();
  const finds: Record<string, number> = {};
  const rowsOf = (table: Table) => {
    const name = getTableName(table);
    const rows = tables.get(name) ?? new Map<string, Row>();
    tables.set(name, rows);
    return rows;
  };
  const db = {
    find: async (table: Table, key: Row) => {
      const name = getTableName(table);
      finds[name] = (finds[name] ?? 0) + 1;
      return rowsOf(table).get(keyOf(table, key)) ?? null;
    },
    insert: (table: Table) => ({ values: (row: Row) => insertion(rowsOf(table), keyOf(table, row), row) }),
    update: (table: Table, key: Row) => ({
      set: async (change: Row) => {
        const rows = rowsOf(table);
        const row = { ...rows.get(keyOf(table, key)), ...change };
        rows.set(keyOf(table, key), row);
        return row;
      },
    }),
  };
  return { db, finds };
}

/** Waits to be told what to do where the row is there already, as Ponder's does. */
function insertion(rows: Map<string, Row>, key: string, row: Row) {
  const put = async (onConflict: (before: Row) => Row) => {
    const before = rows.get(key);
    rows.set(key, before === undefined ? row : onConflict(before));
  };
  return {
    onConflictDoNothing: () => put((before) => before),
    onConflictDoUpdate: (change: Row | ((before: Row) => Row)) =>
      put((before) => ({ ...before, ...(typeof change === "function" ? change(before) : change) })),
    // biome-ignore lint/suspicious/noThenProperty: an insert is awaited as it stands
    then: (resolve: (value: unknown) => unknown, reject: (reason: unknown) => unknown) =>
      put(() => {
        throw new RowExistsError(key);
      }).then(resolve, reject),
  };
}

function keyOf(table: Table, row: Row): string {
  const columns = Object.entries(getTableColumns(table));
  const { primaryKeys } = getTableConfig(table as PgTable);
  const names = primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
  const keys = names.map((name) => columns.find(([, column]) => column.name === name)?.[0] ?? name);
  return keys.map((key) => String(row[key])).join(":");
}

export class RowExistsError extends Error {
  override readonly name = "RowExistsError";

  constructor(key: string) {
    super(`a row ${key} is inserted twice`);
  }
}
