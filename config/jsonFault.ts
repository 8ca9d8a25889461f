import type { Fault } from "./faults.ts";

const BLANKS = /[ \t\r\n]*/y;
const TOKEN =
  /[{}[\]:,]|"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/**
 * Where a text stops being JSON, as line and column; undefined if it is JSON. A key that stands twice in one
 * object is a fault too: `JSON.parse` would keep the last in silence.
 *
 * @example jsonFault('{ "chains": [ }')?.path // "line 1, column 15"
 */
export function jsonFault(text: string): Fault | undefined {
  try {
    const reader = new JsonReader(text);
    reader.value();
    if (!reader.atEnd()) reader.fail("is not JSON: nothing may follow the end of the value");
    return undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.fault;
    throw error;
  }
}

class JsonReader {
  private readonly text: string;
  private token = "";
  private start = 0;

  constructor(text: string) {
    this.text = text;
    this.next();
  }

  atEnd(): boolean {
    return this.start === this.text.length;
  }

  value(): void {
    if (this.token === "{") {
      const keys = new Set<string>();
      this.list("}", () => this.member(keys));
    } else if (this.token === "[") {
      this.list("]", () => this.value());
    } else if (/^["\-0-9tfn]/.test(this.token)) {
      this.next();
    } else {
      this.fail("is not JSON: write a value here, a text in double quotes");
    }
  }

  fail(message: string): never {
    const lines = this.text.slice(0, this.start).split("\n");
    const column = (lines.at(-1) ?? "").length + 1;
    throw new JsonSyntaxError({ path: `line ${lines.length}, column ${column}`, message });
  }

  private list(close: string, item: () => void): void {
    this.next();
    if (this.token !== close) item();
    while (this.token === ",") {
      this.next();
      item();
    }
    if (this.token !== close) this.fail(`is not JSON: write "," or "${close}" here`);
    this.next();
  }

  private member(keys: Set<string>): void {
    if (!this.token.startsWith('"')) this.fail("is not JSON: write a key in double quotes here");
    const key: string = JSON.parse(this.token);
    if (keys.has(key)) this.fail(`has ${this.token} a second time in one object: remove one`);
    keys.add(key);
    this.next();
    if (this.token !== ":") this.fail('is not JSON: write ":" after the key');
    this.next();
    this.value();
  }

  private next(): void {
    BLANKS.lastIndex = this.start + this.token.length;
    BLANKS.exec(this.text);
    this.start = BLANKS.lastIndex;
    TOKEN.lastIndex = this.start;
    this.token = TOKEN.exec(this.text)?.[0] ?? "";
  }
}

class JsonSyntaxError extends Error {
  override name = "JsonSyntaxError";
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`${fault.path} ${fault.message}`);
    this.fault = fault;
  }
}
