// Puts updates on the canvas, at most once a frame, and says when (docs/protocol/05-screen.md, PRESENTED). Runs in the
// page. What waits is bounded by the worker, which keeps back updates while some are unpainted.

import type { PageToWorker, WorkerToPage } from "../session/worker-messages.ts";
import type { Rectangle } from "./rectangles.ts";

export type Layout = Extract<WorkerToPage, { type: "layout" }>;
export type Update = Extract<WorkerToPage, { type: "update" }>;
export type Painted = Extract<PageToWorker, { type: "painted" }>;

const bytesPerPixel = 4;

/** Where the painter paints and whom it tells. */
export interface PainterOutput {
  /** Gives the canvas this size; it is black afterwards. */
  readonly resize: (width: number, height: number) => void;
  /** Puts opaque RGBA pixels, row by row, at a rectangle. */
  readonly put: (pixels: Uint8ClampedArray<ArrayBuffer>, rectangle: Rectangle) => void;
  /** Runs an action before the next frame is painted; not while the page is hidden. */
  readonly nextFrame: (action: () => void) => void;
  readonly painted: (message: Painted) => void;
  /** Steady milliseconds on the same scale as the worker's: performance.timeOrigin + performance.now(). */
  readonly now: () => number;
}

export class Painter {
  readonly #output: PainterOutput;
  #layout: Layout | null = null;
  #width = 0;
  #height = 0;
  #waiting: Update[] = [];
  #isFrameAsked = false;

  constructor(output: PainterOutput) {
    this.#output = output;
  }

  /** The picture starts anew. What is shown stays until the first update, unless the size changes. */
  start(layout: Layout): void {
    this.#layout = layout;
    this.#waiting = [];
    if (layout.width === this.#width && layout.height === this.#height) return;
    this.#width = layout.width;
    this.#height = layout.height;
    this.#output.resize(layout.width, layout.height);
  }

  /** Paints an update in the next frame, together with all others that come before it. */
  add(update: Update): void {
    if (update.layout !== this.#layout?.layout) return;
    this.#waiting.push(update);
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#output.nextFrame(() => this.#paint());
  }

  #paint(): void {
    this.#isFrameAsked = false;
    const updates = this.#waiting;
    this.#waiting = [];
    for (const update of updates) this.#put(update);
    const last = updates.at(-1);
    if (last === undefined) return;
    const { layout, update, decodeMicroseconds, decodedAt } = last;
    const presentMicroseconds = Math.max(0, Math.round((this.#output.now() - decodedAt) * 1000));
    this.#output.painted({ type: "painted", layout, update, decodeMicroseconds, presentMicroseconds });
  }

  #put(update: Update): void {
    let offset = 0;
    for (const rectangle of update.rectangles) {
      const length = rectangle.width * rectangle.height * bytesPerPixel;
      this.#output.put(new Uint8ClampedArray(update.pixels, offset, length), rectangle);
      offset += length;
    }
  }
}

/** The painter's outlets for a canvas that can be read back. */
export function paintOn(canvas: HTMLCanvasElement): Pick<PainterOutput, "resize" | "put"> {
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("no 2D canvas");
  return {
    resize: (width, height) => {
      canvas.width = width;
      canvas.height = height;
    },
    put: (pixels, { x, y, width, height }) => context.putImageData(new ImageData(pixels, width, height), x, y),
  };
}
