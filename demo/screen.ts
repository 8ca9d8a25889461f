import type { WriteStream } from "node:tty";
import { wrappedHeight } from "./footer.ts";

export interface Screen {
  /** The lines must fit: not more than the terminal's rows, when wrapped to its width. */
  draw(lines: string[]): void;
  close(): void;
}

/**
 * Takes over the terminal, redraws in place only what changed, so that what the user selects elsewhere stays selected,
 * and gives the terminal back as it was on `close`.
 */
export function openScreen(out: Pick<WriteStream, "write" | "columns" | "rows">): Screen {
  // The alternate screen, without a cursor.
  out.write("\x1b[?1049h\x1b[?25l");
  let open = true;
  let size = "";
  let drawn = new Map<number, string>();
  let end = 1;
  return {
    draw: (lines) => {
      if (!open) return;
      const newSize = `${out.columns}x${out.rows}`;
      let text = "";
      if (newSize !== size) {
        text = "\x1b[2J";
        drawn = new Map();
      }
      const next = new Map<number, string>();
      let row = 1;
      for (const line of lines) {
        const height = wrappedHeight([line], out.columns || 80);
        if (drawn.get(row) !== line) text += lineAt(row, height, line);
        next.set(row, line);
        row += height;
      }
      if (row < end) text += `\x1b[${row};1H\x1b[J`;
      if (text !== "") out.write(text);
      [size, drawn, end] = [newSize, next, row];
    },
    close: () => {
      if (open) out.write("\x1b[?25h\x1b[?1049l");
      open = false;
    },
  };
}

/**
 * Clears before it writes: after a line that fills its row the cursor is still on the last character. The terminal
 * does the wrapping, so that a wrapped line is copied as one.
 */
function lineAt(row: number, height: number, line: string): string {
  const rows = Array.from({ length: height }, (_, index) => `\x1b[${row + index};1H\x1b[2K`);
  return `${rows.reverse().join("")}${line}`;
}
