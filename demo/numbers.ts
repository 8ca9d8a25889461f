/** Numbers as the table shows them. What is not known is a dash. */

const dash = "-";

/** @example grouped(1234.5, 2) // "1,234.50" */
export function grouped(value: number, digits: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** With a sign, and none where the shown digits are all zero. @example signed(-12.345, 2) // "-12.35" */
export function signed(value: number | null, digits: number): string {
  if (value === null) return dash;
  const text = grouped(Math.abs(value), digits);
  if (!/[1-9]/.test(text)) return text;
  return `${value < 0 ? "-" : "+"}${text}`;
}

/** What cannot be negative. @example unsigned(1234.5, 2) // "1,234.50" */
export function unsigned(value: number | null, digits: number): string {
  return value === null ? dash : grouped(value, digits);
}

/** A share in whole per cent. @example percent(0.624) // "62 %" */
export function percent(share: number | null): string {
  return share === null ? dash : `${grouped(share * 100, 0)} %`;
}

/** Four significant digits, or all whole ones. @example price(1675.7757) // "1,676" */
export function price(value: number | null): string {
  if (value === null) return dash;
  const whole = Math.floor(Math.log10(value)) + 1;
  return grouped(value, Math.min(Math.max(4 - whole, 0), 8));
}
