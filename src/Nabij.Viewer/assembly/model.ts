// Where everything lies that both sides learn while they code (docs/protocol/05-screen.md, "Model"): tables at fixed
// addresses. First all probabilities, then the tables of colors.

import { GAMMA_PLACES } from "./numbers";
import { EVEN, PROBABILITY_BYTES } from "./range-decoder";

/** Below lie the constants that the compiler places. */
const START: usize = 4096;

/** Classes of surroundings of a photograph's pixels. */
export const GRADIENTS: i32 = 8;
export const LITERAL_CLASSES: i32 = 3, LITERAL_LENGTHS: i32 = 8, LITERAL_UPPERS: i32 = 3;
const CHANNELS: i32 = 3;
export const LITERAL_ZERO: i32 = 0;
export const LITERAL_SIGN: i32 = LITERAL_ZERO + CHANNELS * LITERAL_CLASSES;
export const LITERAL_LENGTH: i32 = LITERAL_SIGN + CHANNELS;
export const LITERAL_UPPER: i32 = LITERAL_LENGTH + CHANNELS * LITERAL_CLASSES * LITERAL_LENGTHS;
const LITERAL_PLACES: i32 = LITERAL_UPPER + CHANNELS * LITERAL_LENGTHS * LITERAL_UPPERS;
export const LITERAL_BYTES: usize = <usize>LITERAL_PLACES * PROBABILITY_BYTES;

/** Transforms of light and of color, predicted by neighbors or by motion. */
export const KINDS: i32 = 4;
export const HISTORIES: i32 = 4, POSITIONS: i32 = 64, ZONES: i32 = 8, DENSITIES: i32 = 3, MAGNITUDE_ZONES: i32 = 4, MAGNITUDES: i32 = 14;

const GAMMA_BYTES: usize = <usize>GAMMA_PLACES * PROBABILITY_BYTES;

export const FIRST_ROW: usize = START;
export const ROW_COUNT: usize = FIRST_ROW + 1024 * PROBABILITY_BYTES;
export const STEP: usize = ROW_COUNT + 1024 * PROBABILITY_BYTES;
export const VECTOR_COUNT: usize = STEP + 64 * PROBABILITY_BYTES;
export const SAME_VECTORS: usize = VECTOR_COUNT + 8 * PROBABILITY_BYTES;
export const NEXT_IN_RING: usize = SAME_VECTORS + PROBABILITY_BYTES;
export const ROW_ANY: usize = NEXT_IN_RING + PROBABILITY_BYTES;
export const SAME_AS_LEFT: usize = ROW_ANY + 2 * PROBABILITY_BYTES;
export const SAME_AS_UPPER: usize = SAME_AS_LEFT + 256 * PROBABILITY_BYTES;
export const MODE: usize = SAME_AS_UPPER + 256 * PROBABILITY_BYTES;
export const PREDICTED_RUN: usize = MODE + 256 * PROBABILITY_BYTES;
export const FLAT_RUN: usize = PREDICTED_RUN + 64 * PROBABILITY_BYTES;
export const WIDE: usize = FLAT_RUN + 64 * PROBABILITY_BYTES;
export const NARROW: usize = WIDE + 64 * PROBABILITY_BYTES;
export const CANDIDATE: usize = NARROW + 32 * PROBABILITY_BYTES;
export const CACHED: usize = CANDIDATE + 16 * PROBABILITY_BYTES;
export const CACHE_INDEX: usize = CACHED + 4 * PROBABILITY_BYTES;
export const VECTOR_X: usize = CACHE_INDEX + 256 * PROBABILITY_BYTES;
export const VECTOR_Y: usize = VECTOR_X + GAMMA_BYTES;
export const PREDICTED_LENGTH: usize = VECTOR_Y + GAMMA_BYTES;
export const FLAT_LENGTH: usize = PREDICTED_LENGTH + GAMMA_BYTES;
export const LITERAL: usize = FLAT_LENGTH + GAMMA_BYTES;
export const PHOTO: usize = LITERAL + LITERAL_BYTES;
export const MOTION_X: usize = PHOTO + <usize>GRADIENTS * LITERAL_BYTES;
export const MOTION_Y: usize = MOTION_X + GAMMA_BYTES;
export const ESCAPE: usize = MOTION_Y + GAMMA_BYTES;
export const ANY: usize = ESCAPE + GAMMA_BYTES;
export const CODED: usize = ANY + 3 * PROBABILITY_BYTES;
export const LAST: usize = CODED + <usize>KINDS * <usize>HISTORIES * PROBABILITY_BYTES;
export const SIGNIFICANT: usize = LAST + <usize>KINDS * <usize>POSITIONS * PROBABILITY_BYTES;
export const MAGNITUDE: usize = SIGNIFICANT + <usize>KINDS * <usize>(ZONES * DENSITIES) * PROBABILITY_BYTES;
const PROBABILITIES_END: usize = MAGNITUDE + <usize>KINDS * <usize>(MAGNITUDE_ZONES * MAGNITUDES) * PROBABILITY_BYTES;

/** Tables of colors by nine neighbors and by three: color in the lower 24 bits, confidence above. */
export const WIDE_BITS: u32 = 18, NARROW_BITS: u32 = 14;
export const WIDE_COLORS: usize = (PROBABILITIES_END + 15) & ~15;
export const NARROW_COLORS: usize = WIDE_COLORS + (4 << WIDE_BITS);
export const CACHED_COLORS: usize = NARROW_COLORS + (4 << NARROW_BITS);
/** Coded or not, the last two times, for each kind of transform: 4 bytes each. */
export const TRANSFORM_HISTORY: usize = CACHED_COLORS + 4 * 256;
export const MODEL_END: usize = TRANSFORM_HISTORY + 4 * KINDS;

/** Forgets everything. */
export function resetModel(): void {
  for (let place = FIRST_ROW; place < PROBABILITIES_END; place += PROBABILITY_BYTES) store<u32>(place, EVEN);
  memory.fill(WIDE_COLORS, 0, MODEL_END - WIDE_COLORS);
}
