import { afterEach, expect, test } from "vitest";
import { startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import type { ProtocolRig, RigPosition } from "../../demo/chain/protocolRig.ts";
import { type App, startApp } from "../app.ts";
import { adapters, marketsOf } from "../protocols/conformance/rigs.ts";
import { everyRow } from "../rows.ts";

const E15 = 10n ** 15n;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Of `npm run test:protocols` alone: two minutes. sameLogsSameRows.test.ts does the same to one protocol every time. */
const everyProtocol = process.env.BALLAST_TEST_PROTOCOLS !== undefined;

test.skipIf(!everyProtocol)(
  "with all five protocols, a reorganisation and a kill leave the rows of a clean run",
  {
    timeout: 400_000,
  },
  async () => {
    const anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 6 });
    ends.push(() => anvil.stop());
    const client = chainClient(anvil.url);
    const head = async () => Number(await client.getBlockNumber());
    const rigs: ProtocolRig[] = [];
    for (const { start } of adapters) rigs.push(await start(client));
    const start = async (earlier?: App): Promise<App> => {
      const app = await startApp(marketsOf(anvil.url, rigs), earlier && { directory: earlier.directory });
      ends.push(
        () => app.remove(),
        () => app.stop(),
      );
      await app.untilIndexed("anvil", await head());
      return app;
    };
    const opened = new Map<ProtocolRig, RigPosition>();
    for (const rig of rigs) opened.set(rig, await open(rig, 0));

    const first = await start();
    const fork = await client.snapshot();
    for (const [rig, position] of opened) {
      await rig.swap({ account: accountOf(rig, 1), zeroForOne: true, amount: 5n * E15 });
      await open(rig, 1);
      await rig.close(position);
    }
    await first.untilIndexed("anvil", await head());

    await client.revert({ id: fork });
    for (const [rig, position] of opened) {
      await rig.swap({ account: accountOf(rig, 2), zeroForOne: false, amount: 9n * E15 });
      await rig.add(position, 3n * E15);
      await rig.remove(position, 2n * E15);
      const handed = await rig.transfer(position, accountOf(rig, 2));
      await rig.close(handed.position);
    }
    await first.untilIndexed("anvil", await head());
    first.kill();
    await first.exited;

    for (const rig of rigs) {
      await open(rig, 2);
      await rig.swap({ account: accountOf(rig, 1), zeroForOne: true, amount: E15 });
    }
    const second = await start(first);
    await second.stop();
    const clean = await start();
    await clean.stop();
    const [rows, expected] = [
      await everyRow(second.databaseDirectory),
      await everyRow(clean.databaseDirectory),
    ];
    expect(expected.pool).toHaveLength(5);
    expect(expected.swap).toHaveLength(10);
    expect(expected.quarantine).toEqual([]);
    expect(expected.liquidity_event?.length).toBeGreaterThan(30);
    expect(rows).toEqual(expected);
  },
);

async function open(rig: ProtocolRig, who: number): Promise<RigPosition> {
  const [tickLower, tickUpper] = [-20 * rig.tickSpacing, 20 * rig.tickSpacing];
  const order = { account: accountOf(rig, who), tickLower, tickUpper, liquidity: 1_000n * E15 };
  return (await rig.open(order)).position;
}

function accountOf({ accounts }: ProtocolRig, who: number) {
  const account = accounts[who];
  if (account === undefined) throw new RangeError(`the chain has ${accounts.length} accounts`);
  return account;
}
