// One piece of an update in codec 2: its head, the map of modes, then the pixels, in the order of
// docs/protocol/05-screen.md, "Piece".

import { groupAcross, groupColumn, groupDown, groupRow, nextGroup, startGroups } from "./block-groups";
import { INVALID_VALUE, require } from "./failures";
import { FIRST_ROW, MODE, MOTION_X, MOTION_Y, NEXT_IN_RING, ROW_ANY, ROW_COUNT, SAME_AS_LEFT, SAME_AS_UPPER, SAME_VECTORS, STEP, VECTOR_COUNT, VECTOR_X, VECTOR_Y } from "./model";
import { fromFolded, gamma, tree } from "./numbers";
import {
  BLOCK_SIDE, blockHeight, blockWidth, change, columns, COPY, FINE_TRANSFORM, height, INTRA, isWhole, left, modeOf, modes, MOST_VECTORS,
  MOTION, motions, MOVED, PHOTO_PIXELS, PIXEL_BYTES, pixelAt, references, RING_BLOCKS, RING_COPY, ringBlock, ringFilled, ringReference,
  rows, SAME, setRingReference, setVectorCount, STILL, stride, top, toPrevious, TRANSFORM, vectorCount, VECTORS, width,
} from "./picture";
import { photoPixels, pixels, predictedPixels } from "./pixel-coder";
import { bit, evenBits, nth, requireMore } from "./range-decoder";
import { copyRow } from "./runs";
import { transformBlock } from "./transform-coder";

const ROW_BITS: i32 = 10, STEP_BITS: i32 = 6, VECTOR_COUNT_BITS: i32 = 3, MODE_BITS: i32 = 4, RING_BITS: i32 = 13;

let firstRow: i32 = 0, rowCount: i32 = 0, step: i32 = 0;
/** One bit for each mode that the map holds. */
let modesPresent: u32 = 0;

export function piece(): void {
  head();
  map();
  prepare();
  if (has(STILL)) groupsOf(STILL);
  if (has(INTRA)) groupsOf(INTRA);
  for (let mode = MOVED; mode < PHOTO_PIXELS; mode++) if (has(mode)) groupsOf(mode);
  if (has(PHOTO_PIXELS)) groupsOf(PHOTO_PIXELS);
  if (has(TRANSFORM) || has(MOTION) || has(FINE_TRANSFORM)) transforms();
}

// @ts-ignore: decorator
@inline
function has(mode: i32): bool {
  return (modesPresent >> mode & 1) !== 0;
}

function head(): void {
  firstRow = tree(FIRST_ROW, ROW_BITS);
  rowCount = tree(ROW_COUNT, ROW_BITS) + 1;
  require(firstRow + rowCount <= rows, INVALID_VALUE);
  step = tree(STEP, STEP_BITS);
  require(step > 0, INVALID_VALUE);
  vectors();
}

function vectors(): void {
  if (bit(SAME_VECTORS) === 0) return;
  const count = tree(VECTOR_COUNT, VECTOR_COUNT_BITS);
  require(count <= MOST_VECTORS, INVALID_VALUE);
  for (let i = 0; i < count; i++) {
    const vector = VECTORS + 8 * <usize>i;
    store<i32>(vector, fromFolded(gamma(VECTOR_X)));
    store<i32>(vector, fromFolded(gamma(VECTOR_Y)), 4);
  }
  setVectorCount(count);
}

function map(): void {
  modesPresent = 0;
  let wasAny = 0;
  for (let row = firstRow; row < firstRow + rowCount; row++) {
    const first = row * columns;
    wasAny = bit(nth(ROW_ANY, wasAny));
    if (wasAny !== 0) mapRow(first, row > firstRow);
    else memory.fill(modes + <usize>first, <u8>SAME, columns);
  }
}

function mapRow(first: i32, hasUpper: bool): void {
  let west = SAME;
  for (let block = first; block < first + columns; block++) {
    west = mode(west, hasUpper ? modeOf(block - columns) : SAME);
    store<u8>(modes + <usize>block, west);
    modesPresent |= 1 << west;
    if (west === RING_COPY) reference(block);
  }
}

function mode(west: i32, upper: i32): i32 {
  const context = (west << MODE_BITS) + upper;
  if (bit(nth(SAME_AS_LEFT, context)) === 0) return west;
  if (upper !== west && bit(nth(SAME_AS_UPPER, context)) === 0) return upper;
  return tree(nth(MODE, west << MODE_BITS), MODE_BITS);
}

