import { describe, expect, test } from "vitest";
import { WireFormatError, type WireError } from "../protocol/errors.ts";
import type { LayoutMessage, UpdateMessage } from "../protocol/screen.ts";
import type { WorkerToPage } from "../session/worker-messages.ts";
import { chapterHash } from "../../tests/px/chapter-hash.ts";
import { PieceWriter, type ColoredBlock } from "../../tests/px/piece-writer.ts";
import { blockKinds } from "./block-modes.ts";
import { ScreenFeed } from "./screen-feed.ts";

type Shown = Extract<WorkerToPage, { type: "layout" | "update" }>;

/** A feed whose page is a plain array of pixels, as the canvas would be. */
class FakePage {
  readonly shown: Shown[] = [];
  readonly repairs: number[] = [];
  readonly feed: ScreenFeed;
  pixels = new Uint32Array(0);
  /** Whether the way to the page can take an update. */
  isFree = true;
  #writer = new PieceWriter(40, 36);
  #width = 0;
  #time = 0;

  constructor() {
    this.feed = new ScreenFeed({
      start: (message) => this.shown.push(message),
      show: (update, { byteLength, copyTo }) => {
        const pixels = new ArrayBuffer(byteLength);
        copyTo(new Uint8Array(pixels));
        this.shown.push({ ...update, pixels });
      },
      isFree: () => this.isFree,
      repair: (layout) => this.repairs.push(layout),
      now: () => (this.#time += 0.5),
    });
  }

  /** A piece that follows on those before it. */
  piece(firstRow: number, rowCount: number, blocks: readonly ColoredBlock[]): Uint8Array {
    return this.#writer.write(firstRow, rowCount, blocks);
  }

  startAnew(message: LayoutMessage): void {
    this.#writer = new PieceWriter(message.width, message.height);
    this.feed.receive(message, 0);
  }

  /** Paints everything that was shown so far and says so. */
  paint(): number {
    let painted = 0;
    for (const message of this.shown.splice(0)) {
      if (message.type === "layout") {
        this.#width = message.width;
        // A canvas without transparency begins black.
        this.pixels = new Uint32Array(message.width * message.height).fill(0xff000000);
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

function update(number: number, content: Uint8Array, more: Partial<UpdateMessage> = {}): UpdateMessage {
  return { type: "UPDATE", layout: 1, update: number, last: true, echo: false, captured: 0, codec: 2, content, ...more };
}

const red = (index: number): ColoredBlock => ({ index, red: 255, green: 0, blue: 0 });
const blue = (index: number): ColoredBlock => ({ index, red: 0, green: 0, blue: 255 });

describe("screen feed", () => {
  test("paints blocks where they belong, cut off at the edges", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, page.piece(0, 3, [red(0), blue(5), red(8)])), 0);
    expect(page.paint()).toBe(1);
    const at = (x: number, y: number): number => page.pixels[y * 40 + x] as number;
    expect(at(0, 0)).toBe(0xff0000ff);
    expect(at(15, 15)).toBe(0xff0000ff);
    expect(at(16, 0)).toBe(0xff000000);
    expect(at(39, 16)).toBe(0xffff0000);
    expect(at(39, 35)).toBe(0xff0000ff);
    expect(at(31, 35)).toBe(0xff000000);
  });

  test("of the first picture only what is not black goes to the page, of a picture that starts anew everything", () => {
    const page = new FakePage();
    page.startAnew(layout(1, 40, 36));
    page.feed.receive(update(1, page.piece(0, 3, [red(0)])), 0);
    page.startAnew(layout(2, 40, 36));
    page.feed.receive(update(1, page.piece(0, 3, [blue(0)]), { layout: 2 }), 0);
    const rectangles = page.shown.flatMap((shown) => (shown.type === "update" ? [shown.rectangles] : []));
    expect(rectangles).toEqual([[{ x: 0, y: 0, width: 16, height: 16 }], [{ x: 0, y: 0, width: 40, height: 36 }]]);
  });

  test("shows an update only when all its pieces are there", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, page.piece(0, 1, [red(0)]), { last: false }), 0);
    expect(page.paint()).toBe(0);
    page.feed.receive(update(1, page.piece(1, 2, [red(3)]), {}), 0);
    expect(page.paint()).toBe(1);
  });

