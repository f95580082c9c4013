import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { WireFormatError } from "../protocol/errors.ts";
import type { LayoutMessage, UpdateMessage } from "../protocol/screen.ts";
import type { WorkerToPage } from "../session/worker-messages.ts";
import { frameHash } from "./frame-hash.ts";
import { ScreenFeed } from "./screen-feed.ts";

type Shown = Extract<WorkerToPage, { type: "layout" | "update" }>;

/** A feed whose page is a plain array of pixels, as the canvas would be. */
class FakePage {
  readonly shown: Shown[] = [];
  readonly repairs: number[] = [];
  readonly feed: ScreenFeed;
  pixels = new Uint32Array(0);
  #width = 0;
  #time = 0;

  constructor() {
    this.feed = new ScreenFeed({
      show: (message) => this.shown.push(message),
      repair: (layout) => this.repairs.push(layout),
      now: () => (this.#time += 0.5),
    });
  }

  /** Paints everything that was shown so far and says so. */
  paint(): number {
    let painted = 0;
    for (const message of this.shown.splice(0)) {
      if (message.type === "layout") {
        this.#width = message.width;
        this.pixels = new Uint32Array(message.width * message.height);
        continue;
      }
      let offset = 0;
      for (const { x, y, width, height } of message.rectangles) {
        const source = new Uint32Array(message.pixels, offset, width * height);
        for (let row = 0; row < height; row++) this.pixels.set(source.subarray(row * width, (row + 1) * width), (y + row) * this.#width + x);
        offset += width * height * 4;
      }
      painted = message.update;
      this.feed.painted(message.layout, message.update);
    }
    return painted;
  }
}

const layout = (number: number, width: number, height: number): LayoutMessage => ({
  type: "LAYOUT",
  layout: number,
  width,
  height,
  displays: [{ x: 0, y: 0, width, height, name: "" }],
});

type Block = { readonly index: number; readonly red: number; readonly green: number; readonly blue: number };

/** One piece of one colour for each block, coded as the chapter says. */
function piece(size: { width: number; height: number }, firstRow: number, rowCount: number, blocks: readonly Block[]): Buffer {
  const columns = Math.ceil(size.width / 16);
  const map = Buffer.alloc(Math.ceil((columns * rowCount) / 8));
  const pixels: number[] = [];
  for (const { index, red, green, blue } of blocks) {
    const at = index - firstRow * columns;
    map[at >> 3] = (map[at >> 3] as number) | (0x80 >> (at & 7));
    const width = Math.min(16, size.width - (index % columns) * 16);
    const height = Math.min(16, size.height - Math.floor(index / columns) * 16);
    for (let i = 0; i < width * height; i++) pixels.push(blue, green, red);
  }
  return Buffer.concat([Buffer.from([firstRow >> 8, firstRow & 255, rowCount >> 8, rowCount & 255]), map, Buffer.from(pixels)]);
}

function update(number: number, content: Uint8Array, more: Partial<UpdateMessage> = {}): UpdateMessage {
  const deflated = deflateRawSync(content);
  return { type: "UPDATE", layout: 1, update: number, last: true, echo: false, captured: 0, codec: 1, content: deflated, ...more };
}

const small = { width: 40, height: 36 };
const red = (index: number): Block => ({ index, red: 255, green: 0, blue: 0 });
const blue = (index: number): Block => ({ index, red: 0, green: 0, blue: 255 });

describe("screen feed", () => {
  test("paints blocks where they belong, cut off at the edges", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, piece(small, 0, 3, [red(0), blue(5), red(8)])), 0);
    expect(page.paint()).toBe(1);
    const at = (x: number, y: number): number => page.pixels[y * 40 + x] as number;
    expect(at(0, 0)).toBe(0xff0000ff);
    expect(at(15, 15)).toBe(0xff0000ff);
    expect(at(16, 0)).toBe(0xff000000);
    expect(at(39, 16)).toBe(0xffff0000);
    expect(at(39, 35)).toBe(0xff0000ff);
    expect(at(31, 35)).toBe(0xff000000);
  });

