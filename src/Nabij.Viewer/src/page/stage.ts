// The picture of a session and everything that acts on it: canvas, both pointers, keyboard. Owns the elements; knows the
// session only by the messages that it is given and gives.

import { InputFlow } from "../input/input-flow.ts";
import { platformOf, type KeyPress } from "../input/key-events.ts";
import { Keyboard, type Later } from "../input/keyboard.ts";
import { PointerCapture } from "../input/pointer.ts";
import type { InputMessage } from "../protocol/input.ts";
import { paintOn, Painter, type Layout, type Painted, type Update } from "../screen/painter.ts";
import { panStep, place, type Placement, type Scaling, type Size } from "../screen/placement.ts";
import { PointerLook, type PointerPosition, type PointerShape } from "../screen/pointer-look.ts";
import { element } from "./element.ts";
import type { Say } from "./texts/texts.ts";

/** One stage serves one session; the signal ends it and takes its listeners away. */
export interface StageEvents {
  readonly input: (messages: readonly InputMessage[]) => void;
  readonly painted: (message: Painted) => void;
  /** The technician wants to leave the picture by the keyboard. */
  readonly leave: () => void;
}

const later: Later = (milliseconds, action) => {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
};

/** The technician's system; Chromium knows it better than the old name. */
const platform = platformOf((navigator as { userAgentData?: { platform?: string } }).userAgentData?.platform ?? navigator.platform);

export class Stage {
  readonly root: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #sink: HTMLTextAreaElement;
  readonly #painter: Painter;
  readonly #pointerLook: PointerLook;
  readonly #pointer: PointerCapture;
  readonly #keyboard: Keyboard;
  readonly #flow: InputFlow;
  readonly #events: StageEvents;
  #scaling: Scaling = "fit";
  #size: Size | null = null;
  #placement: Placement | null = null;
  #isLive = false;
  /** Where the pointer is in the window while it may move a larger picture; null: nowhere near. */
  #panAt: { readonly x: number; readonly y: number } | null = null;
  #isPanning = false;

