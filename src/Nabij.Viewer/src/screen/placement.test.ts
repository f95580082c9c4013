import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostPixelAt, panStep, place, settledZoom, zoomByWheel, zoomStep } from "./placement.ts";

const size = (width: number, height: number) => ({ width, height });
const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height });

describe("placement", () => {
  test.each([
    ["the same size", size(1920, 1080), size(1920, 1080), 1, { left: 0, top: 0, width: 1920, height: 1080, scale: 1, dots: 1, isSharp: true }],
    ["a larger window", size(800, 600), size(1000, 801), 1, { left: 100, top: 100, width: 800, height: 600, scale: 1, dots: 1, isSharp: true }],
    ["a smaller window", size(1920, 1080), size(960, 700), 1, { left: 0, top: 80, width: 960, height: 540, scale: 0.5, dots: 0.5, isSharp: false }],
    ["a display of 125 %", size(1920, 1080), size(1536, 864), 1.25, { left: 0, top: 0, width: 1536, height: 864, scale: 0.8, dots: 1, isSharp: true }],
  ])("fits %s", (_, picture, room, ratio, expected) => expect(place(picture, room, "fit", ratio)).toEqual(expected));

  test("1:1 counts the display's own pixels and begins at the top left of a picture that is too large", () => {
    expect(place(size(1920, 1080), size(800, 600), 1, 1)).toMatchObject({ left: 0, top: 0, scale: 1, width: 1920, isSharp: true });
    expect(place(size(1920, 1080), size(1000, 600), 1, 2)).toMatchObject({ left: 20, top: 30, scale: 0.5, width: 960, isSharp: true });
  });

  test("a zoom is sharp at whole pixels of the display and smooth between", () => {
    expect(place(size(640, 480), size(800, 600), 2, 1)).toMatchObject({ left: 0, top: 0, width: 1280, height: 960, isSharp: true });
    expect(place(size(640, 480), size(800, 600), 1.5, 1)).toMatchObject({ scale: 1.5, isSharp: false });
    expect(place(size(640, 480), size(800, 600), 3, 1.5)).toMatchObject({ scale: 2, dots: 3, isSharp: true });
    expect(place(size(640, 480), size(800, 600), 0.25, 1)).toMatchObject({ left: 320, top: 240, isSharp: false });
  });

  const ratio = fc.constantFrom(1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3);
  const scaling = fc.oneof(fc.constant("fit" as const), fc.double({ min: 0.25, max: 4, noNaN: true }), fc.constantFrom(0.25, 1 / 3, 2 / 3, 1, 1.25, 2, 4));

  test("every host pixel is found in its own middle and at its own corner, at any size and zoom, on any display", () => {
    const sides = fc.record({ width: fc.integer({ min: 16, max: 16_384 }), height: fc.integer({ min: 16, max: 4000 }) });
    fc.assert(
      fc.property(sides, sides, scaling, ratio, fc.nat(), fc.nat(), (picture, room, zoom, pixelRatio, i, j) => {
        const { scale } = place(picture, room, zoom, pixelRatio);
        const x = i % picture.width;
        const y = j % picture.height;
        for (const part of [0.5, 0]) {
          expect(hostPixelAt((x + part) * scale, (y + part) * scale, scale, whole(picture.width, picture.height))).toEqual({ x, y });
        }
      }),
    );
  });

  test("a point outside what is shown is its nearest pixel", () => {
    expect(hostPixelAt(-5, 60, 1, whole(100, 50))).toEqual({ x: 0, y: 49 });
    expect(hostPixelAt(100, 0, 1, whole(100, 50))).toEqual({ x: 99, y: 0 });
    const second = { x: 100, y: 20, width: 50, height: 30 };
    expect(hostPixelAt(30, 30, 1, second)).toEqual({ x: 100, y: 30 });
    expect(hostPixelAt(500, 500, 2, second)).toEqual({ x: 149, y: 49 });
    expect(hostPixelAt(240, 80, 2, second)).toEqual({ x: 120, y: 40 });
  });
});

describe("zoom", () => {
  test("goes through the same steps in both directions, whatever it starts from", () => {
    const steps = [0.25];
    for (let i = 0; i < 12; i++) steps.push(zoomStep(steps.at(-1)!, 1));
    expect(steps.map((step) => Math.round(step * 100))).toEqual([25, 33, 50, 67, 75, 100, 125, 150, 200, 300, 400, 400, 400]);
    expect(steps.slice(0, 11).reverse().map((step) => zoomStep(step, -1))).toEqual([...steps.slice(0, 10).reverse(), 0.25]);
    expect(zoomStep(0.89, 1)).toBe(1);
    expect(zoomStep(0.89, -1)).toBe(0.75);
  });

  test("a huge screen that fits at less than the least zoom does not become smaller than that", () => {
    expect(zoomStep(0.1, -1)).toBe(0.1);
    expect(zoomByWheel(0.1, 500, 0)).toBe(0.1);
    expect(zoomStep(0.1, 1)).toBe(0.25);
  });

  test("turns of the wheel add up, go back the way they came, and end at 400 %", () => {
    const larger = zoomByWheel(zoomByWheel(1, -3, 0), -4, 0);
    expect(larger).toBeCloseTo(Math.exp(0.07), 10);
    expect(zoomByWheel(larger, 7, 0)).toBeCloseTo(1, 10);
    expect(zoomByWheel(3.9, -120, 0)).toBe(4);
    expect(zoomByWheel(1, -100, 0)).toBe(zoomByWheel(1, -3, 1));
  });

  test("near a whole factor it is that one, where the picture is sharp", () => {
    expect([0.985, 1.015, 1.97, 2.03, 1.03, 0.5].map(settledZoom)).toEqual([1, 1, 2, 2, 1.03, 0.5]);
  });
});

test.each([
  [500, 0], [40, 0], [960, 0], [20, -12], [0, -24], [-50, -24], [980, 12], [1000, 24], [1200, 24],
])("a pointer at %i of 1000 moves a larger picture by %i", (pointer, step) => expect(panStep(pointer, 1000)).toBe(step));
