// The technician's mouse, pen or finger on the picture: pointer and wheel events in, calls of the input flow out.

import { hostPixelAt, type Area } from "../screen/placement.ts";
import type { InputFlow, Point } from "./input-flow.ts";

// PointerEvent.buttons says left, right, middle, back, forward; the protocol counts left, middle, right, back, forward.
const buttonOfBit = [0, 2, 1, 3, 4] as const;

/** Which buttons changed between two words of PointerEvent.buttons. */
export function changedButtons(before: number, after: number): { readonly button: number; readonly down: boolean }[] {
  const changes: { button: number; down: boolean }[] = [];
  buttonOfBit.forEach((button, bit) => {
    const down = (after & (1 << bit)) !== 0;
    if (((before & (1 << bit)) !== 0) !== down) changes.push({ button, down });
  });
  return changes;
}

/** What the picture looks like at this moment. */
export interface PictureView {
  /** CSS pixels for each host pixel. */
  readonly scale: number;
  /** What is shown of the screen: outside it nothing is pointed at. */
  readonly area: Area;
}

export class PointerCapture {
  readonly #canvas: HTMLCanvasElement;
  readonly #flow: InputFlow;
  readonly #view: () => PictureView | null;
  readonly #pressed: (event: PointerEvent) => void;
  #buttons = 0;
  /** Where the pointer last was over the picture, in the window. */
  #last: { readonly clientX: number; readonly clientY: number } | null = null;

  /** @param pressed told of each event that presses or moves, before it is sent: for the focus and the modifiers */
  constructor(canvas: HTMLCanvasElement, flow: InputFlow, view: () => PictureView | null, pressed: (event: PointerEvent) => void) {
    this.#canvas = canvas;
    this.#flow = flow;
    this.#view = view;
    this.#pressed = pressed;
    for (const name of ["pointermove", "pointerdown", "pointerup"] as const) canvas.addEventListener(name, (event) => this.#handle(event));
    canvas.addEventListener("pointerleave", () => (this.#last = null));
    canvas.addEventListener("pointercancel", (event) => this.#lift(event));
    canvas.addEventListener("lostpointercapture", (event) => this.#lift(event));
    canvas.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
    // Menus, text selection, scrolling by the middle button, and back and forward belong to the host now.
    for (const name of ["contextmenu", "mousedown", "mouseup", "auxclick", "dragstart"] as const) {
      canvas.addEventListener(name, (event) => event.preventDefault());
    }
  }

  /** Forgets the buttons; whoever calls tells the host. */
  forget(): void {
    this.#buttons = 0;
  }

  /** The picture moved under a pointer that did not: it points at something else now. */
  follow(): void {
    const point = this.#last === null ? null : this.#pointOf(this.#last);
    if (point !== null) this.#flow.move(point);
  }

  #handle(event: PointerEvent): void {
    const point = this.#pointOf(event);
    // A second finger would fight the first for the one pointer there is.
    if (point === null || !event.isPrimary) return;
    this.#last = { clientX: event.clientX, clientY: event.clientY };
    this.#pressed(event);
    const changes = changedButtons(this.#buttons, event.buttons);
    this.#buttons = event.buttons;
    if (changes.length === 0) this.#flow.move(point);
    // The last release of a finger lies where it was lifted; a first press comes from nowhere, so the move goes first.
    else if (event.pointerType === "touch") this.#flow.move(point);
    for (const { button, down } of changes) this.#flow.button(point, button, down);
    // Dragging out of the window must not lose the release.
    if (event.type === "pointerdown") this.#canvas.setPointerCapture(event.pointerId);
  }

  #lift(event: PointerEvent): void {
    const point = this.#pointOf(event);
    if (point === null) return;
    for (const { button, down } of changedButtons(this.#buttons, 0)) this.#flow.button(point, button, down);
    this.#buttons = 0;
  }

  #turn(event: WheelEvent): void {
    // Who only looks turns the picture in the window.
    if (!this.#flow.mayPoint) return;
    event.preventDefault();
    const point = this.#pointOf(event);
    if (point !== null) this.#flow.turn(point, event);
  }

  #pointOf(event: { readonly clientX: number; readonly clientY: number }): Point | null {
    const view = this.#view();
    if (view === null) return null;
    const box = this.#canvas.getBoundingClientRect();
    return hostPixelAt(event.clientX - box.left, event.clientY - box.top, view.scale, view.area);
  }
}
