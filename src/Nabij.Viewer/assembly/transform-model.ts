// Levels of the coefficients of one 8x8 block (docs/protocol/05-screen.md, "Coefficients").

import { putLevel } from "./block-transform";
import { CODED, DENSITIES, ESCAPE, HISTORIES, LAST, MAGNITUDE, MAGNITUDE_ZONES, MAGNITUDES, POSITIONS, SIGNIFICANT, TRANSFORM_HISTORY, ZONES } from "./model";
import { gamma, tree } from "./numbers";
import { bit, evenBits, nth } from "./range-decoder";

const POSITION_BITS: i32 = 6;

/** Of each place in zigzag order. */
const ZONE_OF: usize = memory.data<u8>([
  0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
  6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
]);

/** Reads the coefficients of a block into 64 values that were cleared; returns how many lead up to the last that is not zero. */
export function coefficients(kind: i32, step: i32, block: usize): i32 {
  const history = TRANSFORM_HISTORY + 4 * <usize>kind;
  const before = load<i32>(history);
  const isCoded = bit(nth(CODED, kind * HISTORIES + before));
  store<i32>(history, (before << 1 | isCoded) & 3);
  if (isCoded === 0) return 0;
  const end = tree(nth(LAST, kind * POSITIONS), POSITION_BITS) + 1;
  let found = 0;
  for (let at = end - 1; at >= 0; at--) {
    const zone = <i32>load<u8>(ZONE_OF + <usize>at);
    if (at < end - 1 && bit(nth(SIGNIFICANT, (kind * ZONES + zone) * DENSITIES + min(found, DENSITIES - 1))) === 0) {
      found = max(0, found - 1);
      continue;
    }
    const size = levelSize(nth(MAGNITUDE, (kind * MAGNITUDE_ZONES + zone / 2) * MAGNITUDES));
    putLevel(block, at, evenBits(1) !== 0 ? -size : size, step);
    found += size > 1 ? 2 : 1;
  }
  return end;
}

function levelSize(magnitude: usize): i32 {
  let count = 0;
  while (count < MAGNITUDES && bit(nth(magnitude, count)) !== 0) count++;
  return count < MAGNITUDES ? count + 1 : MAGNITUDES + 1 + gamma(ESCAPE);
}
