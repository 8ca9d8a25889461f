import { MAX_TICK } from "../../src/math/tickMath.ts";
import type { HistoryPool, World } from "./historyWorld.ts";

export interface Ticks {
  tickLower: number;
  tickUpper: number;
}

const kinds = ["wide", "narrow", "narrow", "below", "above", "adjacent", "same", "full"] as const;
const gappyKinds = ["narrow", "below", "above", "below", "above", "same"] as const;

/**
 * A random range: wide or narrow around the price, one-sided, next to another one, another one once more, or full.
 * Multiples of the pool's tick spacing.
 */
export function randomRange({ random, nfts, direct }: World, pool: HistoryPool, tick: number): Ticks {
  const spacing = pool.tickSpacing;
  const base = Math.floor(tick / spacing) * spacing;
  const steps = (low: number, high: number) => spacing * random.whole(low, high);
  const other = random.pick([...nfts, ...direct].filter((range) => range.pool === pool.pool));
  // With gaps, one-sided ranges lie up to a word of the bitmap away.
  const away = pool.gappy === true ? 250 : 20;
  switch (random.pick(pool.gappy === true ? gappyKinds : kinds)) {
    case "wide":
      return withinTicks({ tickLower: base - steps(50, 400), tickUpper: base + steps(50, 400) }, spacing);
    case "below": {
      const tickUpper = base - steps(0, away);
      return withinTicks({ tickLower: tickUpper - steps(1, 40), tickUpper }, spacing);
    }
    case "above": {
      const tickLower = base + steps(1, away);
      return withinTicks({ tickLower, tickUpper: tickLower + steps(1, 40) }, spacing);
    }
    case "adjacent":
      if (other === undefined) break;
      return random.chance(0.5)
        ? withinTicks({ tickLower: other.tickUpper, tickUpper: other.tickUpper + steps(1, 30) }, spacing)
        : withinTicks({ tickLower: other.tickLower - steps(1, 30), tickUpper: other.tickLower }, spacing);
    case "same":
      if (other === undefined) break;
      return { tickLower: other.tickLower, tickUpper: other.tickUpper };
    case "full":
      return withinTicks({ tickLower: -MAX_TICK, tickUpper: MAX_TICK }, spacing);
  }
  return withinTicks({ tickLower: base - steps(0, 2), tickUpper: base + steps(1, 3) }, spacing);
}

/** Into the ticks that the pool allows, and never empty. */
export function withinTicks({ tickLower, tickUpper }: Ticks, spacing: number): Ticks {
  const most = Math.floor(MAX_TICK / spacing) * spacing;
  const lower = Math.min(Math.max(tickLower, -most), most - spacing);
  return { tickLower: lower, tickUpper: Math.min(Math.max(tickUpper, lower + spacing), most) };
}
