// Raw DEFLATE (RFC 1951) into a buffer of bounded size, in one synchronous call: a small update costs microseconds
// here, while the platform's stream decoder costs several turns of the event loop. Runs in the worker; one instance
// is reused for every piece and is not re-entrant.

/** Why a stream was refused. */
export type InflateFailure = "truncated" | "invalid" | "too-long" | "trailing";

export class InflateError extends Error {
  readonly failure: InflateFailure;

  constructor(failure: InflateFailure) {
    super(failure);
    this.failure = failure;
  }
}

// RFC 1951 section 3.2.5
const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
  16385, 24577,
];
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const maxCodeBits = 15;
// Codes up to this length are found by one look into a table; longer ones are rare and are found bit by bit.
const fastBits = 10;

/** A canonical Huffman code: a table for short codes, counts and symbols for the others. */
class HuffmanCode {
  /** symbol << 4 | length, by the next fastBits bits; 0 where the code is longer or unused. */
  readonly fast = new Uint16Array(1 << fastBits);
  readonly counts = new Uint16Array(maxCodeBits + 1);
  readonly symbols: Uint16Array;
  readonly #starts = new Uint16Array(maxCodeBits + 2);
  readonly #next = new Uint16Array(maxCodeBits + 1);

  constructor(maxSymbols: number) {
    this.symbols = new Uint16Array(maxSymbols);
  }

  /** Builds the code; an over-full set, or one with gaps and more than one code, is refused (as zlib does). */
  build(lengths: Uint8Array, from: number, count: number): void {
    this.#countLengths(lengths, from, count);
    const starts = this.#starts;
    const next = this.#next;
    let code = 0;
    starts[1] = 0;
    for (let bits = 1; bits <= maxCodeBits; bits++) {
      const ofLength = this.counts[bits] as number;
      starts[bits + 1] = (starts[bits] as number) + ofLength;
      next[bits] = code;
      code = (code + ofLength) << 1;
    }
    this.fast.fill(0);
    for (let symbol = 0; symbol < count; symbol++) {
      const bits = lengths[from + symbol] as number;
      if (bits === 0) continue;
      this.symbols[starts[bits] as number] = symbol;
      starts[bits] = (starts[bits] as number) + 1;
      const value = next[bits] as number;
      next[bits] = value + 1;
      if (bits <= fastBits) this.#fillFast(symbol, value, bits);
    }
  }

  #countLengths(lengths: Uint8Array, from: number, count: number): void {
    this.counts.fill(0);
    for (let symbol = 0; symbol < count; symbol++) {
      const bits = lengths[from + symbol] as number;
      this.counts[bits] = (this.counts[bits] as number) + 1;
    }
    this.counts[0] = 0;
    let used = 0;
    let left = 1;
    for (let bits = 1; bits <= maxCodeBits; bits++) {
      used += this.counts[bits] as number;
      left = left * 2 - (this.counts[bits] as number);
      if (left < 0) throw new InflateError("invalid");
    }
    if (left > 0 && used > 1) throw new InflateError("invalid");
  }

  #fillFast(symbol: number, code: number, bits: number): void {
    let reversed = 0;
    for (let i = 0; i < bits; i++) reversed |= ((code >> i) & 1) << (bits - 1 - i);
    for (let index = reversed; index < 1 << fastBits; index += 1 << bits) this.fast[index] = (symbol << 4) | bits;
  }
}

export class Inflater {
  readonly #literals = new HuffmanCode(288);
  readonly #distances = new HuffmanCode(32);
  readonly #lengthCode = new HuffmanCode(19);
  readonly #lengths = new Uint8Array(288 + 32);
  #input: Uint8Array = new Uint8Array(0);
  #position = 0;
  #bits = 0;
  #bitCount = 0;
  #output: Uint8Array = new Uint8Array(0);
  #written = 0;

