// Pixels as a canvas takes them: red, green, blue, alpha bytes, opaque.

import { PIXEL_BYTES, pixelAt, SCRATCH, SCRATCH_BYTES, stride } from "./picture";

const OPAQUE: u32 = 0xff00_0000;

/** Turns a part of the picture; the caller cuts it so that it fits. Returns where the bytes are, row after row without gaps. */
export function rgba(x: i32, y: i32, across: i32, down: i32): usize {
  const alpha = i32x4.splat(OPAQUE);
  let target = SCRATCH;
  let row = pixelAt(x, y);
  const bytes = <usize>across * PIXEL_BYTES;
  const groups = bytes & ~15;
  for (let i = 0; i < down; i++) {
    let at: usize = 0;
    for (; at < groups; at += 16) {
      const pixels = v128.load(row + at);
      const turned = v128.shuffle<u8>(pixels, pixels, 2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15);
      v128.store(target + at, v128.or(turned, alpha));
    }
    for (; at < bytes; at += PIXEL_BYTES) {
      const pixel = load<u32>(row + at);
      store<u32>(target + at, OPAQUE | (pixel & 0xff) << 16 | (pixel & 0xff00) | pixel >> 16);
    }
    target += bytes;
    row += stride;
  }
  return SCRATCH;
}

/** Pixels that `rgba` turns at once, at most. */
export function rgbaPixels(): i32 {
  return <i32>(SCRATCH_BYTES / PIXEL_BYTES);
}
