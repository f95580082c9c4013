// How decoding ends when the bytes break a rule of docs/protocol/05-screen.md. The wrapper (src/screen/px-decoder.ts) raises
// its own error for each number, so nothing after a call of `fail` runs.

export const TRUNCATED: i32 = 1;
export const TRAILING_BYTES: i32 = 2;
export const INVALID_VALUE: i32 = 3;
/** Not the bytes' fault: the browser gives no more memory. */
export const OUT_OF_MEMORY: i32 = 4;

/** Never returns: it throws. */
@external("px", "fail")
declare function raise(failure: i32): void;

export function fail(failure: i32): void {
  raise(failure);
  unreachable();
}

// @ts-ignore: decorator
@inline
export function require(holds: bool, failure: i32): void {
  if (!holds) fail(failure);
}
