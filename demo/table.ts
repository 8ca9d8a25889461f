import type { Color, Paint } from "./style.ts";

export interface Column<Row> {
  title: string;
  align: "left" | "right";
  /** In what order columns go where the terminal is too narrow: the highest first, 0 never. */
  drop: number;
  text: (row: Row) => string;
  color?: (row: Row) => Color | undefined;
}

const gap = "  ";

/**
 * A table as lines, none wider than `width`: columns are left out where they do not fit, then lines are cut.
 *
 * @param width in characters
 */
export function renderTable<Row>(columns: Column<Row>[], rows: Row[], width: number, paint: Paint): string[] {
  const measured = columns.map((column) => {
    const texts = rows.map((row) => column.text(row));
    return { column, texts, width: Math.max(column.title.length, ...texts.map((text) => text.length)) };
  });
  const shown = fitting(measured, width);
  const line = (cell: (item: (typeof shown)[number]) => { text: string; color?: Color | undefined }) => {
    let room = width;
    const cells = shown.map((item, index) => {
      const { text, color } = cell(item);
      const last = index === shown.length - 1 && item.column.align === "left";
      const padded =
        item.column.align === "right" ? text.padStart(item.width) : last ? text : text.padEnd(item.width);
      const cut = `${index === 0 ? "" : gap}${padded}`.slice(0, Math.max(room, 0));
      room -= cut.length;
      return color === undefined ? cut : paint(cut, color);
    });
    return cells.join("");
  };
  return [
    line(({ column }) => ({ text: column.title, color: "dim" })),
    ...rows.map((row, index) =>
      line(({ column, texts }) => ({ text: texts[index] ?? "", color: column.color?.(row) })),
    ),
  ];
}

function fitting<Item extends { column: { drop: number }; width: number }>(
  items: Item[],
  width: number,
): Item[] {
  const total = items.reduce((sum, item) => sum + item.width, gap.length * (items.length - 1));
  const next = items.reduce<Item | undefined>(
    (most, item) => (item.column.drop > (most?.column.drop ?? 0) ? item : most),
    undefined,
  );
  if (total <= width || next === undefined) return items;
  return fitting(
    items.filter((item) => item !== next),
    width,
  );
}
