import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";

type Row = Record<string, unknown>;

/** Rows by table name and primary key. */
export type Tables = Map<string, Map<string, Row>>;

/**
 * Ponder's store API over maps: what handlers use of it, with its rules (a second insert of a key without a word
 * on conflicts throws, as does an update of a row that is not there, and a number that its column does not hold).
 * `reads` counts the rows asked for by table.
 */
export function memoryDatabase() {
  const tables: Tables = new Map();
  const reads = new Map<string, number>();
  const keyColumns = new Map<PgTable, string[]>();

  function keyOf(table: PgTable, row: Row): string {
    const columns = keyColumns.get(table) ?? primaryKey(table);
    keyColumns.set(table, columns);
    return columns.map((column) => String(row[column])).join(" ");
  }
  function rowsOf(table: PgTable): Map<string, Row> {
    const name = getTableName(table);
    const rows = tables.get(name) ?? new Map<string, Row>();
    tables.set(name, rows);
    return rows;
  }
  const store = {
    async find(table: PgTable, key: Row): Promise<Row | null> {
      reads.set(getTableName(table), (reads.get(getTableName(table)) ?? 0) + 1);
      const row = rowsOf(table).get(keyOf(table, key));
      return row === undefined ? null : { ...row };
    },
    insert: (table: PgTable) => ({
      values(row: Row) {
        const rows = rowsOf(table);
        const key = keyOf(table, row);
        const existing = rows.get(key);
        const write = async (conflicting: (row: Row) => Row) => {
          rows.set(
            key,
            fitting(table, existing === undefined ? complete(table, row) : conflicting(existing)),
          );
        };
        const refuse = () => {
          throw new DuplicateKeyError(getTableName(table), key);
        };
        return {
          // biome-ignore lint/suspicious/noThenProperty: as Ponder's, it is awaited with or without a word on conflicts.
          then: (done: () => void, failed: (error: unknown) => void) => write(refuse).then(done, failed),
          onConflictDoNothing: () => write((found) => found),
          onConflictDoUpdate: (change: Row | ((found: Row) => Row)) =>
            write((found) => ({ ...found, ...(typeof change === "function" ? change(found) : change) })),
        };
      },
    }),
    update: (table: PgTable, key: Row) => ({
      async set(change: Row): Promise<void> {
        const found = rowsOf(table).get(keyOf(table, key));
        if (found === undefined) throw new NoSuchRowError(getTableName(table), keyOf(table, key));
        rowsOf(table).set(keyOf(table, key), fitting(table, { ...found, ...change }));
      },
    }),
    async delete(table: PgTable, key: Row): Promise<boolean> {
      return rowsOf(table).delete(keyOf(table, key));
    },
  };
  return { store, tables, reads };
}

function primaryKey(table: PgTable): string[] {
  const columns = getTableConfig(table).primaryKeys[0]?.columns.map(({ name }) => name) ?? [];
  return Object.entries(getTableColumns(table))
    .filter(([, { name }]) => columns.includes(name))
    .map(([key]) => key);
}

/** Columns that were left out are null; one that may not be is an error, as in the database. */
function complete(table: PgTable, row: Row): Row {
  const whole: Row = {};
  for (const [key, column] of Object.entries(getTableColumns(table))) {
    const value = row[key] ?? null;
    if (value === null && column.notNull) throw new MissingColumnError(getTableName(table), key);
    whole[key] = value;
  }
  return whole;
}

/** The most that a column of a bounded type holds, by its name in our rows. */
const bounds = new Map<PgTable, [string, bigint][]>();

function boundsOf(table: PgTable): [string, bigint][] {
  return Object.entries(getTableColumns(table)).flatMap(([key, column]): [string, bigint][] => {
    const type = column.getSQLType();
    if (type === "integer") return [[key, 2n ** 31n - 1n]];
    return /^numeric\(78/u.test(type) ? [[key, 10n ** 78n - 1n]] : [];
  });
}

function fitting(table: PgTable, row: Row): Row {
  const bounded = bounds.get(table) ?? boundsOf(table);
  bounds.set(table, bounded);
  for (const [column, most] of bounded) {
    const value = row[column];
    if (value == null) continue;
    const size = BigInt(value as bigint | number);
    if (size > most || size < -most) throw new OutOfRangeError(getTableName(table), column, size);
  }
  return row;
}

export class OutOfRangeError extends Error {
  constructor(table: string, column: string, value: bigint) {
    super(`${table}.${column} cannot hold ${value}`);
  }
}

export class DuplicateKeyError extends Error {
  constructor(table: string, key: string) {
    super(`${table} has a row ${key} already`);
  }
}

export class NoSuchRowError extends Error {
  constructor(table: string, key: string) {
    super(`${table} has no row ${key} to update`);
  }
}

export class MissingColumnError extends Error {
  constructor(table: string, column: string) {
    super(`${table}.${column} may not be null`);
  }
}
