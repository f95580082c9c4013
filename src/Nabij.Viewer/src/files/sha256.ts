// SHA-256 (FIPS 180-4) of what comes in pieces, with the value so far at any time: the browser's own takes only whole
// buffers, and a file may have ten thousand million bytes. Files are no secret towards this machine, so no constant time.

const blockBytes = 64;

const roundConstants = new Uint32Array(64);
const startWords = new Uint32Array(8);
fillConstants();

/** The first 32 bits of the fractions of the cube and square roots of the first primes, by exact integers. */
function fillConstants(): void {
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) isPrime &&= candidate % divisor !== 0;
    if (!isPrime) continue;
    if (found < 8) startWords[found] = Number(root(BigInt(candidate) << 64n, 2n) & 0xffffffffn);
    roundConstants[found++] = Number(root(BigInt(candidate) << 96n, 3n) & 0xffffffffn);
  }
}

/** The largest integer whose power is not above the value. */
function root(value: bigint, power: bigint): bigint {
  let low = 0n;
  let high = 1n << 40n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** power <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

export class Sha256 {
  readonly #words = startWords.slice();
  readonly #schedule = new Uint32Array(64);
  readonly #block = new Uint8Array(blockBytes);
  #length = 0;

  /** Bytes taken so far. */
  get length(): number {
    return this.#length;
  }

  update(bytes: Uint8Array): this {
    let at = 0;
    const filled = this.#length % blockBytes;
    this.#length += bytes.length;
    if (filled > 0) {
      at = Math.min(blockBytes - filled, bytes.length);
      this.#block.set(bytes.subarray(0, at), filled);
      if (filled + at < blockBytes) return this;
      this.#compress(this.#block, 0);
    }
    for (; at + blockBytes <= bytes.length; at += blockBytes) this.#compress(bytes, at);
    this.#block.set(bytes.subarray(at));
    return this;
  }

  /** The hash of what was taken so far; more may follow. */
  digest(): Uint8Array<ArrayBuffer> {
    const last = new Sha256();
    last.#words.set(this.#words);
    const filled = this.#length % blockBytes;
    const tail = new Uint8Array(filled < 56 ? blockBytes : 2 * blockBytes);
    tail.set(this.#block.subarray(0, filled));
    tail[filled] = 0x80;
    new DataView(tail.buffer).setBigUint64(tail.length - 8, BigInt(this.#length) * 8n);
    for (let at = 0; at < tail.length; at += blockBytes) last.#compress(tail, at);
    const result = new Uint8Array(32);
    const view = new DataView(result.buffer);
    last.#words.forEach((word, index) => view.setUint32(index * 4, word));
    return result;
  }

  #compress(bytes: Uint8Array, start: number): void {
    const w = this.#schedule as unknown as number[];
    for (let i = 0, at = start; i < 16; i++, at += 4) {
      w[i] = (at4(bytes, at) << 24) | (at4(bytes, at + 1) << 16) | (at4(bytes, at + 2) << 8) | at4(bytes, at + 3);
    }
    for (let i = 16; i < 64; i++) {
      const [a, b] = [word(w, i - 15), word(w, i - 2)];
      const small = (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
      w[i] = (word(w, i - 16) + word(w, i - 7) + small) | 0;
    }
    this.#mix(w);
  }

  #mix(w: readonly number[]): void {
    const words = this.#words as unknown as number[];
    let [a, b, c, d, e, f, g, h] = words as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + word(roundConstants as unknown as number[], i) + word(w, i)) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, index) => (words[index] = word(words, index) + value));
  }
}

function turn(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}

function word(list: readonly number[], index: number): number {
  return list[index] ?? 0;
}

function at4(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
