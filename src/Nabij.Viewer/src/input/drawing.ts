// Pointing and drawing on the customer's screen: what a tool does with pointer and keys, and what of it leaves for the host,
// when (docs/protocol/11-drawing.md "Interactions"). Knows no document.

import { maximumMarkPoints, maximumPoints, type DrawingMessage, type DrawingPoint, type MarkShape } from "../protocol/drawing.ts";

/** point: only the spot. The others draw marks, and show the spot while nothing is being drawn. */
export type Tool = "point" | MarkShape;

/** A screen that paints faster gets nothing more out: 60 spots a second are smooth, and the host takes 250 messages. */
const leastMilliseconds = 15;
/** A step of the arrow keys, in pixels of the customer's screen, and one with Shift. */
const step = 10;
const largeStep = 60;

export interface DrawingOutput {
  readonly send: (messages: readonly DrawingMessage[]) => void;
  /** Runs an action before the next frame is painted. */
  readonly nextFrame: (action: () => void) => void;
  readonly now: () => number;
}

/** Bounds for the spot that the keyboard moves: what is shown of the screen. */
export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export class Drawing {
  readonly #output: DrawingOutput;
  #tool: Tool | null = null;
  /** Whether the marks that come now stay until they are taken away. */
  isKept = false;
  #spot: DrawingPoint | null = null;
  #isSpotNew = false;
  /** The last place of the mark that is being drawn; null while none is. */
  #end: DrawingPoint | null = null;
  #points: DrawingPoint[] = [];
  #count = 0;
  #isFrameAsked = false;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(output: DrawingOutput) {
    this.#output = output;
  }

  get tool(): Tool | null {
    return this.#tool;
  }

  /** Takes another tool, or none. What was being drawn is finished. */
  use(tool: Tool | null): void {
    if (tool === this.#tool) return;
    this.lift();
    if (tool === null) this.leave();
    this.#tool = tool;
  }

  /** The pointer is over these places, the newest last; while a mark is drawn it goes on through them. */
  move(places: readonly DrawingPoint[]): void {
    const last = places.at(-1);
    if (this.#tool === null || last === undefined) return;
    if (this.#end === null) this.#setSpot(last);
    else for (const place of places) this.#extend(place);
  }

  /** A mark begins here, where the tool draws any. */
  press(place: DrawingPoint): void {
    if (this.#tool === null) return;
    if (this.#tool === "point") return this.#setSpot(place);
    this.lift();
    this.#hideSpot();
    this.#begin(this.#tool, place);
  }

  /** The mark that is being drawn is finished. */
  lift(): void {
    if (this.#end === null) return;
    this.#flush();
    this.#end = null;
    this.#output.send([{ type: "DONE" }]);
  }

  /** The pointer is no longer over the picture. */
  leave(): void {
    if (this.#end === null) this.#hideSpot();
  }

  undo(): void {
    this.lift();
    this.#output.send([{ type: "UNDO" }]);
  }

  clear(): void {
    this.lift();
    this.#output.send([{ type: "CLEAR" }]);
  }

  /** What a key does while a tool is on; false when it is none of the tool's. `bounds`: what is shown of the screen. */
  key({ code, shiftKey, ctrlKey, altKey, metaKey }: Readonly<Pick<KeyboardEvent, "code" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">>, bounds: Bounds): boolean {
    if (this.#tool === null || ctrlKey || altKey || metaKey) return false;
    const way = arrows[code];
    if (way !== undefined) {
      const from = this.#end ?? this.#spot ?? { x: bounds.x + Math.floor(bounds.width / 2), y: bounds.y + Math.floor(bounds.height / 2) };
      const length = shiftKey ? largeStep : step;
      this.move([{ x: inside(from.x + way[0] * length, bounds.x, bounds.width), y: inside(from.y + way[1] * length, bounds.y, bounds.height) }]);
      return true;
    }
    if (code !== "Space") return false;
    if (this.#end !== null) {
      const at = this.#end;
      this.lift();
      this.#setSpot(at);
    } else if (this.#spot !== null) this.press(this.#spot);
    return true;
  }

  #setSpot(place: DrawingPoint): void {
    if (this.#spot !== null && same(this.#spot, place)) return;
    this.#spot = place;
    this.#isSpotNew = true;
    this.#askFrame();
  }

  #hideSpot(): void {
    if (this.#spot === null) return;
    this.#spot = null;
    this.#isSpotNew = false;
    this.#output.send([{ type: "SPOT_OFF" }]);
  }

  #begin(shape: MarkShape, place: DrawingPoint): void {
    this.#end = place;
    this.#count = 1;
    this.#output.send([{ type: "BEGIN", shape, kept: this.isKept, ...place }]);
  }

  #extend(place: DrawingPoint): void {
    const tool = this.#tool;
    if (this.#end === null || same(this.#end, place) || tool === null || tool === "point") return;
    if (tool === "line" && this.#count === maximumMarkPoints) {
      // The line is full: another one goes on where it ends.
      this.#flush();
      const from = this.#end;
      this.#output.send([{ type: "DONE" }]);
      this.#begin(tool, from);
    }
    // Of the other shapes only the newest end counts.
    if (tool !== "line") this.#points = [];
    else this.#count++;
    this.#points.push(place);
    this.#end = place;
    this.#askFrame();
  }

  #askFrame(): void {
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#output.nextFrame(() => {
      this.#isFrameAsked = false;
      if (this.#output.now() - this.#sentAt < leastMilliseconds) this.#askFrame();
      else this.#flush();
    });
  }

  #flush(): void {
    const messages: DrawingMessage[] = [];
    if (this.#isSpotNew && this.#spot !== null) messages.push({ type: "SPOT", ...this.#spot });
    this.#isSpotNew = false;
    for (let start = 0; start < this.#points.length; start += maximumPoints) {
      messages.push({ type: "POINTS", points: this.#points.slice(start, start + maximumPoints) });
    }
    this.#points = [];
    if (messages.length === 0) return;
    this.#sentAt = this.#output.now();
    this.#output.send(messages);
  }
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function inside(at: number, first: number, count: number): number {
  return Math.max(first, Math.min(first + count - 1, at));
}

function same(one: DrawingPoint, other: DrawingPoint): boolean {
  return one.x === other.x && one.y === other.y;
}
