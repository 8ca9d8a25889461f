import { expect, test } from "vitest";
import { ArgumentError, readArguments, usage } from "../../demo/arguments.ts";

test.each([
  [[], { help: false, once: false, protocol: "uniswap-v3" }],
  [["--once"], { help: false, once: true, protocol: "uniswap-v3" }],
  [["--protocol", "uniswap-v2"], { help: false, once: false, protocol: "uniswap-v2" }],
  [["--protocol=uniswap-v4"], { help: false, once: false, protocol: "uniswap-v4" }],
  [["--once", "--protocol", "pancakeswap-v3"], { help: false, once: true, protocol: "pancakeswap-v3" }],
  [["--protocol=algebra-integral", "--once"], { help: false, once: true, protocol: "algebra-integral" }],
  [["--protocol", "uniswap-v3", "-h"], { help: true, once: false, protocol: "uniswap-v3" }],
])("%j asks for %j", (args, asked) => {
  expect(readArguments(args)).toEqual(asked);
});

const names = "write one of uniswap-v2, uniswap-v3, uniswap-v4, pancakeswap-v3, algebra-integral.";

test.each([
  [["--protocol", "sushi"], `--protocol does not know "sushi": ${names}`],
  [["--protocol=Uniswap-v3", "--once"], `--protocol does not know "Uniswap-v3": ${names}`],
  [["--protocol"], `--protocol has no name after it: ${names}`],
  [["--protocol="], `--protocol has no name after it: ${names}`],
  [["--protocol", "--once"], `--protocol has no name after it: ${names}`],
  [["uniswap-v2"], `Unknown argument: uniswap-v2\n\n${usage}`],
  [["--once=yes"], `Unknown argument: --once=yes\n\n${usage}`],
])("%j is refused with a sentence", (args, message) => {
  expect(() => readArguments(args)).toThrow(new ArgumentError(message));
});

test("the usage lists every protocol's name and says which one is the default", () => {
  expect(usage).toContain(
    "--protocol <name>   uniswap-v2, uniswap-v3, uniswap-v4, pancakeswap-v3, algebra-integral (default: uniswap-v3)",
  );
});
