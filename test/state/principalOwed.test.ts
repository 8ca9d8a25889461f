import { expect, test } from "vitest";
import { emptyFees } from "../../src/state/feeLedger.ts";
import { uninitializedPool } from "../../src/state/pool.ts";
import { addPrincipalOwed } from "../../src/state/principalOwed.ts";

const ledger = (withdrawn0: bigint, debited0: bigint) => ({
  ...emptyFees,
  liquidity: 0n,
  withdrawn0,
  withdrawn1: 0n,
  debited0,
});

test("the pool owes what its positions withdrew and did not collect: fees of one do not pay another's", () => {
  const withdrawn = addPrincipalOwed(uninitializedPool, ledger(0n, 10n), ledger(100n, 10n));
  expect(withdrawn.principalOwed0).toBe(90n);
  const other = addPrincipalOwed(withdrawn, ledger(0n, 0n), ledger(0n, 50n));
  expect(other.principalOwed0).toBe(90n);
  expect(addPrincipalOwed(other, ledger(100n, 10n), ledger(100n, 100n)).principalOwed0).toBe(0n);
});
