// How much of files may wait in the socket, where no key can overtake it any more: as much as the line takes in a moment that
// nobody notices. Without that a key would stand behind whatever the socket has room for.

/** So long a key may wait behind what the socket holds of files. */
const momentMilliseconds = 10;
/** Two records, so that the line does not run dry between them. */
const leastBytes = 32_768;
/** What the peer's credit lets be under way at all. */
const mostBytes = 1_048_576;
const measureMilliseconds = 20;

export class FilePace {
  #handedOver = 0;
  #since: number;
  #leftAtThen = 0;
  #allowed = leastBytes;

  constructor(now: number) {
    this.#since = now;
  }

  /** Bytes that the line takes in a moment, as last measured. */
  get allowed(): number {
    return this.#allowed;
  }

  /** Bytes of any kind were given to the socket. */
  handedOver(bytes: number): void {
    this.#handedOver += bytes;
  }

  /** @param buffered bytes that the socket still holds */
  mayFollow(buffered: number, now: number): boolean {
    const span = now - this.#since;
    if (span >= measureMilliseconds) {
      const left = this.#handedOver - buffered;
      const inOneMoment = ((left - this.#leftAtThen) / span) * momentMilliseconds;
      this.#allowed = Math.min(Math.max(inOneMoment, leastBytes), mostBytes);
      this.#since = now;
      this.#leftAtThen = left;
    }
    return buffered < this.#allowed;
  }
}
