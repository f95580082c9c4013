// A pixel as its difference to what its neighbors foretell (docs/protocol/05-screen.md, "Literals"): green, then blue and
// red by their distance to green. One model for each class of surroundings.

import { LITERAL_CLASSES, LITERAL_LENGTH, LITERAL_LENGTHS, LITERAL_SIGN, LITERAL_UPPER, LITERAL_UPPERS, LITERAL_ZERO } from "./model";
import { below } from "./numbers";
import { bit, nth } from "./range-decoder";

const MOST_BITS: i32 = LITERAL_LENGTHS - 1;

/** Reads a pixel between its west, north and northwest neighbors. */
export function literal(model: usize, west: u32, north: u32, northwest: u32): u32 {
  const wg = channel(west, 8), ng = channel(north, 8), xg = channel(northwest, 8);
  let foretold = median(wg, ng, wg + ng - xg);
  let difference = residual(model, 0, 0);
  const green = (foretold + difference) & 255;
  foretold = beside(green, channel(west, 0) - wg, channel(north, 0) - ng, channel(northwest, 0) - xg);
  difference = residual(model, 1, classOf(difference));
  const blue = (foretold + difference) & 255;
  foretold = beside(green, channel(west, 16) - wg, channel(north, 16) - ng, channel(northwest, 16) - xg);
  difference = residual(model, 2, classOf(difference));
  const red = (foretold + difference) & 255;
  return (red << 16) | (green << 8) | blue;
}

// @ts-ignore: decorator
@inline
function channel(pixel: u32, shift: u32): i32 {
  return <i32>((pixel >> shift) & 255);
}

/** The difference modulo 256, as -128 to 127. */
function residual(model: usize, channel: i32, surroundings: i32): i32 {
  const place = channel * LITERAL_CLASSES + surroundings;
  if (bit(nth(model, LITERAL_ZERO + place)) === 0) return 0;
  const isNegative = bit(nth(model, LITERAL_SIGN + channel)) !== 0;
  const length = nth(model, LITERAL_LENGTH + place * LITERAL_LENGTHS);
  let bits = 0;
  while (bits < MOST_BITS && bit(nth(length, bits)) !== 0) bits++;
  let magnitude = 1;
  if (bits > 0) magnitude = below(nth(model, LITERAL_UPPER + (channel * LITERAL_LENGTHS + bits) * LITERAL_UPPERS), bits);
  return isNegative ? -magnitude : magnitude;
}

function classOf(difference: i32): i32 {
  return difference === 0 ? 0 : difference >= -2 && difference <= 2 ? 1 : 2;
}

function beside(green: i32, west: i32, north: i32, northwest: i32): i32 {
  return min(max(green + median(west, north, west + north - northwest), 0), 255);
}

// @ts-ignore: decorator
@inline
function median(a: i32, b: i32, c: i32): i32 {
  return max(min(a, b), min(max(a, b), c));
}
