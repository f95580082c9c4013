// Hash of every eighth row of a picture (docs/protocol/05-screen.md, CHECK): FNV-1a over 64-bit words, calculated in
// two 32-bit halves because BigInt would take longer than decoding a frame.

/** Only rows whose number modulo this equals the update's number modulo this are hashed. */
const rowStep = 8;
const primeLow = 0x1b3; // the prime is 2^40 + 0x1b3

/**
 * @param pixels red, green, blue, alpha bytes read as little-endian words, row after row
 * @returns the 64-bit hash
 */
export function frameHash(pixels: Uint32Array, width: number, height: number, update: number): bigint {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let row = update % rowStep; row < height; row += rowStep) {
    const start = row * width;
    for (let x = 0; x < width; x += 2) {
      const first = colour(pixels[start + x] as number);
      const second = x + 1 < width ? colour(pixels[start + x + 1] as number) : 0;
      high = (high ^ first) >>> 0;
      low = (low ^ second) >>> 0;
      // The product stays below 2^41, so its upper part is exact; everything else is 32-bit arithmetic.
      const carry = Math.floor((low * primeLow) / 0x1_0000_0000);
      high = (Math.imul(high, primeLow) + carry + (low << 8)) >>> 0;
      low = Math.imul(low, primeLow) >>> 0;
    }
  }
  return (BigInt(high) << 32n) | BigInt(low);
}

function colour(word: number): number {
  return ((word & 0xff) << 16) | (word & 0xff00) | ((word >>> 16) & 0xff);
}
