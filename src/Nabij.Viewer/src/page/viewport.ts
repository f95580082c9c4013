// The window onto the picture: which part of the screen is shown, how large, and where. Owns the scrolling element and the
// place of the canvas in it; the canvas always holds the whole screen, so a choice of display is a matter of what is cut off.

import type { Display } from "../protocol/screen.ts";
import { areaOf, sameDisplay } from "../screen/displays.ts";
import { panStep, place, settledZoom, zoomByWheel, zoomStep, type Area, type Placement, type Scaling, type Size } from "../screen/placement.ts";
import { element } from "./element.ts";

/** What is shown at this moment. */
export interface View {
  readonly placement: Placement;
  readonly area: Area;
  readonly scaling: Scaling;
  readonly displays: readonly Display[];
  /** The one display that is shown; null: all. */
  readonly display: Display | null;
}

export interface ViewportEvents {
  readonly changed: (view: View) => void;
  /** The picture moved under a pointer that did not. */
  readonly slid: () => void;
  /** Whether a wheel with Control is meant for the zoom and not for the customer's program. */
  readonly isZoom: (event: WheelEvent) => boolean;
}

type Point = { readonly x: number; readonly y: number };

/** A zoom about one point: turns add up without drifting while the pointer stays. */
type Anchor = { readonly at: Point; readonly host: Point; readonly factor: number; readonly scroll: Point };

export class Viewport {
  readonly root: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #clip: HTMLElement;
  readonly #events: ViewportEvents;
  #size: Size | null = null;
  #displays: readonly Display[] = [];
  #display: Display | null = null;
  #scaling: Scaling = "fit";
  #view: View | null = null;
  #anchor: Anchor | null = null;
  /** Where the pointer is in the window while it may move a larger picture; null: nowhere near. */
  #pointer: Point | null = null;
  #isPanning = false;
  /** Where the window was on a larger picture, while it is not shown. */
  #kept: Point = { x: 0, y: 0 };

