// The hash of CHECK over the picture as it is (docs/protocol/05-screen.md): FNV-1a over pairs of pixels of every eighth row.

import { height, PIXEL_BYTES, pixelAt, width } from "./picture";

const START: u64 = 0xcbf29ce484222325, PRIME: u64 = 0x100000001b3;
const ROW_STEP: u32 = 8;

export function frameHash(update: u32): u64 {
  let hash = START;
  const pairsEnd = <usize>(width & ~1) * PIXEL_BYTES;
  for (let y = <i32>(update % ROW_STEP); y < height; y += ROW_STEP) {
    const row = pixelAt(0, y);
    for (let at: usize = 0; at < pairsEnd; at += 2 * PIXEL_BYTES) hash = (hash ^ rotl<u64>(load<u64>(row + at), 32)) * PRIME;
    if ((width & 1) !== 0) hash = (hash ^ (<u64>load<u32>(row + pairsEnd) << 32)) * PRIME;
  }
  return hash;
}
