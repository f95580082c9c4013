// Approximated blocks: a prediction and the transform of the difference to it, in light and two colors
// (docs/protocol/05-screen.md, "Transform modes").

import { clearBlock, inverse, inverseOfFirst, TRANSFORM_SIZE } from "./block-transform";
import { ANY } from "./model";
import {
  BLOCK_SIDE, blockHeight, blockWidth, columns, differences, FINE_TRANSFORM, left, modeOf, MOTION, motions, PIXEL_BYTES, pixelAt, SCRATCH, stride, top,
  toPrevious,
} from "./picture";
import { bit, nth } from "./range-decoder";
import { copyRow, fillRow } from "./runs";
import { coefficients } from "./transform-model";

const BLOCK_PIXELS: usize = BLOCK_SIDE * BLOCK_SIDE;
const PLANE_BYTES: usize = 2 * BLOCK_PIXELS, PLANE_ROW: usize = 2 * BLOCK_SIDE;
/** Predicted pixels, which become the real ones; then three planes of 16-bit differences; one 8x8 block; room for its sums. */
const PREDICTION: usize = SCRATCH;
const LIGHT: usize = PREDICTION + PIXEL_BYTES * BLOCK_PIXELS;
const BLUENESS: usize = LIGHT + PLANE_BYTES;
const REDNESS: usize = BLUENESS + PLANE_BYTES;
const PART: usize = REDNESS + PLANE_BYTES;
const PART_ROW: usize = 16;
const SUMS: usize = PART + 2 * TRANSFORM_SIZE;

const MIDDLE_GRAY: u32 = 0x808080;
const PREDICTION_ROW: usize = <usize>BLOCK_SIDE * PIXEL_BYTES;

/** Reads one block of the modes TRANSFORM, MOTION and FINE_TRANSFORM. */
export function transformBlock(block: i32, firstRow: i32, step: i32): void {
  const mode = modeOf(block);
  if (mode === MOTION) {
    predictByMotion(block);
    if (!differs(block, firstRow)) {
      putBlock(block);
      return;
    }
  } else {
    fillRow(PREDICTION, meanOfNeighbors(block), BLOCK_PIXELS);
  }
  const kind = mode === MOTION ? 2 : 0;
  const isFine = mode === FINE_TRANSFORM;
  fullPlane(LIGHT, kind, step);
  colorPlane(BLUENESS, kind + 1, step, isFine);
  colorPlane(REDNESS, kind + 1, step, isFine);
  reconstruct();
  putBlock(block);
}

// Whether a moved block differs from its source at all; likely so when the blocks to the left and above did.
function differs(block: i32, firstRow: i32): bool {
  const left = block % columns > 0 && didDiffer(block - 1) ? 1 : 0;
  const upper = block / columns > firstRow && didDiffer(block - columns) ? 1 : 0;
  const any = bit(nth(ANY, left + upper));
  store<u8>(differences + <usize>block, any);
  return any !== 0;
}

function didDiffer(block: i32): bool {
  return modeOf(block) === MOTION && load<u8>(differences + <usize>block) !== 0;
}

// Four 8x8 blocks.
function fullPlane(plane: usize, kind: i32, step: i32): void {
  for (let quarter = 0; quarter < 4; quarter++) {
    part(kind, step);
    const start = plane + <usize>(quarter >> 1) * 8 * PLANE_ROW + <usize>(quarter & 1) * PART_ROW;
    for (let y: usize = 0; y < 8; y++) v128.store(start + y * PLANE_ROW, v128.load(PART + y * PART_ROW));
  }
}

// One 8x8 block at half the resolution, unless it is fine.
function colorPlane(plane: usize, kind: i32, step: i32, isFine: bool): void {
  if (isFine) {
    fullPlane(plane, kind, step);
    return;
  }
  part(kind, step);
  for (let y: usize = 0; y < 8; y++) {
    const values = v128.load(PART + y * PART_ROW);
    const west = v128.shuffle<i16>(values, values, 0, 0, 1, 1, 2, 2, 3, 3), east = v128.shuffle<i16>(values, values, 4, 4, 5, 5, 6, 6, 7, 7);
    const row = plane + y * 2 * PLANE_ROW;
    v128.store(row, west);
    v128.store(row, east, PART_ROW);
    v128.store(row + PLANE_ROW, west);
    v128.store(row + PLANE_ROW, east, PART_ROW);
  }
}

