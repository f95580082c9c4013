// The inverse of the integer transform of 8x8 differences (docs/protocol/05-screen.md, "Transform"): exact, the same on every
// machine. Eight values of 16 bits at a time; sums are kept in 32 bits.

/** Values of a block of 8x8. */
export const TRANSFORM_SIZE: i32 = 64;

const SIDE: i32 = 8;
const ROW_BYTES: usize = 16;
const FIRST_SHIFT: i32 = 7, SECOND_SHIFT: i32 = 12;
const UNIT: i32 = 16, PERCENT: i32 = 100, RISE_PER_DIAGONAL: i32 = 6;

/** Place of each coefficient in memory, in zigzag order: transposed, which saves turning the block around a second time. */
const PLACES: usize = memory.data<u8>([
  0, 8, 1, 2, 9, 16, 24, 17, 10, 3, 4, 11, 18, 25, 32, 40, 33, 26, 19, 12, 5, 6, 13, 20, 27, 34, 41, 48, 56, 49, 42, 35,
  28, 21, 14, 7, 15, 22, 29, 36, 43, 50, 57, 58, 51, 44, 37, 30, 23, 31, 38, 45, 52, 59, 60, 53, 46, 39, 47, 54, 61, 62, 55, 63,
]);

/** What a level at a place in zigzag order is worth, as 16 bits; puts it into a block of 64 of them that was cleared. */
export function putLevel(block: usize, at: i32, level: i32, step: i32): void {
  const place = <i32>load<u8>(PLACES + <usize>at);
  const scale = step * UNIT * (PERCENT + RISE_PER_DIAGONAL * (place / SIDE + place % SIDE)) / PERCENT;
  store<i16>(block + 2 * <usize>place, <i16>min(max(level * scale, i16.MIN_VALUE), i16.MAX_VALUE));
}

export function clearBlock(block: usize): void {
  const zero = i16x8.splat(0);
  for (let row: usize = 0; row < 8 * ROW_BYTES; row += ROW_BYTES) v128.store(block + row, zero);
}

/** Turns a block whose coefficients are zero but for the first into differences. */
export function inverseOfFirst(block: usize): void {
  const half = min(max((64 * <i32>load<i16>(block) + (1 << (FIRST_SHIFT - 1))) >> FIRST_SHIFT, i16.MIN_VALUE), i16.MAX_VALUE);
  const value = i16x8.splat(<i16>((64 * half + (1 << (SECOND_SHIFT - 1))) >> SECOND_SHIFT));
  for (let row: usize = 0; row < 8 * ROW_BYTES; row += ROW_BYTES) v128.store(block + row, value);
}

/** Turns coefficients into differences, in place; `sums` is room for 64 values of 32 bits. */
export function inverse(block: usize, sums: usize): void {
  inversePass(block, sums, FIRST_SHIFT);
  transpose(block);
  inversePass(block, sums, SECOND_SHIFT);
}

// All eight columns at once; results beyond 16 bits become the nearest that fits.
function inversePass(block: usize, sums: usize, shift: i32): void {
  const r0 = row(block, 0), r1 = row(block, 1), r2 = row(block, 2), r3 = row(block, 3);
  const r4 = row(block, 4), r5 = row(block, 5), r6 = row(block, 6), r7 = row(block, 7);
  fourColumns(lower(r0, r4), lower(r2, r6), lower(r1, r3), lower(r5, r7), sums, shift);
  fourColumns(upper(r0, r4), upper(r2, r6), upper(r1, r3), upper(r5, r7), sums + 16, shift);
  for (let y: usize = 0; y < 8; y++) {
    const sum = sums + y * 32;
    v128.store(block + y * ROW_BYTES, i16x8.narrow_i32x4_s(v128.load(sum), v128.load(sum, 16)));
  }
}

// Rows 0 and 4, 2 and 6, 1 and 3, 5 and 7 come in turns, so that one instruction multiplies both and adds.
function fourColumns(r04: v128, r26: v128, r13: v128, r57: v128, sums: usize, shift: i32): void {
  const round = i32x4.splat(1 << (shift - 1));
  const sum = i32x4.add(by(r04, 64, 64), round), difference = i32x4.add(by(r04, 64, -64), round);
  const outer = by(r26, 83, 36), inner = by(r26, 36, -83);
  const o0 = i32x4.add(by(r13, 89, 75), by(r57, 50, 18));
  const o1 = i32x4.add(by(r13, 75, -18), by(r57, -89, -50));
  const o2 = i32x4.add(by(r13, 50, -89), by(r57, 18, 75));
  const o3 = i32x4.add(by(r13, 18, -50), by(r57, 75, -89));
  putPair(sums, 0, i32x4.add(sum, outer), o0, shift);
  putPair(sums, 1, i32x4.add(difference, inner), o1, shift);
  putPair(sums, 2, i32x4.sub(difference, inner), o2, shift);
  putPair(sums, 3, i32x4.sub(sum, outer), o3, shift);
}

// @ts-ignore: decorator
@inline
function by(pair: v128, first: i32, second: i32): v128 {
  return i32x4.dot_i16x8_s(pair, i32x4.splat((first & 0xffff) | (second << 16)));
}

// @ts-ignore: decorator
@inline
function putPair(sums: usize, y: usize, even: v128, odd: v128, shift: i32): void {
  v128.store(sums + y * 32, i32x4.shr_s(i32x4.add(even, odd), shift));
  v128.store(sums + (7 - y) * 32, i32x4.shr_s(i32x4.sub(even, odd), shift));
}

// Three times each row with the one four below, value by value: rows become columns.
function transpose(block: usize): void {
  for (let turn = 0; turn < 3; turn++) {
    const r0 = row(block, 0), r1 = row(block, 1), r2 = row(block, 2), r3 = row(block, 3);
    const r4 = row(block, 4), r5 = row(block, 5), r6 = row(block, 6), r7 = row(block, 7);
    putRows(block, 0, r0, r4);
    putRows(block, 2, r1, r5);
    putRows(block, 4, r2, r6);
    putRows(block, 6, r3, r7);
  }
}

// @ts-ignore: decorator
@inline
function putRows(block: usize, y: usize, first: v128, second: v128): void {
  v128.store(block + y * ROW_BYTES, lower(first, second));
  v128.store(block + (y + 1) * ROW_BYTES, upper(first, second));
}

// @ts-ignore: decorator
@inline
function row(block: usize, y: usize): v128 {
  return v128.load(block + y * ROW_BYTES);
}

// @ts-ignore: decorator
@inline
function lower(first: v128, second: v128): v128 {
  return v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
function upper(first: v128, second: v128): v128 {
  return v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
}
