import { type AbiEvent, encodeAbiParameters, type Hex, toEventSelector } from "viem";

/**
 * Topics and data of an event as a contract emits them. Indexed inputs must be value types.
 *
 * @example encodeLog(parseAbiItem("event Initialize(uint160 sqrtPriceX96, int24 tick)"), { sqrtPriceX96, tick })
 */
export function encodeLog(
  event: AbiEvent,
  args: Readonly<Record<string, unknown>>,
): { topics: Hex[]; data: Hex } {
  const encode = (inputs: AbiEvent["inputs"]) =>
    encodeAbiParameters(
      inputs,
      inputs.map((input) => args[input.name ?? ""]),
    );
  const indexed = event.inputs.filter((input) => input.indexed);
  return {
    topics: [toEventSelector(event), ...indexed.map((input) => encode([input]))],
    data: encode(event.inputs.filter((input) => !input.indexed)),
  };
}
