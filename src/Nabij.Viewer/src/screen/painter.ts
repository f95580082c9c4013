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
  /** Gives the canvas this size; what was shown stays at the top left. False: the browser has no room for so large a one. */
  readonly resize: (width: number, height: number) => boolean;
  /** Gives the canvas's memory back; it is black. */
  readonly clear: () => void;
  /** Puts opaque RGBA pixels, row by row, at a rectangle. */
  readonly put: (pixels: Uint8ClampedArray<ArrayBuffer>, rectangle: Rectangle) => void;
  /** Runs an action before the next frame is painted; not while the page is hidden. */
  readonly nextFrame: (action: () => void) => void;
  readonly painted: (message: Painted) => void;
  /** Nobody looks at these pixels any more: their buffer may be used again. */
  readonly spent: (pixels: ArrayBuffer) => void;
  /** Steady milliseconds on the same scale as the worker's: performance.timeOrigin + performance.now(). */
  readonly now: () => number;
}

/** Told of each painted frame: its updates, and when it was done. */
export type PaintObserver = (updates: readonly Update[], paintedAt: number) => void;

export class Painter {
  readonly #output: PainterOutput;
  #layout: Layout | null = null;
  #width = 0;
  #height = 0;
  /** False while the browser has no room for the picture: nothing is painted, and nothing told, until the next layout. */
  #isShown = false;
  #waiting: Update[] = [];
  /** The first of those that wait is on the canvas already. */
  #isFirstPut = false;
  #isFrameAsked = false;
  #observe: PaintObserver | null = null;

  constructor(output: PainterOutput) {
    this.#output = output;
  }

  /** null: nobody looks, which costs nothing. */
  set observer(observer: PaintObserver | null) {
    this.#observe = observer;
  }

  /**
   * The picture starts anew. What is shown stays until the first update, which brings every pixel: nothing flashes.
   * Returns false when the browser cannot show so large a picture.
   */
  start(layout: Layout): boolean {
    this.#layout = layout;
    this.#waiting = [];
    this.#isFirstPut = false;
    this.#isShown = !layout.isTooLarge && this.#fit(layout);
    if (!this.#isShown) this.#clear();
    return this.#isShown;
  }

  #fit({ width, height }: Layout): boolean {
    if (width === this.#width && height === this.#height) return true;
    this.#width = width;
    this.#height = height;
    return this.#output.resize(width, height);
  }

  /** What was shown is not the customer's screen any more, and nothing else takes its place. */
  #clear(): void {
    this.#width = this.#height = 0;
    this.#output.clear();
  }

  /**
   * Paints an update in the next frame, together with all others that come before it. The first one goes onto the canvas at
   * once: the frame, for which the technician waits, then has less to do.
   */
  add(update: Update): void {
    if (update.layout !== this.#layout?.layout || !this.#isShown) {
      this.#output.spent(update.pixels);
      return;
    }
    this.#waiting.push(update);
    if (this.#isFrameAsked) return;
    this.#put(update);
    this.#isFirstPut = this.#isFrameAsked = true;
    this.#output.nextFrame(() => this.#paint());
  }

  #paint(): void {
    this.#isFrameAsked = false;
    const updates = this.#waiting;
    this.#waiting = [];
    for (const update of this.#isFirstPut ? updates.slice(1) : updates) this.#put(update);
    this.#isFirstPut = false;
    const last = updates.at(-1);
    if (last === undefined) return;
    const { layout, update, decodeMicroseconds, decodedAt } = last;
    const paintedAt = this.#output.now();
    const presentMicroseconds = Math.max(0, Math.round((paintedAt - decodedAt) * 1000));
    this.#output.painted({ type: "painted", layout, update, decodeMicroseconds, presentMicroseconds });
    this.#observe?.(updates, paintedAt);
    for (const { pixels } of updates) this.#output.spent(pixels);
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

/** Every browser has room for a canvas of so many pixels; some for no larger one, and none of them says so. */
const surelyPossiblePixels = 4096 * 4096;

/** The painter's outlets for a canvas that can be read back. */
export function paintOn(canvas: HTMLCanvasElement): Pick<PainterOutput, "resize" | "clear" | "put"> {
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("no 2D canvas");
  return {
    resize: (width, height) => {
      const shown = copyOf(canvas);
      canvas.width = width;
      canvas.height = height;
      if (shown !== null) context.drawImage(shown, 0, 0);
      return width * height <= surelyPossiblePixels || holds(context, width - 1, height - 1);
    },
    clear: () => {
      canvas.width = canvas.height = 1;
    },
    put: (pixels, { x, y, width, height }) => context.putImageData(new ImageData(pixels, width, height), x, y),
  };
}

/** null where there is nothing to keep, or too much to hold twice. */
function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement | null {
  const pixels = canvas.width * canvas.height;
  if (pixels <= 1 || pixels > surelyPossiblePixels) return null;
  const copy = canvas.cloneNode() as HTMLCanvasElement;
  copy.getContext("2d", { alpha: false })?.drawImage(canvas, 0, 0);
  return copy;
}

/** Whether a pixel that is put there is there. */
function holds(context: CanvasRenderingContext2D, x: number, y: number): boolean {
  try {
    context.putImageData(new ImageData(Uint8ClampedArray.of(1, 2, 3, 255), 1, 1), x, y);
    return context.getImageData(x, y, 1, 1).data[2] === 3;
  } catch {
    return false;
  }
}
