import { describe, expect, test } from "vitest";
import { inSpells, PatienceError, Turns } from "../../src/api/turns.ts";

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
    expect(await turns.run(async () => "free again", 1_000)).toBe("free again");
  });

  test("of urgent work come after what runs, before those that wait", async () => {
    const turns = new Turns(1);
    const order: string[] = [];
    const does = (name: string) => async () => {
      await pause(2);
      order.push(name);
    };
    const readers = ["r1", "r2", "r3", "r4"].map((name) => turns.run(does(name)));
    await Promise.all([...readers, turns.runUrgent(does("w1"))]);
    expect(order).toEqual(["r1", "w1", "r2", "r3", "r4"]);
  });

  test("alternate between urgent work that keeps coming and the rest, in the order they came", async () => {
    const turns = new Turns(1);
    const order: string[] = [];
    const does = (name: string) => async () => {
      await pause(1);
      order.push(name);
    };
    const readers = ["r1", "r2", "r3"].map((name) => turns.run(does(name)));
    const writes = ["w1", "w2", "w3", "w4", "w5"].map((name) => turns.runUrgent(does(name)));
    await Promise.all([...readers, ...writes]);
    expect(order).toEqual(["r1", "w1", "r2", "w2", "r3", "w3", "w4", "w5"]);
  });

  test("go to one that waits after urgent work that found nobody", async () => {
    const turns = new Turns(1);
    const order: string[] = [];
    const does = (name: string) => async () => {
      await pause(1);
      order.push(name);
    };
    const first = turns.runUrgent(does("w1"));
    const second = turns.runUrgent(does("w2"));
    await Promise.all([first, second, turns.run(does("r1"))]);
    expect(order).toEqual(["w1", "r1", "w2"]);
  });

  test("let timers and sockets be looked at between them, though the work ends in microtasks", async () => {
    const turns = new Turns(1);
    const busy = async () => {
      const until = performance.now() + 5;
      while (performance.now() < until);
    };
    let done = 0;
    let doneAtTimer = 0;
    setTimeout(() => {
      doneAtTimer = done;
    }, 10);
    const work = () => turns.run(busy).then(() => (done += 1));
    await Promise.all(Array.from({ length: 40 }, work));
    expect(doneAtTimer).toBeGreaterThan(0);
    expect(doneAtTimer).toBeLessThan(20);
  });

  test("let them be looked at though nobody waits, as requests that are read in one go do not", async () => {
    const turns = new Turns(1);
    let done = 0;
    let doneAtTimer = 0;
    setTimeout(() => {
      doneAtTimer = done;
    }, 5);
    for (; done < 40; done++) {
      await turns.run(async () => {
        const until = performance.now() + 2;
        while (performance.now() < until);
      });
    }
    expect(doneAtTimer).toBeGreaterThan(0);
    expect(doneAtTimer).toBeLessThan(20);
  });

  test("that are given up for while they are passed on stay free", async () => {
    const turns = new Turns(1);
    const first = turns.run(async () => {
      await pause(5);
      const until = performance.now() + 20;
      while (performance.now() < until);
    });
    await Promise.allSettled([first, turns.run(async () => "late", 15)]);
    expect(await turns.run(async () => "free", 1_000)).toBe("free");
  });

  test("that follow one another at once leave the event loop a break after each spell", async () => {
    const turns = new Turns(1, inSpells(10));
    const busy = async () => {
      const end = performance.now() + 4;
      while (performance.now() < end);
    };
    let breaks = 0;
    const count = (): void => {
      breaks += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    await Promise.all(Array.from({ length: 12 }, () => turns.run(busy)));
    clearImmediate(next);
    expect(breaks).toBeGreaterThanOrEqual(3);
    expect(breaks).toBeLessThanOrEqual(12);
  });
});
