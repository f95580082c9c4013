// When the viewer may ask for permissions (docs/protocol/04-channels.md "ASK"): one open at a time, 10 s after an answer,
// 20 in a session. A host does not answer more, so more is not sent; the newest wish waits for its time.

import type { Cancel, Clock } from "./clock.ts";

const pauseMilliseconds = 10_000;
const maximumAsks = 20;

export class Asking {
  readonly #clock: Clock;
  readonly #send: (permissions: number) => void;
  #left = maximumAsks;
  #isOpen = false;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #wish: number | null = null;
  #cancel: Cancel | null = null;

  constructor(clock: Clock, send: (permissions: number) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  ask(permissions: number): void {
    this.#wish = permissions;
    this.#sendIfDue();
  }

  answered(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#answeredAt = this.#clock.now();
    this.#sendIfDue();
  }

  /** The connection is lost, and what was asked with it: the host may answer or not. */
  lost(): void {
    this.answered();
    this.#wish = null;
  }

  dispose(): void {
    this.#cancel?.();
    this.#wish = null;
  }

  #sendIfDue(): void {
    if (this.#wish === null || this.#isOpen || this.#left === 0) return;
    const wait = this.#answeredAt + pauseMilliseconds - this.#clock.now();
    this.#cancel?.();
    this.#cancel = null;
    if (wait > 0) {
      this.#cancel = this.#clock.after(wait, () => this.#sendIfDue());
      return;
    }
    const wish = this.#wish;
    this.#wish = null;
    this.#isOpen = true;
    this.#left--;
    this.#send(wish);
  }
}
