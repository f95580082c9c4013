import { expect, test } from "vitest";
import { BufferPool } from "./buffer-pool.ts";

test("a buffer that was given back is used again for anything that it can hold", () => {
  const pool = new BufferPool();
  const first = pool.take(5_000);
  expect(first.byteLength).toBe(8_192);
  pool.give(first);
  expect(pool.take(8_192)).toBe(first);
  expect(pool.take(8_192)).not.toBe(first);
});

test("a buffer that is too small stays for later", () => {
  const pool = new BufferPool();
  const small = pool.take(5_000);
  pool.give(small);
  expect(pool.take(20_000).byteLength).toBe(32_768);
  expect(pool.take(100)).toBe(small);
});

test("few are kept, the larger ones, and none of the size of whole screens", () => {
  const pool = new BufferPool();
  const buffers = [16, 64, 32, 128, 256].map((kilobytes) => new ArrayBuffer(kilobytes * 1024));
  buffers.forEach((buffer) => pool.give(buffer));
  const [least, ...others] = buffers;
  const taken = others.map(() => pool.take(1));
  expect(taken).not.toContain(least);
  expect(new Set(taken)).toEqual(new Set(others));
  const whole = pool.take(20_000_000);
  expect(whole.byteLength).toBe(20_000_000);
  pool.give(whole);
  expect(pool.take(20_000_000)).not.toBe(whole);
});
