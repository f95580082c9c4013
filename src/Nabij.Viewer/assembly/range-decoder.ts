// Binary range coder, reading side, and its adaptive probabilities (docs/protocol/05-screen.md, "Range coder" and
// "Probabilities"). Behind the end of the content it reads zeros; requireEnd tells whether that was right.

import { fail, TRAILING_BYTES, TRUNCATED } from "./failures";

/** Bytes of a probability: two estimates of 16 bits, the quick one below. */
export const PROBABILITY_BYTES: usize = 4;
/** Both estimates at one half. */
export const EVEN: u32 = 0x8000_8000;

const LEAST: u32 = 1 << 24;
const QUICK_SHIFT: u32 = 4, SLOW_SHIFT: u32 = 7;
const ONE: u32 = 65536;
const HEAD_BYTES: i32 = 4, MOST_PADDING: usize = 4;

let at: usize = 0;
let end: usize = 0;
let range: u32 = 0;
let code: u32 = 0;

export function startReading(content: usize, length: usize): void {
  at = content;
  end = content + length;
  range = u32.MAX_VALUE;
  code = 0;
  for (let i = 0; i < HEAD_BYTES; i++) code = (code << 8) | next();
}

/** Address of one of several probabilities. */
// @ts-ignore: decorator
@inline
export function nth(table: usize, place: i32): usize {
  return table + <usize>place * PROBABILITY_BYTES;
}

/** Reads one bit with the adaptive probability at an address. */
// @ts-ignore: decorator
@inline
export function bit(probability: usize): i32 {
  const pair = load<u32>(probability);
  const quick = pair & 0xffff, slow = pair >> 16;
  const bound = (range >> 16) * ((quick + slow) >> 1);
  let result: i32;
  if (code < bound) {
    range = bound;
    store<u32>(probability, (quick + ((ONE - quick) >> QUICK_SHIFT)) | ((slow + ((ONE - slow) >> SLOW_SHIFT)) << 16));
    result = 0;
  } else {
    code -= bound;
    range -= bound;
    store<u32>(probability, (quick - (quick >> QUICK_SHIFT)) | ((slow - (slow >> SLOW_SHIFT)) << 16));
    result = 1;
  }
  while (range < LEAST) shift();
  return result;
}

/** Reads bits that are as likely 0 as 1, the highest first. */
export function evenBits(count: i32): i32 {
  let value = 0;
  for (let i = 0; i < count; i++) {
    range >>= 1;
    const isSet = code >= range;
    if (isSet) code -= range;
    value = (value << 1) | i32(isSet);
    while (range < LEAST) shift();
  }
  return value;
}

/** Stops a stream that has run out long ago. */
export function requireMore(): void {
  if (at > end + MOST_PADDING) fail(TRUNCATED);
}

/** Requires that the stream ends here. */
export function requireEnd(): void {
  requireMore();
  if (at < end) fail(TRAILING_BYTES);
}

// @ts-ignore: decorator
@inline
function shift(): void {
  range <<= 8;
  code = (code << 8) | next();
}

// @ts-ignore: decorator
@inline
function next(): u32 {
  const value: u32 = at < end ? load<u8>(at) : 0;
  at++;
  return value;
}
