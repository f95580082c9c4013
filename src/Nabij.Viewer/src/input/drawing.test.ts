import { describe, expect, test } from "vitest";
import type { DrawingMessage } from "../protocol/drawing.ts";
import { Drawing, type Tool } from "./drawing.ts";

const bounds = { x: 100, y: 50, width: 400, height: 300 };
const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };

/** A drawing with frames that come when the test says so, 16 ms apart. */
function start(tool: Tool | null) {
  const sent: DrawingMessage[] = [];
  let frames: (() => void)[] = [];
  let now = 1_000;
  const drawing = new Drawing({ send: (messages) => sent.push(...messages), nextFrame: (action) => frames.push(action), now: () => now });
  drawing.use(tool);
  const frame = (milliseconds = 16): void => {
    now += milliseconds;
    const due = frames;
    frames = [];
    for (const action of due) action();
  };
  const take = (): DrawingMessage[] => sent.splice(0);
  return { drawing, frame, take, waits: () => frames.length };
}

describe("the spot", () => {
  test("goes once a frame, the newest place", () => {
    const { drawing, frame, take } = start("point");
    drawing.move([{ x: 1, y: 1 }]);
    drawing.move([{ x: 2, y: 2 }, { x: 3, y: 3 }]);
    expect(take()).toEqual([]);
    frame();
    expect(take()).toEqual([{ type: "SPOT", x: 3, y: 3 }]);
    drawing.move([{ x: 3, y: 3 }]);
    frame();
    expect(take()).toEqual([]);
  });

  test("goes no more than about 60 times a second on a display that paints faster", () => {
    const { drawing, frame, take } = start("point");
    for (let at = 0; at < 240; at++) {
      drawing.move([{ x: at, y: 1 }]);
      frame(1000 / 240);
    }
    expect(take().length).toBeLessThanOrEqual(66);
  });

  test("is gone when the pointer leaves, and when the tool is put away", () => {
    const { drawing, frame, take } = start("point");
    drawing.move([{ x: 1, y: 1 }]);
    frame();
    drawing.leave();
    expect(take()).toEqual([{ type: "SPOT", x: 1, y: 1 }, { type: "SPOT_OFF" }]);
    drawing.move([{ x: 1, y: 1 }]);
    frame();
    drawing.use(null);
    expect(take()).toEqual([{ type: "SPOT", x: 1, y: 1 }, { type: "SPOT_OFF" }]);
    drawing.move([{ x: 2, y: 2 }]);
    drawing.press({ x: 2, y: 2 });
    frame();
    expect(take()).toEqual([]);
  });

  test("follows a press too, where the tool only points", () => {
    const { drawing, frame, take } = start("point");
    drawing.press({ x: 9, y: 9 });
    drawing.lift();
    frame();
    expect(take()).toEqual([{ type: "SPOT", x: 9, y: 9 }]);
  });
});

