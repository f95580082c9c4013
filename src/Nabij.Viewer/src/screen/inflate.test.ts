import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InflateError, Inflater } from "./inflate.ts";

const inflater = new Inflater();
const inflate = (input: Uint8Array, bound = 1 << 20): Uint8Array => {
  const output = new Uint8Array(bound);
  return output.slice(0, inflater.inflate(input, output));
};
const failureOf = (input: Uint8Array, bound?: number): string => {
  try {
    inflate(input, bound);
    return "none";
  } catch (error) {
    if (error instanceof InflateError) return error.failure;
    throw error;
  }
};

/** Bytes that deflate meets on a screen: runs, repeats at all distances, and noise. */
const screenLike = fc
  .array(
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => ({ bytes, times: 1 })),
      fc.record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }), times: fc.integer({ min: 1, max: 300 }) }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap(({ bytes, times }) => Array.from({ length: times }, () => [...bytes]).flat())));

describe("inflate", () => {
  test("gives back what zlib deflated, with every level and strategy", () => {
    const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE];
    fc.assert(
      fc.property(screenLike, fc.integer({ min: 0, max: 9 }), fc.constantFrom(...strategies), (bytes, level, strategy) => {
        expect(Buffer.compare(inflate(deflateRawSync(bytes, { level, strategy })), bytes)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test("any bytes give a value or an InflateError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(failureOf(bytes, 4096)).toMatch(/^(none|truncated|invalid|too-long|trailing)$/);
      }),
      { numRuns: 3000 },
    );
  });

  test("a flipped bit gives a value or an InflateError, never more than the bound", () => {
    const whole = deflateRawSync(Buffer.from("the quick brown fox ".repeat(200)));
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const broken = Uint8Array.from(whole);
      broken[bit >> 3] = (broken[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(failureOf(broken, 5000)).toMatch(/^(none|truncated|invalid|too-long|trailing)$/);
    }
  });

  test("refuses a stream cut at any length", () => {
    const whole = deflateRawSync(Buffer.from("abcdefgabcdefghijklmnop".repeat(20)));
    for (let length = 0; length < whole.length; length++) expect(failureOf(whole.subarray(0, length))).toBe("truncated");
  });

  test("refuses bytes behind the end", () => {
    const whole = deflateRawSync(Buffer.from("hello hello hello"));
    expect(failureOf(Buffer.concat([whole, Buffer.from([0])]))).toBe("trailing");
  });

  test("never writes more than its bound", () => {
    const bomb = deflateRawSync(Buffer.alloc(1 << 20));
    expect(failureOf(bomb, (1 << 20) - 1)).toBe("too-long");
    expect(failureOf(bomb, 0)).toBe("too-long");
    expect(inflate(bomb)).toHaveLength(1 << 20);
  });

  test.each([
    ["a reserved kind of block", [0x07]],
    ["a stored block whose lengths differ", [0x01, 0x01, 0x00, 0x00, 0x00, 0x41]],
    ["a distance before the beginning", [0x63, 0x04, 0x22, 0x00]],
    ["too many length codes", [0xfd, 0xff, 0xff]],
  ])("refuses %s", (_, bytes) => expect(failureOf(Uint8Array.from(bytes))).not.toBe("none"));
});
