import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostPixelAt, panStep, place } from "./placement.ts";

const size = (width: number, height: number) => ({ width, height });

describe("placement", () => {
  test.each([
    ["the same size", size(1920, 1080), size(1920, 1080), 1, { left: 0, top: 0, width: 1920, height: 1080, scale: 1, isSharp: true }],
    ["a larger window", size(800, 600), size(1000, 801), 1, { left: 100, top: 100, width: 800, height: 600, scale: 1, isSharp: true }],
    ["a smaller window", size(1920, 1080), size(960, 700), 1, { left: 0, top: 80, width: 960, height: 540, scale: 0.5, isSharp: false }],
    ["a display of 125 %", size(1920, 1080), size(1536, 864), 1.25, { left: 0, top: 0, width: 1536, height: 864, scale: 0.8, isSharp: true }],
  ])("fits %s", (_, picture, room, ratio, expected) => expect(place(picture, room, "fit", ratio)).toEqual(expected));

  test("1:1 counts the display's own pixels and begins at the top left of a picture that is too large", () => {
    expect(place(size(1920, 1080), size(800, 600), "actual", 1)).toMatchObject({ left: 0, top: 0, scale: 1, width: 1920, isSharp: true });
    expect(place(size(1920, 1080), size(1000, 600), "actual", 2)).toMatchObject({ left: 20, top: 30, scale: 0.5, width: 960, isSharp: true });
  });

  test("every host pixel is found in its own middle, at any size", () => {
    const sides = fc.record({ width: fc.integer({ min: 16, max: 4000 }), height: fc.integer({ min: 16, max: 3000 }) });
    fc.assert(
      fc.property(sides, sides, fc.nat(), fc.nat(), (picture, room, i, j) => {
        const placement = place(picture, room, "fit", 1);
        const x = i % picture.width;
        const y = j % picture.height;
        expect(hostPixelAt((x + 0.5) * placement.scale, (y + 0.5) * placement.scale, placement, picture)).toEqual({ x, y });
      }),
    );
  });

  test("a point outside the picture is its nearest pixel", () => {
    const placement = place(size(100, 50), size(100, 50), "fit", 1);
    expect(hostPixelAt(-5, 60, placement, size(100, 50))).toEqual({ x: 0, y: 49 });
    expect(hostPixelAt(100, 0, placement, size(100, 50))).toEqual({ x: 99, y: 0 });
  });
});

test.each([
  [500, 0], [40, 0], [960, 0], [20, -12], [0, -24], [-50, -24], [980, 12], [1000, 24], [1200, 24],
])("a pointer at %i of 1000 moves a larger picture by %i", (pointer, step) => expect(panStep(pointer, 1000)).toBe(step));