function reference(block: i32): void {
  const index = bit(NEXT_IN_RING) === 0 ? (ringReference + 1) % RING_BLOCKS : evenBits(RING_BITS);
  require(index < ringFilled && isWhole(block), INVALID_VALUE);
  store<u16>(references + 2 * <usize>block, <u16>index);
  setRingReference(index);
}

// Blocks that need no more bits. The ring is read before anything goes into it.
function prepare(): void {
  const first = firstRow * columns, end = first + rowCount * columns;
  if (has(RING_COPY)) for (let block = first; block < end; block++) if (modeOf(block) === RING_COPY) putRing(block);
  for (let block = first; block < end; block++) {
    const mode = modeOf(block);
    if (mode === SAME) continue;
    const isCopy = mode >= COPY && mode < RING_COPY;
    const vector = mode - (isCopy ? COPY : MOVED);
    if (isCopy || mode >= MOVED && mode < PHOTO_PIXELS) requireSource(block, vector);
    change(block, mode);
    if (isCopy) putCopy(block, vector);
  }
}

// Pixels of all blocks of one mode.
function groupsOf(mode: i32): void {
  startGroups(mode, firstRow, rowCount);
  while (nextGroup()) {
    const x = groupColumn * BLOCK_SIDE, y = groupRow * BLOCK_SIDE;
    const right = min(x + groupAcross * BLOCK_SIDE, width), bottom = min(y + groupDown * BLOCK_SIDE, height);
    if (mode === STILL) predictedPixels(x, y, right, bottom, 0, 0);
    else if (mode === INTRA) pixels(x, y, right, bottom);
    else if (mode === PHOTO_PIXELS) photoPixels(x, y, right, bottom);
    else predictedPixels(x, y, right, bottom, vectorX(mode - MOVED), vectorY(mode - MOVED));
    requireMore();
  }
}

function transforms(): void {
  const first = firstRow * columns, end = first + rowCount * columns;
  for (let block = first; block < end; block++) {
    const mode = modeOf(block);
    if (mode !== TRANSFORM && mode !== MOTION && mode !== FINE_TRANSFORM) continue;
    if (mode === MOTION) motion(block);
    transformBlock(block, firstRow, step);
    requireMore();
  }
}

// Foretold by the block to the left, else the one above, if they move as well.
function motion(block: i32): void {
  let x = 0, y = 0;
  let neighbor = -1;
  if (block % columns > 0 && modeOf(block - 1) === MOTION) neighbor = block - 1;
  else if (block / columns > firstRow && modeOf(block - columns) === MOTION) neighbor = block - columns;
  if (neighbor >= 0) {
    x = load<i32>(motions + 8 * <usize>neighbor);
    y = load<i32>(motions + 8 * <usize>neighbor, 4);
  }
  x += fromFolded(gamma(MOTION_X));
  y += fromFolded(gamma(MOTION_Y));
  store<i32>(motions + 8 * <usize>block, x);
  store<i32>(motions + 8 * <usize>block, y, 4);
  requireInside(block, x, y);
}

function putRing(block: i32): void {
  let source = ringBlock(load<u16>(references + 2 * <usize>block));
  let target = pixelAt(left(block), top(block));
  for (let y = 0; y < BLOCK_SIDE; y++) {
    copyRow(target, source, BLOCK_SIDE);
    source += <usize>BLOCK_SIDE * PIXEL_BYTES;
    target += stride;
  }
}

function putCopy(block: i32, vector: i32): void {
  const across = blockWidth(block), down = blockHeight(block);
  let target = pixelAt(left(block), top(block));
  const toSource = toPrevious + <usize>vectorY(vector) * stride + <usize>vectorX(vector) * PIXEL_BYTES;
  for (let y = 0; y < down; y++) {
    copyRow(target, target + toSource, across);
    target += stride;
  }
}

function requireSource(block: i32, vector: i32): void {
  require(vector < vectorCount, INVALID_VALUE);
  requireInside(block, vectorX(vector), vectorY(vector));
}

function requireInside(block: i32, dx: i32, dy: i32): void {
  const x = left(block) + dx, y = top(block) + dy;
  require(x >= 0 && y >= 0 && x + blockWidth(block) <= width && y + blockHeight(block) <= height, INVALID_VALUE);
}

// @ts-ignore: decorator
@inline
function vectorX(vector: i32): i32 {
  return load<i32>(VECTORS + 8 * <usize>vector);
}

// @ts-ignore: decorator
@inline
function vectorY(vector: i32): i32 {
  return load<i32>(VECTORS + 8 * <usize>vector, 4);
}
