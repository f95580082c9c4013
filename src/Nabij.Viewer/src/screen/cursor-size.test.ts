import { expect, test } from "vitest";
import { cursorFactor } from "./cursor-size.ts";

const square = (side: number) => ({ width: side, height: side });

test.each([
  ["1:1", 24, 1, 1],
  ["a picture twice as large", 24, 2, 2],
  ["a zoom between the steps", 24, 1.27, 1.25],
  ["a picture of 75 %, still large enough", 48, 0.75, 0.75],
  ["a picture of a third", 32, 1 / 3, 0.625],
  ["a small pointer in a small picture", 16, 0.25, 1],
  ["a pointer that would be larger than browsers take", 48, 4, 128 / 48],
  ["a pointer that is larger by itself", 256, 1, 0.5],
])("the pointer's size at %s", (_, side, scale, factor) => expect(cursorFactor(square(side), scale)).toBe(factor));
