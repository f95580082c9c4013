import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChangedBlocks } from "./rectangles.ts";

const size = fc.record({ width: fc.integer({ min: 16, max: 700 }), height: fc.integer({ min: 16, max: 500 }) });

describe("changed blocks", () => {
  test("rectangles cover every marked block once and stay inside the picture", () => {
    fc.assert(
      fc.property(size, fc.array(fc.nat(2000)), ({ width, height }, marks) => {
        const blocks = new ChangedBlocks(width, height);
        const marked = new Set(marks.map((mark) => mark % (blocks.columns * blocks.rows)));
        for (const block of marked) blocks.mark(block);
        const covered = new Uint8Array(width * height);
        for (const { x, y, width: w, height: h } of blocks.rectangles()) {
          expect(x + w).toBeLessThanOrEqual(width);
          expect(y + h).toBeLessThanOrEqual(height);
          for (let row = y; row < y + h; row++) for (let i = x; i < x + w; i++) covered[row * width + i] = (covered[row * width + i] as number) + 1;
        }
        for (let i = 0; i < covered.length; i++) {
          const block = Math.floor(Math.floor(i / width) / 16) * blocks.columns + Math.floor((i % width) / 16);
          if (covered[i] !== (marked.has(block) ? 1 : 0)) expect(covered[i]).toBe(marked.has(block) ? 1 : 0);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a whole picture is one rectangle", () => {
    const blocks = new ChangedBlocks(1920, 1080);
    blocks.markAll();
    expect(blocks.rectangles()).toEqual([{ x: 0, y: 0, width: 1920, height: 1080 }]);
  });

  test("a block is marked once", () => {
    const blocks = new ChangedBlocks(100, 100);
    expect(blocks.mark(3)).toBe(true);
    expect(blocks.mark(3)).toBe(false);
    blocks.clear();
    expect(blocks.isEmpty).toBe(true);
    expect(blocks.rectangles()).toEqual([]);
  });

  test("a chessboard becomes rows, not thousands of rectangles", () => {
    const blocks = new ChangedBlocks(1920, 1080);
    for (let index = 0; index < blocks.columns * blocks.rows; index += 2) blocks.mark(index);
    expect(blocks.rectangles().length).toBeLessThanOrEqual(256);
  });
});
