// The most messages of a kind within any one second; more is a breach of the protocol.

import { WireFormatError } from "../protocol/errors.ts";
import type { Clock } from "./clock.ts";

const spanMilliseconds = 1_000;

export class MessageRate {
  readonly #most: number;
  readonly #clock: Clock;
  #times: number[] = [];

  constructor(most: number, clock: Clock) {
    this.#most = most;
    this.#clock = clock;
  }

  count(): void {
    const now = this.#clock.now();
    this.#times = this.#times.filter((time) => now - time < spanMilliseconds);
    this.#times.push(now);
    if (this.#times.length > this.#most) throw new WireFormatError("InvalidValue");
  }
}
