// The pixels of one rectangle, row by row, by runs and by what their neighbors were followed by before
// (docs/protocol/05-screen.md, "Pixels").

import { INVALID_VALUE, require } from "./failures";
import { literal } from "./literal-model";
import {
  CACHE_INDEX, CACHED, CACHED_COLORS, CANDIDATE, FLAT_LENGTH, FLAT_RUN, GRADIENTS, LITERAL, LITERAL_BYTES, NARROW, NARROW_BITS,
  NARROW_COLORS, PHOTO, PREDICTED_LENGTH, PREDICTED_RUN, WIDE, WIDE_BITS, WIDE_COLORS,
} from "./model";
import { gamma, tree } from "./numbers";
import { PIXEL_BYTES, pixelAt, stride, toPrevious } from "./picture";
import { bit, nth } from "./range-decoder";
import { colorPrefix, commonPrefix, copyRow, fillRow } from "./runs";

const NO_COLOR: u32 = 0xffff_ffff, COLOR_MASK: u32 = 0x00ff_ffff;
const CONFIDENCE_SHIFT: u32 = 24, MOST_CONFIDENCE: u32 = 255;
const WIDE_PATIENCE: u32 = 3, NARROW_PATIENCE: u32 = 1;

/** The last two outcomes of each question, as its context. */
let predictedHistory: i32 = 0, flatHistory: i32 = 0, wideHistory: i32 = 0, narrowHistory: i32 = 0, cachedHistory: i32 = 0;
/** What the pixel behind the run that was read last cannot be. */
let excludedByRun: u32 = 0;

export function resetHistories(): void {
  predictedHistory = flatHistory = wideHistory = narrowHistory = cachedHistory = 0;
}

/** Reads a rectangle without prediction. */
export function pixels(x: i32, y: i32, right: i32, bottom: i32): void {
  for (; y < bottom; y++) row(pixelAt(x, y), pixelAt(right, y));
}

/** Reads a rectangle that is predicted by the previous picture, moved. */
export function predictedPixels(x: i32, y: i32, right: i32, bottom: i32, dx: i32, dy: i32): void {
  const toSource = toPrevious + <usize>dy * stride + <usize>dx * PIXEL_BYTES;
  for (let line = y; line < bottom; line++) predictedRow(pixelAt(x, line), pixelAt(right, line), toSource, line === y);
}

/** Reads a rectangle of a photograph, each pixel as its difference to its neighbors. */
export function photoPixels(x: i32, y: i32, right: i32, bottom: i32): void {
  for (; y < bottom; y++) {
    const end = pixelAt(right, y);
    for (let at = pixelAt(x, y); at < end; at += PIXEL_BYTES) {
      const above = at - stride;
      const west = load<u32>(at - PIXEL_BYTES), north = load<u32>(above), northwest = load<u32>(above - PIXEL_BYTES);
      const model = PHOTO + gradient(west, north, northwest, load<u32>(above + PIXEL_BYTES)) * LITERAL_BYTES;
      store<u32>(at, literal(model, west, north, northwest));
    }
  }
}

function gradient(west: u32, north: u32, northwest: u32, northeast: u32): usize {
  const w = green(west), n = green(north), x = green(northwest), e = green(northeast);
  const steepest = max(abs(w - x), max(abs(n - x), abs(n - e)));
  return <usize>(steepest <= 2 ? steepest : min(log2(<u32>steepest - 1) + 2, GRADIENTS - 1));
}

// @ts-ignore: decorator
@inline
function green(pixel: u32): i32 {
  return <i32>((pixel >> 8) & 255);
}

// @ts-ignore: decorator
@inline
function log2(value: u32): i32 {
  return 31 - <i32>clz(value);
}

function row(start: usize, end: usize): void {
  for (let at = start; at < end;) {
    let excluded = NO_COLOR;
    if (isFlat(at)) {
      at = flatRun(at, end);
      if (at === end) return;
      excluded = excludedByRun;
      if (excluded === NO_COLOR) continue;
    }
    pixel(at, NO_COLOR, excluded);
    at += PIXEL_BYTES;
  }
}