describe("a mark", () => {
  test("a line has all its places, in pieces, and ends behind them", () => {
    const { drawing, frame, take } = start("line");
    drawing.move([{ x: 1, y: 1 }]);
    frame();
    drawing.press({ x: 5, y: 5 });
    drawing.move(Array.from({ length: 70 }, (_, i) => ({ x: 6 + i, y: 5 })));
    frame();
    drawing.move([{ x: 200, y: 5 }, { x: 200, y: 5 }]);
    drawing.lift();
    const messages = take();
    expect(messages.map(({ type }) => type)).toEqual(["SPOT", "SPOT_OFF", "BEGIN", "POINTS", "POINTS", "POINTS", "DONE"]);
    expect(messages[2]).toEqual({ type: "BEGIN", shape: "line", kept: false, x: 5, y: 5 });
    const points = messages.flatMap((message) => (message.type === "POINTS" ? message.points : []));
    expect(points.length).toBe(71);
    expect(points.at(-1)).toEqual({ x: 200, y: 5 });
  });

  test("a line that is full goes on as another one from where it ended", () => {
    const { drawing, take } = start("line");
    drawing.press({ x: 0, y: 0 });
    drawing.move(Array.from({ length: 1_100 }, (_, i) => ({ x: i + 1, y: 0 })));
    drawing.lift();
    const messages = take();
    expect(messages.filter(({ type }) => type === "BEGIN")).toEqual([
      { type: "BEGIN", shape: "line", kept: false, x: 0, y: 0 },
      { type: "BEGIN", shape: "line", kept: false, x: 1_023, y: 0 },
    ]);
    expect(messages.filter(({ type }) => type === "DONE").length).toBe(2);
  });

  test.each(["arrow", "rectangle", "ellipse"] as const)("of an %s only the newest end goes", (shape) => {
    const { drawing, frame, take } = start(shape);
    drawing.isKept = true;
    drawing.press({ x: 5, y: 5 });
    drawing.move([{ x: 6, y: 6 }, { x: 7, y: 7 }]);
    frame();
    drawing.move([{ x: 8, y: 8 }]);
    drawing.lift();
    expect(take()).toEqual([
      { type: "BEGIN", shape, kept: true, x: 5, y: 5 },
      { type: "POINTS", points: [{ x: 7, y: 7 }] },
      { type: "POINTS", points: [{ x: 8, y: 8 }] },
      { type: "DONE" },
    ]);
  });

  test("is finished when another tool is taken, and before it is taken back", () => {
    const { drawing, take } = start("line");
    drawing.press({ x: 5, y: 5 });
    drawing.use("arrow");
    drawing.press({ x: 6, y: 6 });
    drawing.undo();
    drawing.clear();
    expect(take().map(({ type }) => type)).toEqual(["BEGIN", "DONE", "BEGIN", "DONE", "UNDO", "CLEAR"]);
  });
});

describe("keys", () => {
  test("arrows move the spot from the middle, within what is shown", () => {
    const { drawing, frame, take } = start("point");
    expect(drawing.key({ ...plain, code: "ArrowLeft" }, bounds)).toBe(true);
    frame();
    drawing.key({ ...plain, code: "ArrowUp", shiftKey: true }, bounds);
    frame();
    for (let i = 0; i < 10; i++) drawing.key({ ...plain, code: "ArrowUp", shiftKey: true }, bounds);
    frame();
    expect(take()).toEqual([
      { type: "SPOT", x: 290, y: 200 },
      { type: "SPOT", x: 290, y: 140 },
      { type: "SPOT", x: 290, y: 50 },
    ]);
  });

  test("the space bar begins a mark at the spot and ends it", () => {
    const { drawing, frame, take } = start("arrow");
    drawing.key({ ...plain, code: "ArrowLeft" }, bounds);
    frame();
    drawing.key({ ...plain, code: "Space" }, bounds);
    drawing.key({ ...plain, code: "ArrowRight", shiftKey: true }, bounds);
    frame();
    drawing.key({ ...plain, code: "Space" }, bounds);
    frame();
    expect(take()).toEqual([
      { type: "SPOT", x: 290, y: 200 },
      { type: "SPOT_OFF" },
      { type: "BEGIN", shape: "arrow", kept: false, x: 290, y: 200 },
      { type: "POINTS", points: [{ x: 350, y: 200 }] },
      { type: "DONE" },
      { type: "SPOT", x: 350, y: 200 },
    ]);
  });

  test("keys of the customer's, and all of them without a tool, are left alone", () => {
    const { drawing } = start("point");
    expect(drawing.key({ ...plain, code: "KeyA" }, bounds)).toBe(false);
    expect(drawing.key({ ...plain, code: "ArrowLeft", ctrlKey: true }, bounds)).toBe(false);
    drawing.use(null);
    expect(drawing.key({ ...plain, code: "ArrowLeft" }, bounds)).toBe(false);
  });
});
