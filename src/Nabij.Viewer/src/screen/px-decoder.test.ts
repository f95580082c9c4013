import fc from "fast-check";
import { expect, test } from "vitest";
import { chapterHash } from "../../tests/px/chapter-hash.ts";
import { PieceWriter } from "../../tests/px/piece-writer.ts";
import { PxDecoder } from "./px-decoder.ts";

const decoder = new PxDecoder();

/** Shows a picture of red, green, blue, 255, and gives the words of its pixels. */
function show(width: number, height: number, colorAt: (x: number, y: number) => number): Uint32Array {
  decoder.reset(width, height);
  decoder.decode(new PieceWriter(width, height).writeWhole(colorAt), true);
  const pixels = new Uint32Array(width * height);
  decoder.copyRgba({ x: 0, y: 0, width, height }, new Uint8Array(pixels.buffer), 0);
  return pixels;
}

test("the frame hash is the one of the chapter for any picture", () => {
  const picture = fc.record({ width: fc.integer({ min: 1, max: 33 }), height: fc.integer({ min: 1, max: 40 }), seed: fc.integer() });
  fc.assert(
    fc.property(picture, fc.nat(1 << 20), ({ width, height, seed }, update) => {
      let state = seed | 1;
      const pixels = show(width, height, () => (state = Math.imul(state, 0x5bd1e995) ^ (state >>> 13)) & 0xffffff);
      expect(decoder.frameHash(update)).toBe(chapterHash(pixels, width, height, update));
    }),
    { numRuns: 300 },
  );
});

test("a changed pixel changes the hash of updates that look at its row, and no other", () => {
  const hashes = (): bigint[] => Array.from({ length: 8 }, (_, update) => decoder.frameHash(update));
  show(32, 16, () => 0);
  const before = hashes();
  show(32, 16, (x, y) => (x === 7 && y === 11 ? 0x010000 : 0));
  expect(hashes().map((hash, update) => hash !== before[update])).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((update) => update === 3));
});
