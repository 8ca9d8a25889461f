export type Color = "red" | "green" | "yellow" | "magenta" | "cyan" | "dim" | "bold";

/** Colours a text, or leaves it alone. */
export type Paint = (text: string, color: Color) => string;

const codes: Record<Color, number> = {
  red: 31,
  green: 32,
  yellow: 33,
  magenta: 35,
  cyan: 36,
  dim: 2,
  bold: 1,
};
const esc = "\x1b";
const painted = new RegExp(`${esc}\\[\\d+m`, "g");

/**
 * Colours on a terminal, unless NO_COLOR is set (https://no-color.org: to anything but the empty string).
 *
 * @example paintFor(true, {})("loss", "red") // "\x1b[31mloss\x1b[0m"
 */
export function paintFor(isTerminal: boolean, env: NodeJS.ProcessEnv): Paint {
  const plain = !isTerminal || (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  return plain ? (text) => text : (text, color) => `${esc}[${codes[color]}m${text}${esc}[0m`;
}

/** In characters, without the colours. @example visibleLength("\x1b[31mloss\x1b[0m") // 4 */
export function visibleLength(text: string): number {
  return text.replace(painted, "").length;
}
