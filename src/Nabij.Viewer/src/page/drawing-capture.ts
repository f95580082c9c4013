// The technician's mouse, pen or finger on the picture while a tool for pointing or drawing is on: pointer events in, calls of
// input/drawing.ts out. A finger points as long as it lies on the picture; a second one is not looked at.

import type { Drawing } from "../input/drawing.ts";
import type { PictureView } from "../input/pointer.ts";
import type { DrawingPoint } from "../protocol/drawing.ts";
import { hostPixelAt } from "../screen/placement.ts";

const mainButton = 1;

export class DrawingCapture {
  readonly #canvas: HTMLCanvasElement;
  readonly #drawing: Drawing;
  readonly #view: () => PictureView | null;

  /** @param pressed told of each event, for the focus and for a picture larger than the window */
  constructor(canvas: HTMLCanvasElement, drawing: Drawing, view: () => PictureView | null, pressed: (event: PointerEvent) => void) {
    this.#canvas = canvas;
    this.#drawing = drawing;
    this.#view = view;
    for (const name of ["pointermove", "pointerdown", "pointerup"] as const) {
      canvas.addEventListener(name, (event) => {
        if (drawing.tool === null || !event.isPrimary) return;
        pressed(event);
        this.#handle(event);
      });
    }
    canvas.addEventListener("pointercancel", () => this.#lift(null));
    canvas.addEventListener("lostpointercapture", () => drawing.lift());
    canvas.addEventListener("pointerleave", () => drawing.leave());
  }

  #handle(event: PointerEvent): void {
    const places = this.#places(event);
    const last = places.at(-1);
    if (last === undefined) return;
    if (event.type === "pointerdown" && event.buttons === mainButton) {
      this.#drawing.press(last);
      // A line that is drawn out of the window ends where the button is let go.
      this.#canvas.setPointerCapture(event.pointerId);
    } else if (event.type === "pointerup") this.#lift(event);
    else this.#drawing.move(places);
  }

  #lift(event: PointerEvent | null): void {
    this.#drawing.lift();
    if (event === null || event.pointerType === "touch") this.#drawing.leave();
  }

  /** Where a pen or mouse was between two frames, the newest last. */
  #places(event: PointerEvent): readonly DrawingPoint[] {
    const view = this.#view();
    if (view === null) return [];
    const box = this.#canvas.getBoundingClientRect();
    const between = event.type === "pointermove" ? event.getCoalescedEvents() : [];
    return (between.length === 0 ? [event] : between).map(({ clientX, clientY }) => hostPixelAt(clientX - box.left, clientY - box.top, view.scale, view.area));
  }
}