  test("a page that does not paint gets few updates and then the newest picture [invariant:5]", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    for (let number = 1; number <= 50; number++) {
      page.feed.receive(update(number, page.piece(0, 1, [number % 2 === 0 ? red(0) : blue(number % 3)])), 0);
    }
    expect(page.shown.filter((message) => message.type === "update")).toHaveLength(4);
    expect(page.paint()).toBe(4);
    expect(page.paint()).toBe(50);
    expect(page.pixels[0]).toBe(0xff0000ff);
    expect(page.paint()).toBe(0);
  });

  test("while the way to the page is taken nothing is put behind it, and then the newest picture follows [invariant:5]", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, page.piece(0, 1, [red(0)])), 0);
    page.isFree = false;
    for (let number = 2; number <= 9; number++) page.feed.receive(update(number, page.piece(0, 1, [blue(number % 3)])), 0);
    expect(page.shown.filter((message) => message.type === "update")).toHaveLength(1);
    page.isFree = true;
    expect(page.paint()).toBe(1);
    expect(page.paint()).toBe(9);
    expect(page.pixels[0]).toBe(0xffff0000);
  });

  test("withheld pixels wait for the end of an update that has begun", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    for (let number = 1; number <= 5; number++) page.feed.receive(update(number, page.piece(0, 1, [red(0)])), 0);
    page.feed.receive(update(6, page.piece(0, 1, [blue(0)]), { last: false }), 0);
    expect(page.paint()).toBe(4);
    expect(page.shown).toHaveLength(0);
    page.feed.receive(update(6, page.piece(1, 1, [blue(3)])), 0);
    expect(page.paint()).toBe(6);
    expect(page.pixels[0]).toBe(0xffff0000);
  });

  test("a new layout starts black, also at the same size", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, page.piece(0, 1, [red(0)])), 0);
    page.paint();
    page.startAnew(layout(2, 40, 36));
    page.feed.receive(update(1, page.piece(0, 1, [red(1)]), { layout: 2 }), 0);
    page.paint();
    expect(page.pixels[0]).toBe(0xff000000);
    expect(page.pixels[16]).toBe(0xff0000ff);
  });

  test("asks for a repair when the hash differs and for nothing when it is right", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, page.piece(0, 1, [red(0)])), 0);
    page.paint();
    const hash = chapterHash(page.pixels, 40, 36, 1);
    page.feed.receive({ type: "CHECK", layout: 1, update: 1, hash }, 0);
    expect(page.repairs).toEqual([]);
    page.feed.receive({ type: "CHECK", layout: 1, update: 1, hash: hash ^ 1n }, 0);
    expect(page.repairs).toEqual([1]);
  });

  test("says how long decoding took, in microseconds", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, page.piece(0, 1, [red(0)]), { echo: true }), 0);
    expect(page.shown.at(-1)).toMatchObject({ type: "update", echo: true, decodeMicroseconds: 500 });
  });

  test("says how many bytes came, when, and how old the newest is", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    const pieces = [1, 2, 3, 4, 5].map((number) => update(number, page.piece(0, 1, [red(0)]), { captured: number * 1000 }));
    pieces.forEach((message, i) => page.feed.receive(message, 10 + i));
    const lengths = pieces.map(({ content }) => content.length);
    expect(page.shown.at(-1)).toMatchObject({ update: 4, bytes: lengths[3], arrivedAt: 13, captured: 4000 });
    page.paint();
    const sixth = update(6, page.piece(0, 1, [red(0)]), { captured: 6000 });
    page.feed.receive(sixth, 20);
    // The fifth was withheld; its bytes are counted once, with the picture that brought it.
    expect(page.shown.filter((message) => message.type === "update").map((message) => message.bytes)).toEqual([lengths[4], sixth.content.length]);
  });

  const piece = (...[firstRow, rowCount, blocks]: Parameters<PieceWriter["write"]>): Uint8Array => new PieceWriter(40, 36).write(firstRow, rowCount, blocks);
  const good = piece(0, 3, [red(0)]);
  test.each<[string, WireError, () => UpdateMessage[]]>([
    ["an update before its turn", "InvalidValue", () => [update(2, good)]],
    ["an update of another layout", "InvalidValue", () => [update(1, good, { layout: 2 })]],
    ["another update before the last piece", "InvalidValue", () => [update(1, good, { last: false }), update(2, good)]],
    [
      "a block coded twice in one update",
      "InvalidValue",
      () => {
        const writer = new PieceWriter(40, 36);
        const first = update(1, writer.write(0, 3, [red(0)]), { last: false });
        return [first, update(1, writer.write(0, 3, [red(0)]))];
      },
    ],
    ["rows outside the screen", "InvalidValue", () => [update(1, new PieceWriter(40, 64).write(0, 4, [red(0)]))]],
    ["a first row outside the screen", "InvalidValue", () => [update(1, new PieceWriter(40, 64).write(3, 1, [red(9)]))]],
    ["a stream that was cut off", "Truncated", () => [update(1, good.subarray(0, good.length - 6))]],
    ["bytes that are not needed", "TrailingBytes", () => [update(1, Uint8Array.of(...good, 1, 2, 3, 4, 5))]],
    ["bytes that are no stream", "InvalidValue", () => [update(1, new Uint8Array(50).fill(0xff))]],
  ])("refuses %s", (_, reason, messages) => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    expect(() => messages().forEach((message) => page.feed.receive(message, 0))).toThrow(expect.objectContaining({ reason }));
  });

  test("tells how blocks were coded while somebody looks, and only then", () => {
    const page = new FakePage();
    page.feed.receive(layout(1, 40, 36), 0);
    page.feed.receive(update(1, page.piece(0, 1, [red(0)])), 0);
    page.feed.isInspecting = true;
    page.feed.receive(update(2, page.piece(1, 1, [red(4)])), 0);
    const [, first, second] = page.shown;
    expect(first).not.toHaveProperty("modes");
    expect(second).toMatchObject({ modes: { firstRow: 1, columns: 3, kinds: Uint8Array.of(0, blockKinds.photo, 0) } });
  });

  test("refuses a layout or a check out of step", () => {
    const page = new FakePage();
    expect(() => page.feed.receive(layout(2, 40, 36), 0)).toThrow(WireFormatError);
    page.feed.receive(layout(1, 40, 36), 0);
    expect(() => page.feed.receive({ type: "CHECK", layout: 1, update: 1, hash: 0n }, 0)).toThrow(WireFormatError);
    expect(() => page.feed.receive(layout(3, 40, 36), 0)).toThrow(WireFormatError);
  });
});