  constructor(say: Say, events: StageEvents, signal: AbortSignal) {
    this.#events = events;
    this.#canvas = element("canvas", { id: "screen", width: 1, height: 1, tabindex: -1, role: "img", "aria-label": say("canvas.label") });
    this.#sink = element("textarea", {
      class: "keyboard-sink", "aria-label": say("canvas.label"), autocomplete: "off", autocapitalize: "off", spellcheck: "false", inputmode: "none", rows: 1,
    });
    const mark = element("canvas", { class: "customer-pointer", width: 1, height: 1, hidden: true, "aria-hidden": "true" });
    this.root = element("div", { class: "stage" }, this.#canvas, mark, this.#sink);
    this.#pointerLook = new PointerLook(this.#canvas, mark);
    this.#painter = new Painter({
      ...paintOn(this.#canvas),
      nextFrame: (action) => requestAnimationFrame(action),
      painted: events.painted,
      now: () => performance.timeOrigin + performance.now(),
    });
    this.#flow = new InputFlow({ send: events.input, nextFrame: (action) => requestAnimationFrame(action), later });
    this.#keyboard = new Keyboard(platform, (messages) => this.#flow.keys(messages), later);
    const view = (): { placement: Placement; size: Size } | null =>
      this.#isLive && this.#placement !== null && this.#size !== null ? { placement: this.#placement, size: this.#size } : null;
    this.#pointer = new PointerCapture(this.#canvas, this.#flow, view, (event) => this.#pointed(event));
    this.#listen(signal);
    signal.addEventListener("abort", () => this.#end());
  }

  static get isMac(): boolean {
    return platform === "mac";
  }

  get size(): Size | null {
    return this.#size;
  }

  get scaling(): Scaling {
    return this.#scaling;
  }

  get hasFocus(): boolean {
    return document.activeElement === this.#sink;
  }

  /** Whether the picture may be acted on: the session is active. */
  set isLive(live: boolean) {
    if (this.#isLive && !live) this.#release();
    this.#isLive = live;
  }

  grant(granted: number): void {
    if (!this.#flow.mayType) this.#keyboard.forget();
    this.#flow.grant(granted);
    if (!this.#flow.mayPoint) this.#pointer.forget();
    if (!this.#flow.mayType) this.#keyboard.forget();
    this.#pointerLook.steer(this.#flow.mayPoint);
  }

  start(layout: Layout): void {
    this.#size = { width: layout.width, height: layout.height };
    this.#painter.start(layout);
    this.#place();
  }

  update(update: Update): void {
    this.#painter.add(update);
  }

  pointerShape(shape: PointerShape): void {
    void this.#pointerLook.shape(shape);
  }

  pointerPosition(position: PointerPosition): void {
    this.#pointerLook.position(position);
  }

  hidePointer(): void {
    void this.#pointerLook.hide();
  }

  scale(scaling: Scaling): void {
    this.#scaling = scaling;
    this.#place();
  }

  /** Presses keys that the technician's own system would keep for itself. */
  chord(keys: readonly { readonly code: string; readonly key: string }[]): void {
    this.#keyboard.chord(keys);
  }

  /** Gives the picture the keyboard. */
  focus(): void {
    this.#sink.focus({ preventScroll: true });
  }

  #place(): void {
    if (this.#size === null) return;
    // Without scroll bars when it fits: they would take room and make it not fit.
    const { clientWidth, clientHeight } = this.root;
    const placement = place(this.#size, { width: clientWidth, height: clientHeight }, this.#scaling, devicePixelRatio);
    this.#placement = placement;
    const { style } = this.#canvas;
    style.left = `${placement.left}px`;
    style.top = `${placement.top}px`;
    style.width = `${placement.width}px`;
    style.height = `${placement.height}px`;
    style.imageRendering = placement.isSharp ? "pixelated" : "auto";
    this.#pointerLook.place(placement);
  }

  #listen(signal: AbortSignal): void {
    const observer = new ResizeObserver(() => this.#place());
    observer.observe(this.root);
    signal.addEventListener("abort", () => observer.disconnect());
    this.#watchPixelRatio(signal);
    this.#canvas.addEventListener("focus", () => this.focus());
    this.#canvas.addEventListener("pointerleave", () => (this.#panAt = null));
    addEventListener("keydown", (event) => this.#keyDown(event), { capture: true, signal });
    addEventListener("keyup", (event) => this.#keyUp(event), { capture: true, signal });
    addEventListener("blur", () => this.#release(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#release(), { signal });
    this.#sink.addEventListener("blur", () => this.#release());
    this.#sink.addEventListener("compositionend", (event) => this.#typed(event.data));
    this.#sink.addEventListener("input", (event) => {
      const { isComposing, inputType } = event as InputEvent;
      // The end of a composition is told by its own event, and by this one as well in some browsers.
      if (!isComposing && inputType !== "insertCompositionText" && inputType !== "insertFromComposition") this.#typed(this.#sink.value);
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

  /** Keys belong to the picture while it has the focus, and when nothing has. */
  #isForPicture(event: KeyboardEvent): boolean {
    return this.#isLive && (event.target === this.#sink || event.target === document.body);
  }

  #keyDown(event: KeyboardEvent): void {
    if (!this.#isForPicture(event)) return;
    if (event.code === "Home" && event.ctrlKey && event.altKey) {
      event.preventDefault();
      this.#release();
      this.#events.leave();
      return;
    }
    // Who only looks keeps the keys, Tab among them.
    if (!this.#flow.mayType) return;
    if (this.#keyboard.down(event as KeyPress)) event.preventDefault();
    // What the browser is to compose has to arrive in the sink.
    else if (!this.hasFocus) this.focus();
  }

  #keyUp(event: KeyboardEvent): void {
    if (this.#isForPicture(event) && this.#keyboard.up(event as KeyPress)) event.preventDefault();
  }

  #typed(text: string): void {
    this.#sink.value = "";
    if (this.#isLive && text !== "") this.#keyboard.text(text);
  }

  #pointed(event: PointerEvent): void {
    this.#keyboard.observe(event);
    this.#panAt = { x: event.clientX, y: event.clientY };
    this.#pan();
    if (event.type !== "pointerdown") return;
    // Where an input method opens its window.
    this.#sink.style.left = `${event.offsetX + this.#canvas.offsetLeft}px`;
    this.#sink.style.top = `${event.offsetY + this.#canvas.offsetTop}px`;
    this.focus();
  }

  /** A picture larger than the window moves under a pointer that is near the edge, frame by frame. */
  #pan(): void {
    if (this.#isPanning || this.#panAt === null || this.#scaling !== "actual" || !this.#isLive) return;
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.root;
    this.root.scrollBy(panStep(this.#panAt.x, clientWidth), panStep(this.#panAt.y, clientHeight));
    // At its end, or away from the edge, there is nothing to go on with.
    if (this.root.scrollLeft === scrollLeft && this.root.scrollTop === scrollTop) return;
    this.#isPanning = true;
    requestAnimationFrame(() => {
      this.#isPanning = false;
      this.#pan();
    });
  }

  #release(): void {
    if (!this.#isLive) return;
    this.#keyboard.forget();
    this.#pointer.forget();
    this.#flow.releaseAll();
  }

  #end(): void {
    this.isLive = false;
    this.#pointerLook.reset();
  }
}