function predictedRow(start: usize, end: usize, toSource: usize, isFirstRow: bool): void {
  for (let at = start; at < end;) {
    let excluded = NO_COLOR;
    if (follows(at, start, end, toSource, isFirstRow)) {
      at = predictedRun(at, end, toSource, isFirstRow);
      if (at === end) return;
      excluded = load<u32>(at + toSource);
    } else if (isFlat(at)) {
      at = flatRun(at, end);
      if (at === end) return;
      excluded = excludedByRun;
      if (excluded === NO_COLOR) continue;
    }
    pixel(at, load<u32>(at + toSource), excluded);
    at += PIXEL_BYTES;
  }
}

// Whether the pixels to the west, north and northeast, as far as they belong to the rectangle, are as predicted.
// @ts-ignore: decorator
@inline
function follows(at: usize, start: usize, end: usize, toSource: usize, isFirstRow: bool): bool {
  const above = at - stride;
  return (at === start || isPredicted(at - PIXEL_BYTES, toSource))
    && (isFirstRow || isPredicted(above, toSource) && (at + PIXEL_BYTES === end || isPredicted(above + PIXEL_BYTES, toSource)));
}

// @ts-ignore: decorator
@inline
function isPredicted(at: usize, toSource: usize): bool {
  return load<u32>(at) === load<u32>(at + toSource);
}

// How far the pixels follow their prediction; expected as far as those above did. The pixel behind the run does not.
function predictedRun(at: usize, end: usize, toSource: usize, isFirstRow: bool): usize {
  const rest = <i32>((end - at) / PIXEL_BYTES);
  const above = at - stride;
  const expected = isFirstRow ? rest : <i32>commonPrefix(above, above + toSource, rest);
  const isOther = bit(nth(PREDICTED_RUN, log2(expected) * 4 + predictedHistory));
  predictedHistory = (predictedHistory << 1 | isOther) & 3;
  const length = isOther === 0 ? expected : bounded(gamma(PREDICTED_LENGTH), rest);
  copyRow(at, at + toSource, length);
  return at + <usize>length * PIXEL_BYTES;
}

// A run of the color all around: as long as above, or shorter and then followed by another color.
function flatRun(at: usize, end: usize): usize {
  const rest = <i32>((end - at) / PIXEL_BYTES);
  const color = load<u32>(at - PIXEL_BYTES);
  const above = <i32>colorPrefix(at - stride, color, rest);
  const expected = above === rest ? rest : max(1, above - 1);
  const isShorter = bit(nth(FLAT_RUN, log2(expected) * 4 + flatHistory));
  flatHistory = (flatHistory << 1 | isShorter) & 3;
  const length = isShorter === 0 ? expected : bounded(gamma(FLAT_LENGTH), expected - 1);
  fillRow(at, color, length);
  excludedByRun = isShorter !== 0 ? color : NO_COLOR;
  return at + <usize>length * PIXEL_BYTES;
}

function bounded(value: i32, most: i32): i32 {
  require(value <= most, INVALID_VALUE);
  return value;
}

// @ts-ignore: decorator
@inline
function isFlat(at: usize): bool {
  const west = load<u32>(at - PIXEL_BYTES);
  const above = at - stride;
  return load<u32>(above) === west && load<u32>(at - 2 * PIXEL_BYTES) === west
    && load<u32>(above - PIXEL_BYTES) === west && load<u32>(above + PIXEL_BYTES) === west;
}

function pixel(at: usize, predicted: u32, excluded: u32): void {
  const above = at - stride, farAbove = above - stride;
  const w = load<u32>(at - PIXEL_BYTES), n = load<u32>(above), nw = load<u32>(above - PIXEL_BYTES), ne = load<u32>(above + PIXEL_BYTES);
  const three = w * 0x9E3779B1 + n * 0x85EBCA6B + nw * 0xC2B2AE35;
  const nine = three + ne * 0x27D4EB2F
    + load<u32>(at - 2 * PIXEL_BYTES) * 0x165667B1 + load<u32>(at - 3 * PIXEL_BYTES) * 0xB5297A4D
    + load<u32>(farAbove) * 0x68E31DA5 + load<u32>(farAbove + PIXEL_BYTES) * 0x1B56C4E9
    + load<u32>(above + 2 * PIXEL_BYTES) * 0x7FEB352D + predicted * 0x846CA68B;
  const wideEntry = WIDE_COLORS + 4 * <usize>place(nine, WIDE_BITS);
  const narrowEntry = NARROW_COLORS + 4 * <usize>place(three, NARROW_BITS);
  const color = choose(at, predicted, excluded, load<u32>(wideEntry), load<u32>(narrowEntry));
  learn(wideEntry, color, WIDE_PATIENCE);
  learn(narrowEntry, color, NARROW_PATIENCE);
  store<u32>(at, color);
}