  test("shows an update only when all its pieces are there", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, piece(small, 0, 1, [red(0)]), { last: false }), 0);
    expect(page.paint()).toBe(0);
    page.feed.receive(update(1, piece(small, 1, 2, [red(3)]), {}), 0);
    expect(page.paint()).toBe(1);
  });

  test("a page that does not paint gets few updates and then the newest picture [invariant:5]", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    for (let number = 1; number <= 50; number++) {
      page.feed.receive(update(number, piece(small, 0, 1, [number % 2 === 0 ? red(0) : blue(number % 3)])), 0);
    }
    expect(page.shown.filter((message) => message.type === "update")).toHaveLength(4);
    expect(page.paint()).toBe(4);
    expect(page.paint()).toBe(50);
    expect(page.pixels[0]).toBe(0xff0000ff);
    expect(page.paint()).toBe(0);
  });

  test("withheld pixels wait for the end of an update that has begun", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    for (let number = 1; number <= 5; number++) page.feed.receive(update(number, piece(small, 0, 1, [red(0)])), 0);
    page.feed.receive(update(6, piece(small, 0, 1, [blue(0)]), { last: false }), 0);
    expect(page.paint()).toBe(4);
    expect(page.shown).toHaveLength(0);
    page.feed.receive(update(6, piece(small, 1, 1, [blue(3)])), 0);
    expect(page.paint()).toBe(6);
    expect(page.pixels[0]).toBe(0xffff0000);
  });

  test("a new layout starts black, also at the same size", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, piece(small, 0, 1, [red(0)])), 0);
    page.paint();
    page.feed.receive(layout(2, 40, 36), 0);
    page.feed.receive(update(1, piece(small, 0, 1, [red(1)]), { layout: 2 }), 0);
    page.paint();
    expect(page.pixels[0]).toBe(0xff000000);
    expect(page.pixels[16]).toBe(0xff0000ff);
  });

  test("asks for a repair when the hash differs and for nothing when it is right", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, piece(small, 0, 1, [red(0)])), 0);
    page.paint();
    const hash = frameHash(page.pixels, 40, 36, 1);
    page.feed.receive({ type: "CHECK", layout: 1, update: 1, hash }, 0);
    expect(page.repairs).toEqual([]);
    page.feed.receive({ type: "CHECK", layout: 1, update: 1, hash: hash ^ 1n }, 0);
    expect(page.repairs).toEqual([1]);
  });

  test("says how long decoding took, in microseconds", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, piece(small, 0, 1, [red(0)]), { echo: true }), 0);
    expect(page.shown.at(-1)).toMatchObject({ type: "update", echo: true, decodeMicroseconds: 500 });
  });

  test("says how many bytes came, when, and how old the newest is", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    const pieces = [1, 2, 3, 4, 5].map((number) => update(number, piece(small, 0, 1, [red(0)]), { captured: number * 1000 }));
    pieces.forEach((message, i) => page.feed.receive(message, 10 + i));
    const { length } = pieces[0]!.content;
    expect(page.shown.at(-1)).toMatchObject({ update: 4, bytes: length, arrivedAt: 13, captured: 4000 });
    page.paint();
    page.feed.receive(update(6, piece(small, 0, 1, [red(0)]), { captured: 6000 }), 20);
    // The fifth was withheld; its bytes are counted once, with the picture that brought it.
    expect(page.shown.filter((message) => message.type === "update").map((message) => message.bytes)).toEqual([length, length]);
  });

  const good = piece(small, 0, 3, [red(0)]);
  const spare = Buffer.from(good);
  spare[5] = 0x01;
  const rows = Buffer.from(good);
  rows[3] = 4;
  test.each<[string, UpdateMessage[]]>([
    ["an update before its turn", [update(2, good)]],
    ["an update of another layout", [update(1, good, { layout: 2 })]],
    ["another update before the last piece", [update(1, good, { last: false }), update(2, good)]],
    ["a block marked twice in one update", [update(1, good, { last: false }), update(1, good)]],
    ["rows outside the screen", [update(1, rows)]],
    ["no rows", [update(1, Buffer.from([0, 0, 0, 0]))]],
    ["a spare bit that is set", [update(1, spare)]],
    ["too few pixels", [update(1, good.subarray(0, good.length - 1))]],
    ["too many pixels", [update(1, Buffer.concat([good, Buffer.from([0])]))]],
    ["a map that is cut off", [update(1, good.subarray(0, 5))]],
    ["nothing at all", [update(1, Buffer.alloc(0))]],
    ["more than 4 MiB", [update(1, Buffer.alloc(4 * 1024 * 1024 + 1))]],
    ["bytes that are no stream", [update(1, good, { content: Uint8Array.from([7, 7, 7]) })]],
  ])("refuses %s", (_, messages) => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    expect(() => messages.forEach((message) => page.feed.receive(message, 0))).toThrow(WireFormatError);
  });

  test("refuses a layout or a check out of step", () => {
    const page = new FakePage();
    expect(() => page.feed.receive(layout(2, 40, 36), 0)).toThrow(WireFormatError);
    page.feed.receive(layout(1, 40, 36), 0);
    expect(() => page.feed.receive({ type: "CHECK", layout: 1, update: 1, hash: 0n }, 0)).toThrow(WireFormatError);
    expect(() => page.feed.receive(layout(3, 40, 36), 0)).toThrow(WireFormatError);
  });
});
