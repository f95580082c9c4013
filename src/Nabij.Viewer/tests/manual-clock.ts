// A clock that only moves when told to.

import type { Clock } from "../src/session/clock.ts";

export class ManualClock implements Clock {
  #now = 1_000;
  #slept = 0;
  readonly #timers = new Set<{ readonly due: number; readonly action: () => void }>();

  readonly now = (): number => this.#now;

  readonly wall = (): number => this.#now + this.#slept;

  readonly after = (milliseconds: number, action: () => void): (() => void) => {
    const timer = { due: this.#now + milliseconds, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** The computer sleeps: only the wall clock goes on. */
  sleep(milliseconds: number): void {
    this.#slept += milliseconds;
  }

  get waiting(): number {
    return this.#timers.size;
  }

  /** Runs what falls due on the way, in order. Lets promises settle after each, as real time would. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = [...this.#timers].filter(({ due }) => due <= end).sort((left, right) => left.due - right.due)[0];
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.action();
      await turns(4);
    }
    this.#now = end;
  }
}

/** Lets the event loop turn, WebCrypto's threads included. */
export async function turns(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Waits for a condition without ever sleeping. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`still waiting: ${what}`);
    await turns(1);
  }
}
