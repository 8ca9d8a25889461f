type Received = {
  receivable0: bigint;
  receivable1: bigint;
  receivedValue0: bigint;
  receivedValue1: bigint;
};

/**
 * What is left of the fees that came with a transfer, at the price at which they came: their two values are that price,
 * to the unit of either token. Raw units of token0 and of token1, rounded down, and no more than all of it cost.
 * Example: of 10 and 20 that came at price 2, worth 20 and 40, 5 and 20 are left: 15 and 30.
 */
export function receivableCost(received: Received): { receivableCost0: bigint; receivableCost1: bigint } {
  const { receivable0, receivable1, receivedValue0, receivedValue1 } = received;
  const in0 = receivedValue1 === 0n ? 0n : (receivable1 * receivedValue0) / receivedValue1;
  const in1 = receivedValue0 === 0n ? 0n : (receivable0 * receivedValue1) / receivedValue0;
  return {
    receivableCost0: least(receivable0 + in0, receivedValue0),
    receivableCost1: least(receivable1 + in1, receivedValue1),
  };
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
