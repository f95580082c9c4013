import { beforeEach, expect, test } from "vitest";
import type { Rectangle } from "./rectangles.ts";
import { Painter, type Layout, type Painted, type Update } from "./painter.ts";

let frames: (() => void)[];
let puts: { readonly rectangle: Rectangle; readonly first: number; readonly length: number }[];
let painted: Painted[];
let spent: ArrayBuffer[];
let sizes: string[];
let time: number;
let painter: Painter;
const frame = (): void => frames.splice(0).forEach((action) => action());

const layout = (number: number, width = 64, height = 48): Layout => ({ type: "layout", layout: number, width, height, displays: [], isTooLarge: false });
const update = (number: number, rectangles: readonly Rectangle[], more: Partial<Update> = {}): Update => {
  const pixels = new Uint8Array(rectangles.reduce((sum, { width, height }) => sum + width * height * 4, 0));
  let offset = 0;
  rectangles.forEach(({ width, height }, index) => {
    pixels.fill(index + 1, offset, offset + width * height * 4);
    offset += width * height * 4;
  });
  return { type: "update", layout: 1, update: number, echo: false, rectangles, pixels: pixels.buffer, decodeMicroseconds: 70, decodedAt: 100, arrivedAt: 99, captured: 1, bytes: 10, ...more };
};
const block = (x: number, y: number, width = 16, height = 16): Rectangle => ({ x, y, width, height });

beforeEach(() => {
  frames = [];
  puts = [];
  painted = [];
  spent = [];
  sizes = [];
  time = 100;
  painter = new Painter({
    resize: (width, height) => {
      sizes.push(`${width}x${height}`);
      return width < 8192;
    },
    clear: () => sizes.push("cleared"),
    put: (pixels, rectangle) => puts.push({ rectangle, first: pixels[0] as number, length: pixels.length }),
    nextFrame: (action) => frames.push(action),
    painted: (message) => painted.push(message),
    spent: (pixels) => spent.push(pixels),
    now: () => time,
  });
});

test("the first update of a frame goes onto the canvas at once, each rectangle with its own pixels, and is told with the frame", () => {
  painter.start(layout(1));
  painter.add(update(1, [block(0, 0), block(32, 16, 8, 4)]));
  expect(puts).toEqual([
    { rectangle: block(0, 0), first: 1, length: 1024 },
    { rectangle: block(32, 16, 8, 4), first: 2, length: 128 },
  ]);
  expect(painted).toEqual([]);
  time = 104.2;
  frame();
  expect(puts).toHaveLength(2);
  expect(painted).toEqual([{ type: "painted", layout: 1, update: 1, decodeMicroseconds: 70, presentMicroseconds: 4200 }]);
});

test("updates of one frame are painted in order and told once, as the last", () => {
  painter.start(layout(1));
  for (let number = 1; number <= 3; number++) painter.add(update(number, [block(16 * number, 0)]));
  expect(frames).toHaveLength(1);
  expect(puts).toHaveLength(1);
  frame();
  expect(puts.map(({ rectangle }) => rectangle.x)).toEqual([16, 32, 48]);
  expect(spent).toHaveLength(3);
  expect(painted.map((message) => message.update)).toEqual([3]);
});

test("a hidden page paints nothing and says nothing", () => {
  painter.start(layout(1));
  painter.add(update(1, [block(0, 0)]));
  expect(painted).toEqual([]);
});

test("the canvas changes its size once, and stays as it is when only the layout is new", () => {
  painter.start(layout(1));
  painter.start(layout(2));
  painter.start(layout(3, 80, 60));
  expect(sizes).toEqual(["64x48", "80x60"]);
});

test("a picture that the browser cannot show is told", () => {
  expect(painter.start(layout(1))).toBe(true);
  expect(painter.start(layout(2, 8192, 4096))).toBe(false);
});

test.each<[string, Layout]>([
  ["that the canvas cannot hold", layout(2, 8192, 4096)],
  ["that the worker has no memory for", { ...layout(2), isTooLarge: true }],
])("of a picture %s nothing is painted or told, the old one goes, and the next layout is shown again", (_, tooLarge) => {
  painter.start(layout(1));
  painter.add(update(1, [block(0, 0)]));
  frame();
  expect(painter.start(tooLarge)).toBe(false);
  expect(sizes.at(-1)).toBe("cleared");
  painter.add(update(1, [block(0, 0)], { layout: 2 }));
  frame();
  expect([puts.length, painted.length, spent.length]).toEqual([1, 1, 2]);
  expect(painter.start({ ...tooLarge, layout: 3 })).toBe(false);
  expect(painter.start(layout(4))).toBe(true);
  expect(sizes.at(-1)).toBe("64x48");
  painter.add(update(1, [block(0, 0)], { layout: 4 }));
  frame();
  expect(painted.at(-1)).toMatchObject({ layout: 4, update: 1 });
});

test("who looks is told of each frame and its updates, and only while looking", () => {
  const seen: (readonly [number, number])[] = [];
  painter.start(layout(1));
  painter.observer = (updates, paintedAt) => seen.push([updates.length, paintedAt]);
  painter.add(update(1, [block(0, 0)]));
  painter.add(update(2, [block(0, 0)]));
  frame();
  painter.observer = null;
  painter.add(update(3, [block(0, 0)]));
  frame();
  expect(seen).toEqual([[2, 100]]);
});

test("updates of a layout that is gone are not painted", () => {
  painter.start(layout(1));
  painter.add(update(1, [block(0, 0)]));
  painter.add(update(2, [block(0, 0)]));
  painter.start(layout(2));
  painter.add(update(1, [block(16, 16)], { layout: 2 }));
  frame();
  painter.add(update(3, [block(0, 0)]));
  expect(puts.map(({ rectangle }) => rectangle)).toEqual([block(0, 0), block(16, 16)]);
  expect(painted.map(({ layout, update }) => [layout, update])).toEqual([[2, 1]]);
});

test("an update without rectangles is told as well", () => {
  painter.start(layout(1));
  painter.add(update(1, []));
  frame();
  expect(painted.map((message) => message.update)).toEqual([1]);
});
