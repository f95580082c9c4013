// Numbers out of bits (docs/protocol/05-screen.md, "Numbers"): of a fixed count of bits, of any size, and with a sign.

import { bit, evenBits, nth } from "./range-decoder";

const MOST_BITS: i32 = 15, PLACES_PER_LENGTH: i32 = 3;

/** Probabilities of one model of numbers: first the lengths, then the bits below the highest. */
export const GAMMA_PLACES: i32 = MOST_BITS + (MOST_BITS + 1) * PLACES_PER_LENGTH;

/** A number of `bits` bits, each with the probability of its place in the binary tree at an address. */
export function tree(places: usize, bits: i32): i32 {
  let node = 1;
  for (let i = 0; i < bits; i++) node = (node << 1) | bit(nth(places, node));
  return node - (1 << bits);
}

/** A number from 0 to 65,534. */
export function gamma(model: usize): i32 {
  let bits = 0;
  while (bits < MOST_BITS && bit(nth(model, bits)) !== 0) bits++;
  if (bits === 0) return 0;
  return below(nth(model, MOST_BITS + bits * PLACES_PER_LENGTH), bits) - 1;
}

/** A number of which the highest of `bits` + 1 bits is known: two adaptive bits at an address, then even ones. */
// @ts-ignore: decorator
@inline
export function below(places: usize, bits: i32): i32 {
  let result = 2 | bit(places);
  if (bits === 1) return result;
  result = (result << 1) | bit(nth(places, 1 + (result & 1)));
  return bits > 2 ? (result << (bits - 2)) | evenBits(bits - 2) : result;
}

/** A number with its sign in the lowest bit. */
export function fromFolded(value: i32): i32 {
  return (value & 1) !== 0 ? -(value + 1) / 2 : value / 2;
}
