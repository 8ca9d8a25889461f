import type { WriteStream } from "node:tty";

export interface Screen {
  draw(lines: string[]): void;
  close(): void;
}

/** Takes over the terminal, redraws in place without flicker, and gives the terminal back as it was on `close`. */
export function openScreen(out: Pick<WriteStream, "write">): Screen {
  // The alternate screen, without a cursor.
  out.write("\x1b[?1049h\x1b[?25l");
  let open = true;
  return {
    draw: (lines) => {
      if (open) out.write(`\x1b[H${lines.map((line) => `${line}\x1b[K`).join("\r\n")}\x1b[J`);
    },
    close: () => {
      if (open) out.write("\x1b[?25h\x1b[?1049l");
      open = false;
    },
  };
}
