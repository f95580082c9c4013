// Rows of pixels, four at a time: how long they are alike, and filling and copying them. A count may be any, also 0;
// addresses need no alignment. What lies behind the counted pixels is never touched.

const PIXEL_BYTES: usize = 4;
const LANES: usize = 4;
const ALL_LANES: i32 = 0b1111;

/** How many pixels from the left two rows have in common. */
export function commonPrefix(first: usize, second: usize, count: usize): usize {
  let at: usize = 0;
  for (; at + LANES <= count; at += LANES) {
    const equal = i32x4.bitmask(i32x4.eq(v128.load(first + at * PIXEL_BYTES), v128.load(second + at * PIXEL_BYTES)));
    if (equal !== ALL_LANES) return at + <usize>ctz(~equal);
  }
  while (at < count && load<u32>(first + at * PIXEL_BYTES) === load<u32>(second + at * PIXEL_BYTES)) at++;
  return at;
}

/** How many pixels from the left have a color. */
export function colorPrefix(row: usize, color: u32, count: usize): usize {
  const wanted = i32x4.splat(color);
  let at: usize = 0;
  for (; at + LANES <= count; at += LANES) {
    const equal = i32x4.bitmask(i32x4.eq(v128.load(row + at * PIXEL_BYTES), wanted));
    if (equal !== ALL_LANES) return at + <usize>ctz(~equal);
  }
  while (at < count && load<u32>(row + at * PIXEL_BYTES) === color) at++;
  return at;
}

export function fillRow(row: usize, color: u32, count: usize): void {
  const value = i32x4.splat(color);
  let at: usize = 0;
  for (; at + LANES <= count; at += LANES) v128.store(row + at * PIXEL_BYTES, value);
  for (; at < count; at++) store<u32>(row + at * PIXEL_BYTES, color);
}

/** Copies pixels between rows that do not overlap. */
export function copyRow(target: usize, source: usize, count: usize): void {
  let at: usize = 0;
  for (; at + LANES <= count; at += LANES) v128.store(target + at * PIXEL_BYTES, v128.load(source + at * PIXEL_BYTES));
  for (; at < count; at++) store<u32>(target + at * PIXEL_BYTES, load<u32>(source + at * PIXEL_BYTES));
}
