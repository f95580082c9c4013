import fc from "fast-check";
import { expect, test } from "vitest";
import { frameHash } from "./frame-hash.ts";

/** The chapter's formula, word for word. */
function reference(pixels: Uint32Array, width: number, height: number, update: number): bigint {
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

test("the frame hash is the one of the chapter for any picture", () => {
  const picture = fc.record({ width: fc.integer({ min: 1, max: 33 }), height: fc.integer({ min: 1, max: 40 }), seed: fc.integer() });
  fc.assert(
    fc.property(picture, fc.nat(1 << 20), ({ width, height, seed }, update) => {
      let state = seed | 1;
      const pixels = Uint32Array.from({ length: width * height }, () => (state = Math.imul(state, 0x5bd1e995) ^ (state >>> 13)));
      expect(frameHash(pixels, width, height, update)).toBe(reference(pixels, width, height, update));
    }),
    { numRuns: 300 },
  );
});

test("a changed pixel in a row that is looked at changes the hash", () => {
  const pixels = new Uint32Array(32 * 16).fill(0xff000000);
  const before = frameHash(pixels, 32, 16, 3);
  pixels[11 * 32 + 7] = 0xff010000;
  expect(frameHash(pixels, 32, 16, 3)).not.toBe(before);
  expect(frameHash(pixels, 32, 16, 4)).toBe(frameHash(new Uint32Array(32 * 16).fill(0xff000000), 32, 16, 4));
});
