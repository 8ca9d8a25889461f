type PassOn = (next: () => void) => void;

/**
 * Passes turns on at once, but for those that end so many milliseconds after the last break: these wait for timers, sockets
 * and RPC answers. For many short turns, between which PGlite's microtasks leave no gap.
 * Example: of turns of 5 ms each, every fourth is followed by a break with `inSpells(20)`.
 */
export function inSpells(milliseconds: number): PassOn {
  let since = performance.now();
  return (next) => {
    if (performance.now() - since < milliseconds) return next();
    setImmediate(() => {
      since = performance.now();
      next();
    });
  };
}

type Waiter = { start: () => void; timer: NodeJS.Timeout | undefined };

/**
 * Lets at most `width` pieces of work run at once and starts the others in the order they came. Urgent work
 * goes before the rest, but two urgent pieces never follow one another while others wait: neither starves.
 * Example: `new Turns(1).run(work)` is a mutual exclusion.
 */
export class Turns {
  #free: number;
  readonly #passOn: PassOn;
  #lastWasUrgent = false;
  readonly #urgent: Waiter[] = [];
  readonly #waiting: Waiter[] = [];

  /**
   * `passOn` says when a turn that ends goes to the next. PGlite answers in microtasks: passed on at once, a
   * burst of turns would run to its end before any timer, socket or RPC answer of the process is looked at.
   */
  constructor(width: number, passOn: PassOn = setImmediate) {
    this.#free = width;
    this.#passOn = passOn;
  }

  /** Runs `work` when its turn comes; gives up after `patience` milliseconds of waiting, if given. */
  run<T>(work: () => Promise<T>, patience?: number): Promise<T> {
    return this.#run(work, this.#waiting, patience);
  }

  /** Runs `work` after what runs now, and after one more piece at most if the last one was urgent too. */
  runUrgent<T>(work: () => Promise<T>): Promise<T> {
    return this.#run(work, this.#urgent);
  }

  async #run<T>(work: () => Promise<T>, queue: Waiter[], patience?: number): Promise<T> {
    await this.#take(queue, patience);
    try {
      return await work();
    } finally {
      this.#passOn(() => this.#pass());
    }
  }

  #take(queue: Waiter[], patience: number | undefined): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      this.#lastWasUrgent = queue === this.#urgent;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { start: resolve, timer: undefined };
      if (patience !== undefined) {
        waiter.timer = setTimeout(() => {
          queue.splice(queue.indexOf(waiter), 1);
          reject(new PatienceError(patience));
        }, patience);
      }
      queue.push(waiter);
    });
  }

  #pass(): void {
    const queue = this.#next();
    const waiter = queue?.shift();
    if (waiter === undefined) {
      this.#free += 1;
      return;
    }
    this.#lastWasUrgent = queue === this.#urgent;
    clearTimeout(waiter.timer);
    waiter.start();
  }

  /** The queue whose turn it is; undefined if nobody waits. */
  #next(): Waiter[] | undefined {
    const queues = this.#lastWasUrgent ? [this.#waiting, this.#urgent] : [this.#urgent, this.#waiting];
    return queues.find((queue) => queue.length > 0);
  }
}

export class PatienceError extends Error {
  override readonly name = "PatienceError";
  readonly patience: number;

  constructor(patience: number) {
    super(`no turn within ${patience} ms: the database is busy, ask again`);
    this.patience = patience;
  }
}