function part(kind: i32, step: i32): void {
  clearBlock(PART);
  const count = coefficients(kind, step, PART);
  if (count === 1) inverseOfFirst(PART);
  else if (count > 1) inverse(PART, SUMS);
}

function predictByMotion(block: i32): void {
  const motion = motions + 8 * <usize>block;
  const across = blockWidth(block), down = blockHeight(block);
  let source = pixelAt(left(block) + load<i32>(motion), top(block) + load<i32>(motion, 4)) + toPrevious;
  for (let y: usize = 0; y < <usize>down; y++) {
    copyRow(PREDICTION + y * PREDICTION_ROW, source, across);
    source += stride;
  }
}

function meanOfNeighbors(block: i32): u32 {
  const x = left(block), y = top(block), across = blockWidth(block), down = blockHeight(block);
  const corner = pixelAt(x, y);
  let red: u32 = 0, green: u32 = 0, blue: u32 = 0, count: u32 = 0;
  if (y > 0) {
    count += across;
    for (let at = corner - stride, end = at + <usize>across * PIXEL_BYTES; at < end; at += PIXEL_BYTES) {
      const pixel = load<u32>(at);
      red += pixel >> 16;
      green += pixel >> 8 & 255;
      blue += pixel & 255;
    }
  }
  if (x > 0) {
    count += down;
    for (let at = corner - PIXEL_BYTES, end = at + <usize>down * stride; at < end; at += stride) {
      const pixel = load<u32>(at);
      red += pixel >> 16;
      green += pixel >> 8 & 255;
      blue += pixel & 255;
    }
  }
  if (count === 0) return MIDDLE_GRAY;
  const half = count / 2;
  return (red + half) / count << 16 | (green + half) / count << 8 | (blue + half) / count;
}

// Predicted pixels and differences become pixels, four at a time.
function reconstruct(): void {
  const byte = i32x4.splat(255), round = i32x4.splat(128);
  for (let i: usize = 0; i < BLOCK_PIXELS; i += 4) {
    const foretold = v128.load(PREDICTION + i * PIXEL_BYTES);
    const light = v128.load_ext<i16>(LIGHT + 2 * i), blueness = v128.load_ext<i16>(BLUENESS + 2 * i), redness = v128.load_ext<i16>(REDNESS + 2 * i);
    const red = i32x4.add(i32x4.add(i32x4.shr_u(foretold, 16), light), shifted(i32x4.add(times(redness, 359), round)));
    const pull = shifted(i32x4.add(i32x4.add(times(blueness, 88), times(redness, 183)), round));
    const green = i32x4.sub(i32x4.add(v128.and(i32x4.shr_u(foretold, 8), byte), light), pull);
    const blue = i32x4.add(i32x4.add(v128.and(foretold, byte), light), shifted(i32x4.add(times(blueness, 454), round)));
    const upper = v128.or(i32x4.shl(bounded(red, byte), 16), i32x4.shl(bounded(green, byte), 8));
    v128.store(PREDICTION + i * PIXEL_BYTES, v128.or(upper, bounded(blue, byte)));
  }
}

// @ts-ignore: decorator
@inline
function times(values: v128, factor: i32): v128 {
  return i32x4.mul(values, i32x4.splat(factor));
}

// @ts-ignore: decorator
@inline
function shifted(values: v128): v128 {
  return i32x4.shr_s(values, 8);
}

// @ts-ignore: decorator
@inline
function bounded(values: v128, most: v128): v128 {
  return i32x4.min_s(i32x4.max_s(values, i32x4.splat(0)), most);
}

function putBlock(block: i32): void {
  const across = blockWidth(block), down = blockHeight(block);
  let target = pixelAt(left(block), top(block));
  for (let y: usize = 0; y < <usize>down; y++) {
    copyRow(target, PREDICTION + y * PREDICTION_ROW, across);
    target += stride;
  }
}
