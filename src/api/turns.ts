type Waiter = { start: () => void; timer: NodeJS.Timeout | undefined };

/**
 * Lets at most `width` pieces of work run at once and starts the others in the order they came, so that
 * nobody starves. Example: `new Turns(1).run(work)` is a mutual exclusion.
 */
export class Turns {
  #free: number;
  readonly #waiting: Waiter[] = [];

  constructor(width: number) {
    this.#free = width;
  }

  /** Runs `work` when its turn comes; gives up after `patience` milliseconds of waiting, if given. */
  async run<T>(work: () => Promise<T>, patience?: number): Promise<T> {
    await this.#take(patience);
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  #take(patience: number | undefined): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { start: resolve, timer: undefined };
      if (patience !== undefined) {
        waiter.timer = setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
          reject(new PatienceError(patience));
        }, patience);
      }
      this.#waiting.push(waiter);
    });
  }

  #pass(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    clearTimeout(next.timer);
    next.start();
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
