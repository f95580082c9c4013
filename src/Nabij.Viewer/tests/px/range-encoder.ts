// The writing side of the range coder (docs/protocol/05-screen.md, "Range coder"), for tests that need a piece of their own.

/** Two estimates of how likely 0 is, as the chapter has them. */
class Probability {
  quick = 32_768;
  slow = 32_768;

  get ofZero(): number {
    return (this.quick + this.slow) >> 1;
  }

  learn(bit: number): void {
    this.quick += bit === 0 ? (65_536 - this.quick) >> 4 : -(this.quick >> 4);
    this.slow += bit === 0 ? (65_536 - this.slow) >> 7 : -(this.slow >> 7);
  }
}

/** Everything that a session's stream has learned, by the name of the table and the index in it. */
export class Probabilities {
  readonly #known = new Map<string, Probability>();

  of(table: string, index: number): Probability {
    const key = `${table} ${index}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fresh = new Probability();
    this.#known.set(key, fresh);
    return fresh;
  }
}

export class RangeEncoder {
  readonly #probabilities: Probabilities;
  // Far beyond 64 bits: nothing is given out before the end, so there is no carry to look after.
  #low = 0n;
  #range = 0xffff_ffff;
  #shifts = 0;

  constructor(probabilities: Probabilities) {
    this.#probabilities = probabilities;
  }

  bit(table: string, index: number, bit: number): void {
    const probability = this.#probabilities.of(table, index);
    const bound = (this.#range >>> 16) * probability.ofZero;
    if (bit === 0) {
      this.#range = bound;
    } else {
      this.#low += BigInt(bound);
      this.#range -= bound;
    }
    probability.learn(bit);
    this.#normalize();
  }

  evenBits(count: number, value: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.#range = Math.floor(this.#range / 2);
      if (((value >> i) & 1) !== 0) this.#low += BigInt(this.#range);
      this.#normalize();
    }
  }

  tree(table: string, first: number, bits: number, value: number): void {
    let node = 1;
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (value >> i) & 1;
      this.bit(table, first + node, bit);
      node = (node << 1) | bit;
    }
  }

  /** The bytes, without zeros that the reader supplies; at least one. */
  finish(): Uint8Array {
    const bytes: number[] = [];
    // Any number of the interval will do.
    let value = this.#low;
    for (let i = 0; i < this.#shifts + 4; i++) {
      bytes.unshift(Number(value & 0xffn));
      value >>= 8n;
    }
    const least = Math.max(1, bytes.length - 4);
    while (bytes.length > least && bytes.at(-1) === 0) bytes.pop();
    return Uint8Array.from(bytes);
  }

  #normalize(): void {
    while (this.#range < 0x100_0000) {
      this.#range *= 256;
      this.#low *= 256n;
      this.#shifts++;
    }
  }
}
