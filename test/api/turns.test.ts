import { describe, expect, test } from "vitest";
import { PatienceError, Turns } from "../../src/api/turns.ts";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("turns", () => {
  test("are first come first served, one at a time", async () => {
    const turns = new Turns(1);
    const order: number[] = [];
    let running = 0;
    const work = (n: number) =>
      turns.run(async () => {
        running += 1;
        expect(running).toBe(1);
        await pause(2);
        running -= 1;
        order.push(n);
      });
    await Promise.all([work(1), work(2), work(3), work(4)]);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test("pass on after a failure, and past somebody who gave up", async () => {
    const turns = new Turns(1);
    const slow = turns.run(() => pause(60));
    const impatient = expect(turns.run(async () => "served", 10)).rejects.toThrow(PatienceError);
    const failing = expect(
      turns.run(async () => {
        throw new Error("failed");
      }),
    ).rejects.toThrow("failed");
    const last = turns.run(async () => "served");
    await Promise.all([slow, impatient, failing]);
    expect(await last).toBe("served");
    expect(await turns.run(async () => "free again", 0)).toBe("free again");
  });
});
