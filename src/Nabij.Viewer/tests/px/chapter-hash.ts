// The hash of CHECK by the formula of docs/protocol/05-screen.md, word for word and slow: what the decoder's own is compared with.

/** @param pixels red, green, blue, alpha bytes read as little-endian words, row after row */
export function chapterHash(pixels: Uint32Array, width: number, height: number, update: number): bigint {
  let hash = 0xcbf29ce484222325n;
  const value = (word: number): bigint => BigInt(((word & 0xff) << 16) | (word & 0xff00) | ((word >>> 16) & 0xff));
  for (let row = 0; row < height; row++) {
    if (row % 8 !== update % 8) continue;
    for (let x = 0; x < width; x += 2) {
      const second = x + 1 < width ? value(pixels[row * width + x + 1] as number) : 0n;
      hash = ((hash ^ ((value(pixels[row * width + x] as number) << 32n) | second)) * 0x100000001b3n) & 0xffffffffffffffffn;
    }
  }
  return hash;
}