  /**
   * Inflates the whole of `input` to the front of `output` and returns how many bytes that were.
   * Raises InflateError when the stream is cut, wrong, longer than `output`, or followed by other bytes.
   */
  inflate(input: Uint8Array, output: Uint8Array): number {
    this.#input = input;
    this.#output = output;
    this.#position = this.#bits = this.#bitCount = this.#written = 0;
    for (let last = false; !last; ) {
      last = this.#take(1) === 1;
      this.#block(this.#take(2));
    }
    // Whole bytes that were read ahead belong to what follows.
    if (this.#position - (this.#bitCount >> 3) !== input.length) throw new InflateError("trailing");
    return this.#written;
  }

  #block(kind: number): void {
    if (kind === 0) this.#stored();
    else if (kind === 3) throw new InflateError("invalid");
    else {
      if (kind === 1) this.#fixedCodes();
      else this.#dynamicCodes();
      this.#compressed();
    }
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      if (this.#position >= this.#input.length) throw new InflateError("truncated");
      this.#bits |= (this.#input[this.#position++] as number) << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  #stored(): void {
    this.#position -= this.#bitCount >> 3;
    this.#bits = this.#bitCount = 0;
    const length = this.#take(16);
    if ((this.#take(16) ^ 0xffff) !== length) throw new InflateError("invalid");
    if (this.#position + length > this.#input.length) throw new InflateError("truncated");
    if (this.#written + length > this.#output.length) throw new InflateError("too-long");
    this.#output.set(this.#input.subarray(this.#position, this.#position + length), this.#written);
    this.#position += length;
    this.#written += length;
  }

  #fixedCodes(): void {
    const lengths = this.#lengths;
    lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288);
    this.#literals.build(lengths, 0, 288);
    // Two of the 32 codes stand for nothing, but they make the code complete; they are refused when met.
    lengths.fill(5, 0, 32);
    this.#distances.build(lengths, 0, 32);
  }

  #dynamicCodes(): void {
    const lengths = this.#lengths;
    const literalCount = this.#take(5) + 257;
    const distanceCount = this.#take(5) + 1;
    const codeCount = this.#take(4) + 4;
    if (literalCount > 286 || distanceCount > 30) throw new InflateError("invalid");
    lengths.fill(0, 0, 19);
    for (let i = 0; i < codeCount; i++) lengths[codeLengthOrder[i] as number] = this.#take(3);
    this.#lengthCode.build(lengths, 0, 19);
    this.#readLengths(literalCount + distanceCount);
    if (lengths[256] === 0) throw new InflateError("invalid");
    this.#literals.build(lengths, 0, literalCount);
    this.#distances.build(lengths, literalCount, distanceCount);
  }

  #readLengths(total: number): void {
    const lengths = this.#lengths;
    for (let i = 0; i < total; ) {
      const symbol = this.#symbol(this.#lengthCode);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new InflateError("invalid");
      const value = symbol === 16 ? (lengths[i - 1] as number) : 0;
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (i + times > total) throw new InflateError("invalid");
      lengths.fill(value, i, i + times);
      i += times;
    }
  }

  #symbol(code: HuffmanCode): number {
    while (this.#bitCount < maxCodeBits && this.#position < this.#input.length) {
      this.#bits |= (this.#input[this.#position++] as number) << this.#bitCount;
      this.#bitCount += 8;
    }
    const entry = code.fast[this.#bits & ((1 << fastBits) - 1)] as number;
    if (entry === 0) return this.#longSymbol(code);
    const length = entry & 15;
    if (length > this.#bitCount) throw new InflateError("truncated");
    this.#bits >>>= length;
    this.#bitCount -= length;
    return entry >> 4;
  }

  #longSymbol(code: HuffmanCode): number {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= maxCodeBits; length++) {
      value |= this.#take(1);
      const count = code.counts[length] as number;
      if (value - count < first) return code.symbols[index + (value - first)] as number;
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw new InflateError("invalid");
  }

  #compressed(): void {
    const output = this.#output;
    for (;;) {
      const symbol = this.#symbol(this.#literals);
      if (symbol < 256) {
        if (this.#written >= output.length) throw new InflateError("too-long");
        output[this.#written++] = symbol;
      } else if (symbol === 256) return;
      else this.#copy(symbol - 257);
    }
  }

  #copy(lengthSymbol: number): void {
    if (lengthSymbol >= lengthBase.length) throw new InflateError("invalid");
    const length = (lengthBase[lengthSymbol] as number) + this.#take(lengthExtra[lengthSymbol] as number);
    const distanceSymbol = this.#symbol(this.#distances);
    if (distanceSymbol >= distanceBase.length) throw new InflateError("invalid");
    const distance = (distanceBase[distanceSymbol] as number) + this.#take(distanceExtra[distanceSymbol] as number);
    if (distance > this.#written) throw new InflateError("invalid");
    if (this.#written + length > this.#output.length) throw new InflateError("too-long");
    this.#repeat(distance, length);
  }

  #repeat(distance: number, length: number): void {
    const output = this.#output;
    const at = this.#written;
    this.#written = at + length;
    if (distance === 1) output.fill(output[at - 1] as number, at, at + length);
    else if (distance >= length && length > 32) output.copyWithin(at, at - distance, at - distance + length);
    else for (let i = 0; i < length; i++) output[at + i] = output[at - distance + i] as number;
  }
}
