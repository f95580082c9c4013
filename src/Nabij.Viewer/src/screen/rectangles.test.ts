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

  test("what was cleared is gone, and marks start anew", () => {
    const blocks = new ChangedBlocks(100, 100);
    blocks.mark(3);
    blocks.mark(20);
    blocks.clear();
    expect(blocks.isEmpty).toBe(true);
    expect(blocks.rectangles()).toEqual([]);
    blocks.mark(15);
    expect([blocks.firstRow, blocks.lastRow, blocks.isMarked(3), blocks.isMarked(15)]).toEqual([2, 2, false, true]);
    expect(blocks.rectangles()).toEqual([{ x: 16, y: 32, width: 16, height: 16 }]);
  });

  test("a chessboard becomes rows, not thousands of rectangles", () => {
    const blocks = new ChangedBlocks(1920, 1080);
    for (let index = 0; index < blocks.columns * blocks.rows; index += 2) blocks.mark(index);
    expect(blocks.rectangles().length).toBeLessThanOrEqual(256);
  });
});
