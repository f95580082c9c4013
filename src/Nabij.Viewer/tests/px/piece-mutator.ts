// Spoils pieces: bits, bytes, ends and parts of other pieces; number for number what tests/Nabij.Protocol.Tests/Px does in C#
// (PieceMutator, XorShift), so that both decoders are given the same bytes.

import type { Stream } from "./streams.ts";

const mostBytes = 1 << 20;
const mostChanges = 3;
const mostAdded = 8;
const mostFromEnd = 4;

/** xorshift32, 13-17-5. */
export class XorShift {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 === 0 ? 1 : seed;
  }

  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** A number from 0 to below `limit`. */
  below(limit: number): number {
    return this.next() % limit;
  }
}

export class PieceMutator {
  readonly #streams: readonly Stream[];
  readonly #bytes = new Uint8Array(mostBytes);
  #length = 0;

  constructor(streams: readonly Stream[]) {
    this.#streams = streams;
  }

  /** A spoiled copy, good until the next call; never empty. */
  mutate(piece: Uint8Array, random: XorShift): Uint8Array {
    this.#bytes.set(piece);
    this.#length = piece.length;
    const changes = 1 + random.below(mostChanges);
    for (let i = 0; i < changes; i++) this.#change(random);
    return this.#bytes.subarray(0, this.#length);
  }

  #change(random: XorShift): void {
    const bytes = this.#bytes;
    switch (random.below(6)) {
      case 0:
        this.#flip(random.below(this.#length * 8));
        break;
      case 1:
        // What is wrong late has a chance to be taken in.
        this.#flip(this.#length * 8 - 1 - random.below(Math.min(this.#length, mostFromEnd) * 8));
        break;
      case 2: {
        const at = random.below(this.#length);
        bytes[at] = random.next();
        break;
      }
      case 3:
        this.#length = 1 + random.below(this.#length);
        break;
      case 4:
        for (let more = 1 + random.below(mostAdded); more > 0; more--) bytes[this.#length++] = random.next();
        break;
      default:
        this.#splice(random);
    }
  }

  #flip(bit: number): void {
    const bytes = this.#bytes;
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
  }

  // From a place on, the same part of another piece.
  #splice(random: XorShift): void {
    const { pieces } = this.#streams[random.below(this.#streams.length)] as Stream;
    const other = (pieces[random.below(pieces.length)] as Stream["pieces"][number]).content;
    const from = random.below(Math.min(this.#length, other.length));
    this.#bytes.set(other.subarray(from), from);
    this.#length = other.length;
  }
}