  /** @param over elements that stand on the picture, placed in its own coordinates */
  constructor(canvas: HTMLCanvasElement, over: readonly HTMLElement[], events: ViewportEvents, signal: AbortSignal) {
    this.#canvas = canvas;
    this.#events = events;
    this.#clip = element("div", { class: "clip" }, canvas, ...over);
    this.root = element("div", { class: "viewport" }, this.#clip);
    const observer = new ResizeObserver(() => this.#place());
    observer.observe(this.root);
    signal.addEventListener("abort", () => observer.disconnect());
    this.#watchPixelRatio(signal);
    this.root.addEventListener("wheel", (event) => this.#turn(event), { capture: true, passive: false });
    canvas.addEventListener("pointerleave", () => (this.#pointer = null));
  }

  /** Whether it is in the document: outside of it nothing has a size, and browsers forget how far something was scrolled. */
  set isShown(shown: boolean) {
    if (!shown) {
      this.#kept = this.#scroll();
      return;
    }
    this.#place();
    this.root.scrollTo(this.#kept.x, this.#kept.y);
  }

  get size(): Size | null {
    return this.#size;
  }

  /** null before the first layout. */
  get view(): View | null {
    return this.#view;
  }

  /** Where things stand on the picture: they move, and are cut off, with it. */
  get over(): HTMLElement {
    return this.#clip;
  }

  /** A new screen. Returns the chosen display if it is not there any more: all of the screen is shown then. */
  start(size: Size, displays: readonly Display[]): Display | null {
    const chosen = this.#display;
    this.#size = size;
    this.#displays = displays;
    this.#display = sameDisplay(chosen, displays);
    this.#place();
    return this.#display === null ? chosen : null;
  }

  choose(display: Display | null): void {
    this.#display = display;
    this.root.scrollTo(0, 0);
    this.#place();
  }

  scale(scaling: Scaling): void {
    if (scaling === "fit") {
      this.#scaling = "fit";
      this.#place();
    } else this.#zoomAt(this.#middle(), scaling);
  }

  /** One step larger or smaller, about the pointer where it is on the picture. */
  zoom(direction: 1 | -1): void {
    if (this.#view !== null) this.#zoomAt(this.#pointer ?? this.#middle(), zoomStep(this.#view.placement.dots, direction));
  }

  /** The pointer is here, in the window: near an edge it moves a picture that is larger, frame by frame. */
  pointed(x: number, y: number): void {
    this.#pointer = { x, y };
    this.#pan();
  }

  #middle(): Point {
    const box = this.root.getBoundingClientRect();
    return { x: box.left + this.root.clientWidth / 2, y: box.top + this.root.clientHeight / 2 };
  }

  #place(): void {
    if (this.#size === null || !this.root.isConnected) return;
    const isFit = this.#scaling === "fit";
    // Before anything is measured: scroll bars of the size before would take room.
    this.root.classList.toggle("is-fit", isFit);
    const area = areaOf(this.#size, this.#display);
    const placement = place(area, { width: this.root.clientWidth, height: this.root.clientHeight }, this.#scaling, devicePixelRatio);
    const { left, top, width, height, scale } = placement;
    put(this.#clip, left, top, { width, height });
    put(this.#canvas, -area.x * scale, -area.y * scale, { width: this.#size.width * scale, height: this.#size.height * scale });
    this.#canvas.style.imageRendering = placement.isSharp ? "pixelated" : "auto";
    this.#view = { placement, area, scaling: this.#scaling, displays: this.#displays, display: this.#display };
    this.#events.changed(this.#view);
  }

  #turn(event: WheelEvent): void {
    if (!event.ctrlKey || this.#view === null || !this.#events.isZoom(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const at = { x: event.clientX, y: event.clientY };
    const factor = zoomByWheel(this.#anchorAt(at).factor, event.deltaY, event.deltaMode);
    this.#zoomAt(at, factor);
  }

  /** Changes the size and keeps the host's pixel under this point of the window where it is. */
  #zoomAt(at: Point, factor: number): void {
    const anchor = this.#anchorAt(at);
    this.#scaling = settledZoom(factor);
    this.#place();
    if (this.#view === null) return;
    const { placement, area } = this.#view;
    const box = this.root.getBoundingClientRect();
    this.root.scrollLeft = placement.left + (anchor.host.x - area.x) * placement.scale - (at.x - box.left);
    this.root.scrollTop = placement.top + (anchor.host.y - area.y) * placement.scale - (at.y - box.top);
    this.#anchor = { ...anchor, factor, scroll: this.#scroll() };
    this.#events.slid();
  }

  #anchorAt(at: Point): Anchor {
    const scroll = this.#scroll();
    const last = this.#anchor;
    if (last !== null && isSame(last.at, at) && isSame(last.scroll, scroll) && this.#scaling === settledZoom(last.factor)) return last;
    const box = this.#canvas.getBoundingClientRect();
    const { scale, dots } = this.#view?.placement ?? { scale: 1, dots: 1 };
    return { at, host: { x: (at.x - box.left) / scale, y: (at.y - box.top) / scale }, factor: dots, scroll };
  }

  #scroll(): Point {
    return { x: this.root.scrollLeft, y: this.root.scrollTop };
  }

  #pan(): void {
    if (this.#isPanning || this.#pointer === null || this.#scaling === "fit") return;
    const { clientWidth, clientHeight } = this.root;
    const before = this.#scroll();
    const box = this.root.getBoundingClientRect();
    this.root.scrollBy(panStep(this.#pointer.x - box.left, clientWidth), panStep(this.#pointer.y - box.top, clientHeight));
    // At its end, or away from the edge, there is nothing to go on with.
    if (isSame(before, this.#scroll())) return;
    this.#events.slid();
    this.#isPanning = true;
    requestAnimationFrame(() => {
      this.#isPanning = false;
      this.#pan();
    });
  }

  /** A window that moves to another display, or a zoomed page, changes the ratio without a resize. */
  #watchPixelRatio(signal: AbortSignal): void {
    const changed = (): void => {
      this.#place();
      this.#watchPixelRatio(signal);
    };
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", changed, { once: true, signal });
  }
}

function put({ style }: HTMLElement, left: number, top: number, { width, height }: Size): void {
  style.left = `${left}px`;
  style.top = `${top}px`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}

function isSame(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}