// @ts-ignore: decorator
@inline
function place(hash: u32, bits: u32): u32 {
  return ((hash ^ (hash >> 15)) * 0x2C1B3C6D) >> (32 - bits);
}

// One candidate after the other, each only if it was not said no to before.
function choose(at: usize, predicted: u32, excluded: u32, wideEntry: u32, narrowEntry: u32): u32 {
  let wide = NO_COLOR, narrow = NO_COLOR;
  if (wideEntry >> CONFIDENCE_SHIFT !== 0 && (wideEntry & COLOR_MASK) !== excluded) {
    wide = wideEntry & COLOR_MASK;
    const miss = bit(nth(WIDE, <i32>min(wideEntry >> CONFIDENCE_SHIFT, 15) * 4 + wideHistory));
    wideHistory = (wideHistory << 1 | miss) & 3;
    if (miss === 0) return wide;
  }

  const second = narrowEntry & COLOR_MASK;
  if (narrowEntry >> CONFIDENCE_SHIFT !== 0 && second !== excluded && second !== wide) {
    narrow = second;
    const miss = bit(nth(NARROW, <i32>min(narrowEntry >> CONFIDENCE_SHIFT, 7) * 4 + narrowHistory));
    narrowHistory = (narrowHistory << 1 | miss) & 3;
    if (miss === 0) return narrow;
  }

  return candidate(at, predicted, excluded, wide, narrow);
}

// The prediction, the pixel to the west, the one to the north; else a color of the cache or a literal.
function candidate(at: usize, predicted: u32, excluded: u32, wide: u32, narrow: u32): u32 {
  const known = nth(CANDIDATE, (wide !== NO_COLOR ? 1 : 0) + (narrow !== NO_COLOR ? 2 : 0));
  let first = NO_COLOR, second = NO_COLOR;
  if (predicted !== NO_COLOR && predicted !== excluded && predicted !== wide && predicted !== narrow) {
    first = predicted;
    if (bit(known) === 0) return first;
  }

  const w = load<u32>(at - PIXEL_BYTES);
  if (w !== excluded && w !== wide && w !== narrow && w !== first) {
    second = w;
    if (bit(nth(known, 4)) === 0) return second;
  }

  const n = load<u32>(at - stride);
  if (n !== excluded && n !== wide && n !== narrow && n !== first && n !== second && bit(nth(known, 8)) === 0) return n;
  return cachedOrLiteral(w, n, load<u32>(at - stride - PIXEL_BYTES));
}

function cachedOrLiteral(west: u32, north: u32, northwest: u32): u32 {
  const isLiteral = bit(nth(CACHED, cachedHistory));
  cachedHistory = (cachedHistory << 1 | isLiteral) & 3;
  if (isLiteral === 0) return load<u32>(CACHED_COLORS + 4 * <usize>tree(CACHE_INDEX, 8));
  const color = literal(LITERAL, west, north, northwest);
  store<u32>(CACHED_COLORS + 4 * <usize>(color * 0x9E3779B1 >> 24), color);
  return color;
}

// @ts-ignore: decorator
@inline
function learn(address: usize, color: u32, patience: u32): void {
  const entry = load<u32>(address);
  const confidence = entry >> CONFIDENCE_SHIFT;
  if ((entry & COLOR_MASK) === color && confidence > 0) {
    if (confidence < MOST_CONFIDENCE) store<u32>(address, entry + (1 << CONFIDENCE_SHIFT));
  } else if (confidence > patience) {
    store<u32>(address, (entry & COLOR_MASK) | (confidence >> 2 << CONFIDENCE_SHIFT));
  } else {
    store<u32>(address, color | (1 << CONFIDENCE_SHIFT));
  }
}
