// What is kept between pieces (docs/protocol/05-screen.md, "State"): the picture, the picture before the update, what each
// block last was, the ring of old blocks. Pixels are 0x00RRGGBB. Memory behind the model's tables is given out at a reset,
// in this order: ring, both planes of pixels, tables by block, and last the content of a piece, which may grow.

import { fail, INVALID_VALUE, OUT_OF_MEMORY, require } from "./failures";
import { MODEL_END, resetModel } from "./model";
import { copyRow } from "./runs";

export const BLOCK_SIDE: i32 = 16;
export const PIXEL_BYTES: usize = 4;
export const RING_BLOCKS: i32 = 8192;
export const MOST_VECTORS: i32 = 4;

const BLOCK_BYTES: usize = <usize>(BLOCK_SIDE * BLOCK_SIDE) * PIXEL_BYTES;
/** Columns of black beside the picture and rows of black above it, so that every pixel has its neighbors. */
const SIDE_MARGIN: i32 = 4, UPPER_MARGIN: i32 = 2;
const MARGIN_BYTES: usize = <usize>SIDE_MARGIN * PIXEL_BYTES;
const REST_BEFORE_RING: u32 = 5;
const MEMORY_PAGE: usize = 65536;

/** Working space of one piece, of the transforms and of conversions. */
export const SCRATCH_BYTES: usize = 256 * 1024;
export const SCRATCH: usize = (MODEL_END + 15) & ~15;
/** Vectors of the picture, four pairs of 32 bits. */
export const VECTORS: usize = SCRATCH + SCRATCH_BYTES;
const RING: usize = VECTORS + 8 * MOST_VECTORS;
const PLANES: usize = RING + <usize>RING_BLOCKS * BLOCK_BYTES;

export let width: i32 = 0, height: i32 = 0, columns: i32 = 0, rows: i32 = 0;
/** Bytes from one row of pixels to the next. */
export let stride: usize = 0;
/** Address of the pixel at 0, 0. */
let origin: usize = 0;
/** Bytes from a pixel to the same in the picture before the update. */
export let toPrevious: usize = 0;

/** Tables by block: last update (u32), own vector (two i32), changed ones (u32), place in the ring (u16), mode in this piece, last mode, difference. */
const BYTES_BY_BLOCK: usize = 4 + 8 + 4 + 2 + 1 + 1 + 1;
let lastUpdates: usize = 0, lastModes: usize = 0, changed: usize = 0;
export let modes: usize = 0, motions: usize = 0, references: usize = 0, differences: usize = 0;
let contents: usize = 0;

/** The update that is being put together: 1 after a start, one more with each that is whole. */
let update: u32 = 1;
let isUpdateWhole: bool = false;
let changedCount: i32 = 0;
let ringNext: i32 = 0;
export let ringFilled: i32 = 0;
/** The block of the ring that was referred to last; -1 before any was. */
export let ringReference: i32 = -1;
export let vectorCount: i32 = 0;

/** Modes (docs/protocol/05-screen.md, "Modes"); COPY and MOVED are the first of four, one for each vector. */
export const SAME: i32 = 0, COPY: i32 = 1, RING_COPY: i32 = 5, STILL: i32 = 6, INTRA: i32 = 7, TRANSFORM: i32 = 8;
export const MOVED: i32 = 9, PHOTO_PIXELS: i32 = 13, MOTION: i32 = 14, FINE_TRANSFORM: i32 = 15;

/** Starts anew: black, of this size, nothing learned. */
export function reset(newWidth: i32, newHeight: i32): void {
  const newColumns = (newWidth + BLOCK_SIDE - 1) / BLOCK_SIDE, newRows = (newHeight + BLOCK_SIDE - 1) / BLOCK_SIDE;
  const newStride = <usize>(newWidth + 2 * SIDE_MARGIN) * PIXEL_BYTES;
  const planeBytes = (<usize>(newHeight + UPPER_MARGIN) * newStride + MARGIN_BYTES + 15) & ~15;
  const blocks = <usize>(newColumns * newRows);
  // Before anything else changes: where there is no memory for it, the picture before stays as it was.
  allocate(PLANES + 2 * planeBytes + blocks * BYTES_BY_BLOCK);
  width = newWidth;
  height = newHeight;
  columns = newColumns;
  rows = newRows;
  stride = newStride;
  toPrevious = planeBytes;
  origin = PLANES + <usize>UPPER_MARGIN * stride + MARGIN_BYTES;
  lastUpdates = PLANES + 2 * toPrevious;
  motions = lastUpdates + 4 * blocks;
  changed = motions + 8 * blocks;
  references = changed + 4 * blocks;
  modes = references + 2 * blocks;
  lastModes = modes + blocks;
  differences = lastModes + blocks;
  contents = differences + blocks;
  memory.fill(PLANES, 0, contents - PLANES);
  update = 1;
  isUpdateWhole = false;
  changedCount = ringFilled = ringNext = vectorCount = 0;
  ringReference = -1;
  resetModel();
}

/** Where to put the bytes of the next piece. */
export function room(length: usize): usize {
  allocate(contents + length);
  return contents;
}

/** A piece begins: behind the last one of an update, what that changed is forgotten. */
export function begin(): void {
  if (!isUpdateWhole) return;
  isUpdateWhole = false;
  changedCount = 0;
}

/** The update is whole: what follows refers to the picture as it is now. */
export function endUpdate(): void {
  for (let i = 0; i < changedCount; i++) {
    const block = changedBlock(i);
    const start = pixelAt(left(block), top(block));
    const across = blockWidth(block);
    const end = start + <usize>blockHeight(block) * stride;
    for (let row = start; row < end; row += stride) copyRow(row + toPrevious, row, across);
  }
  isUpdateWhole = true;
  update++;
}

/** How many blocks the current update, or the one that became whole last, has changed. */
export function changedBlocks(): i32 {
  return changedCount;
}

/** Their numbers, 32 bits each, in the order of coding. */
export function changedList(): usize {
  return changed;
}

/** The mode that each block was last coded in, one byte each; 0 before the first time. */
export function modeList(): usize {
  return lastModes;
}

/** Address of a pixel. */
// @ts-ignore: decorator
@inline
export function pixelAt(x: i32, y: i32): usize {
  return origin + <usize>y * stride + <usize>x * PIXEL_BYTES;
}

// @ts-ignore: decorator
@inline
export function left(block: i32): i32 {
  return (block % columns) * BLOCK_SIDE;
}

// @ts-ignore: decorator
@inline
export function top(block: i32): i32 {
  return (block / columns) * BLOCK_SIDE;
}

// @ts-ignore: decorator
@inline
export function blockWidth(block: i32): i32 {
  return min(BLOCK_SIDE, width - left(block));
}

// @ts-ignore: decorator
@inline
export function blockHeight(block: i32): i32 {
  return min(BLOCK_SIDE, height - top(block));
}

export function isWhole(block: i32): bool {
  return blockWidth(block) === BLOCK_SIDE && blockHeight(block) === BLOCK_SIDE;
}

// @ts-ignore: decorator
@inline
export function modeOf(block: i32): i32 {
  return load<u8>(modes + <usize>block);
}

export function setVectorCount(count: i32): void {
  vectorCount = count;
}

export function setRingReference(index: i32): void {
  ringReference = index;
}

/** Address of a block of the ring, 16 rows of 16 pixels. */
// @ts-ignore: decorator
@inline
export function ringBlock(index: i32): usize {
  return RING + <usize>index * BLOCK_BYTES;
}

/** Notes that the current update codes this block, and saves its old content where that is due. */
export function change(block: i32, mode: i32): void {
  const lastUpdate = lastUpdates + 4 * <usize>block;
  const last = load<u32>(lastUpdate);
  require(last !== update, INVALID_VALUE);
  const lastMode = lastModes + <usize>block;
  if (update - last >= REST_BEFORE_RING && !isApproximated(load<u8>(lastMode)) && isWhole(block)) saveInRing(block);
  store<u32>(lastUpdate, update);
  store<u8>(lastMode, mode);
  store<i32>(changed + 4 * <usize>changedCount, block);
  changedCount++;
}

function isApproximated(mode: i32): bool {
  return mode === TRANSFORM || mode === MOTION || mode === FINE_TRANSFORM;
}

function saveInRing(block: i32): void {
  let target = ringBlock(ringNext);
  let row = pixelAt(left(block), top(block)) + toPrevious;
  for (let y = 0; y < BLOCK_SIDE; y++) {
    copyRow(target, row, BLOCK_SIDE);
    target += <usize>BLOCK_SIDE * PIXEL_BYTES;
    row += stride;
  }
  ringNext = (ringNext + 1) % RING_BLOCKS;
  ringFilled = min(ringFilled + 1, RING_BLOCKS);
}

function changedBlock(index: i32): i32 {
  return load<i32>(changed + 4 * <usize>index);
}

// Memory only grows; a smaller screen uses the beginning of it.
function allocate(bytes: usize): void {
  const pages = <i32>((bytes + MEMORY_PAGE - 1) / MEMORY_PAGE);
  const more = pages - memory.size();
  if (more > 0 && memory.grow(more) < 0) fail(OUT_OF_MEMORY);
}
