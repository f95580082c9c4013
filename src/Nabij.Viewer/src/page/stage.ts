// The picture of a session and everything that acts on it: canvas, both pointers, keyboard. Owns the elements; knows the
// session only by the messages that it is given and gives.

import { Drawing, type Tool } from "../input/drawing.ts";
import { InputFlow } from "../input/input-flow.ts";
import { platformOf, type KeyPress } from "../input/key-events.ts";
import { Keyboard, type Later } from "../input/keyboard.ts";
import { PointerCapture } from "../input/pointer.ts";
import { deletionOf, textOf } from "../input/text-sink.ts";
import type { DrawingMessage } from "../protocol/drawing.ts";
import type { InputMessage } from "../protocol/input.ts";
import type { Display } from "../protocol/screen.ts";
import { paintOn, Painter, type Layout, type Painted, type PaintObserver, type Update } from "../screen/painter.ts";
import type { Scaling, Size } from "../screen/placement.ts";
import { PointerLook, type PointerPosition, type PointerShape } from "../screen/pointer-look.ts";
import { DrawingCapture } from "./drawing-capture.ts";
import { element } from "./element.ts";
import { shortcutOf, type Shortcut } from "./shortcuts.ts";
import type { Say } from "./texts/texts.ts";
import { Viewport, type View } from "./viewport.ts";

/** One stage serves one session; the signal ends it and takes its listeners away. */
export interface StageEvents {
  readonly input: (messages: readonly InputMessage[]) => void;
  readonly draw: (messages: readonly DrawingMessage[]) => void;
  /** The technician has ended the tool with a key. */
  readonly toolEnded: () => void;
  readonly painted: (message: Painted) => void;
  readonly spent: (pixels: ArrayBuffer) => void;
  /** The technician pressed keys of the viewer's own. */
  readonly shortcut: (shortcut: Shortcut) => void;
  readonly viewed: (view: View) => void;
}

const later: Later = (milliseconds, action) => {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
};

/** The technician's system; Chromium knows it better than the old name. */
const platform = platformOf((navigator as { userAgentData?: { platform?: string } }).userAgentData?.platform ?? navigator.platform);

/** How long a picture that nobody sees waits before it is painted: the host sends no more than fits into that. */
const unseenMilliseconds = 250;

export class Stage {
  readonly root: HTMLElement;
  readonly #viewport: Viewport;
  readonly #canvas: HTMLCanvasElement;
  readonly #sink: HTMLTextAreaElement;
  readonly #painter: Painter;
  readonly #pointerLook: PointerLook;
  readonly #pointer: PointerCapture;
  readonly #keyboard: Keyboard;
  readonly #flow: InputFlow;
  readonly #drawing: Drawing;
  readonly #events: StageEvents;
  #isLive = false;
  /** Whether anybody can see the picture. */
  #isShown = false;
  /** Whether a Control key is down: browsers call two fingers on a touchpad a wheel with Control, without any key. */
  #isControlHeld = false;

  constructor(say: Say, events: StageEvents, signal: AbortSignal) {
    this.#events = events;
    this.#canvas = element("canvas", { id: "screen", width: 1, height: 1, tabindex: -1, role: "img", "aria-label": say("canvas.label") });
    this.#sink = element("textarea", {
      class: "keyboard-sink", "aria-label": say("canvas.label"), autocomplete: "off", autocapitalize: "off", spellcheck: "false", inputmode: "none", rows: 1,
    });
    const mark = element("canvas", { class: "customer-pointer", width: 1, height: 1, hidden: true, "aria-hidden": "true" });
    this.#pointerLook = new PointerLook(this.#canvas, mark);
    this.#viewport = new Viewport(this.#canvas, [mark], {
      changed: (view) => this.#viewed(view),
      slid: () => this.#isLive && this.#pointer.follow(),
      isZoom: (event) => !this.#isControlHeld || event.altKey || !this.#flow.mayPoint,
    }, signal);
    // The sink beside the part that scrolls: browsers scroll to where text is entered.
    this.root = element("section", { class: "stage", "aria-label": say("canvas.heading") }, this.#viewport.root, this.#sink);
    this.#painter = new Painter({
      ...paintOn(this.#canvas),
      nextFrame: (action) => (this.#isShown ? requestAnimationFrame(action) : setTimeout(() => requestAnimationFrame(action), unseenMilliseconds)),
      painted: events.painted,
      spent: events.spent,
      now: () => performance.timeOrigin + performance.now(),
    });
    this.#flow = new InputFlow({ send: events.input, nextFrame: (action) => requestAnimationFrame(action), later });
    this.#keyboard = new Keyboard(platform, (messages) => this.#flow.keys(messages), later);
    const view = (): { scale: number; area: View["area"] } | null => {
      const shown = this.#isLive ? this.#viewport.view : null;
      return shown === null ? null : { scale: shown.placement.scale, area: shown.area };
    };
    const nextFrame = (action: () => void): void => void requestAnimationFrame(action);
    this.#drawing = new Drawing({ send: events.draw, nextFrame, now: () => performance.now() });
    // While a tool is on, the pointer points and draws, and does nothing at the customer's.
    this.#pointer = new PointerCapture(this.#canvas, this.#flow, () => (this.#drawing.tool === null ? view() : null), (event) => this.#pointed(event));
    new DrawingCapture(this.#canvas, this.#drawing, view, (event) => this.#pointed(event));
    this.#listen(signal);
    signal.addEventListener("abort", () => this.#end());
  }

  static get isMac(): boolean {
    return platform === "mac";
  }

  /** null before the first layout. */
  get view(): View | null {
    return this.#viewport.view;
  }

  /** The whole screen's; null before the first layout. */
  get size(): Size | null {
    return this.#viewport.size;
  }

  get mayType(): boolean {
    return this.#flow.mayType;
  }

  /** Where marks on the picture belong; they are placed in its own coordinates and cut off with it. */
  get over(): HTMLElement {
    return this.#viewport.over;
  }

  /** Told of what is painted while the technician looks at the figures; null: nobody. */
  set observer(observer: PaintObserver | null) {
    this.#painter.observer = observer;
  }

  get hasFocus(): boolean {
    return document.activeElement === this.#sink;
  }

  /** Whether the picture may be acted on: the session is active. */
  set isLive(live: boolean) {
    if (this.#isLive && !live) this.#release();
    this.#isLive = live;
  }

  /** Whether the stage is in the document. */
  set isShown(shown: boolean) {
    this.#isShown = shown;
    this.#viewport.isShown = shown;
  }

  /** What is shown of the customer's screen at this moment, in the customer's own pixels; null before there is anything. */
  picture(): HTMLCanvasElement | null {
    const area = this.#viewport.view?.area;
    if (area === undefined || area.width < 1 || area.height < 1) return null;
    const copy = element("canvas", { width: area.width, height: area.height });
    copy.getContext("2d")?.drawImage(this.#canvas, -area.x, -area.y);
    return copy;
  }

  /** Takes a tool for pointing and drawing; null: the pointer is the customer's again, where that is allowed. */
  draw(tool: Tool | null): void {
    if (tool !== null) this.#release();
    this.#drawing.use(tool);
    this.root.dataset["tool"] = tool ?? "";
    this.#pointerLook.steer(this.#flow.mayPoint && tool === null);
  }

  /** Marks that come now stay, or go by themselves. */
  keepMarks(isKept: boolean): void {
    this.#drawing.isKept = isKept;
  }

  undoMark(): void {
    this.#drawing.undo();
  }

  clearMarks(): void {
    this.#drawing.clear();
  }

  grant(granted: number): void {
    if (!this.#flow.mayType) this.#keyboard.forget();
    this.#flow.grant(granted);
    if (!this.#flow.mayPoint) this.#pointer.forget();
    if (!this.#flow.mayType) this.#keyboard.forget();
    this.#pointerLook.steer(this.#flow.mayPoint && this.#drawing.tool === null);
  }

  /** A new screen: what the browser cannot show, and which chosen display is no longer there. */
  start(layout: Layout): { readonly isShown: boolean; readonly gone: Display | null } {
    const isShown = this.#painter.start(layout);
    return { isShown, gone: this.#viewport.start({ width: layout.width, height: layout.height }, layout.displays) };
  }

  update(update: Update): void {
    this.#painter.add(update);
  }

  pointerShape(shape: PointerShape): void {
    this.#pointerLook.shape(shape);
  }

  pointerPosition(position: PointerPosition): void {
    this.#pointerLook.position(position);
  }

  hidePointer(): void {
    this.#pointerLook.hide();
  }

  scale(scaling: Scaling): void {
    this.#viewport.scale(scaling);
  }

  zoom(direction: 1 | -1): void {
    this.#viewport.zoom(direction);
  }

  /** Shows one display, or all of the screen. */
  choose(display: Display | null): void {
    this.#viewport.choose(display);
  }

  /** Presses keys that the technician's own system would keep for itself. */
  type(text: string): void {
    this.#flow.keys([{ type: "TEXT", text }]);
  }

  chord(keys: readonly { readonly code: string; readonly key: string }[]): void {
    this.#keyboard.chord(keys);
  }

  /** Gives the picture the keyboard. */
  focus(): void {
    this.#sink.focus({ preventScroll: true });
  }

  #viewed(view: View): void {
    this.#pointerLook.place(view.placement.scale, view.area);
    this.#events.viewed(view);
  }

  #listen(signal: AbortSignal): void {
    this.#canvas.addEventListener("focus", () => this.focus());
    addEventListener("keydown", (event) => this.#keyDown(event), { capture: true, signal });
    addEventListener("keyup", (event) => this.#keyUp(event), { capture: true, signal });
    addEventListener("blur", () => this.#left(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#release(), { signal });
    this.#sink.addEventListener("blur", () => this.#release());
    // Before the pointer's own listeners: Control, Command or Option under a click has to be down when the button is.
    for (const name of ["pointerdown", "wheel"] as const) this.#canvas.addEventListener(name, (event) => this.#keyboard.commit(event), { capture: true, passive: true });
    this.#sink.addEventListener("compositionend", (event) => this.#typed(event.data));
    this.#sink.addEventListener("beforeinput", (event) => this.#deleted(event));
    this.#sink.addEventListener("input", (event) => {
      const entered = textOf(event as InputEvent, this.#sink.value);
      if (entered !== "") this.#typed(entered);
    });
  }

  /** Keys belong to the picture while it has the focus, and when nothing has. */
  #isForPicture(event: KeyboardEvent): boolean {
    // Chromium fills in forms with events that are called keydown and know no key.
    return event instanceof KeyboardEvent && this.#isLive && (event.target === this.#sink || event.target === document.body);
  }

  #keyDown(event: KeyboardEvent): void {
    this.#isControlHeld = event.ctrlKey;
    const shortcut = this.#isLive ? shortcutOf(event) : null;
    if (shortcut !== null) {
      event.preventDefault();
      this.#release();
      // Held down it would switch to and fro; only sizes have a next one.
      if (!event.repeat || shortcut === "larger" || shortcut === "smaller") this.#events.shortcut(shortcut);
      return;
    }
    if (!this.#isForPicture(event)) return;
    if (this.#takeForTool(event)) return event.preventDefault();
    // Who only looks keeps the keys, Tab among them.
    if (!this.#flow.mayType) return;
    if (this.#keyboard.down(event as KeyPress)) event.preventDefault();
    // What the browser is to compose has to arrive in the sink.
    else if (!this.hasFocus) this.focus();
  }

  /** Escape ends the tool; arrows and the space bar point and draw without a mouse. */
  #takeForTool(event: KeyboardEvent): boolean {
    const view = this.#viewport.view;
    if (this.#drawing.tool === null || view === null) return false;
    if (event.code === "Escape" && !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey) {
      this.#events.toolEnded();
      return true;
    }
    return this.#drawing.key(event, view.area);
  }

  #keyUp(event: KeyboardEvent): void {
    this.#isControlHeld = event.ctrlKey;
    if (this.#isForPicture(event) && this.#keyboard.up(event as KeyPress)) event.preventDefault();
  }

  #deleted(event: InputEvent): void {
    const keys = this.#isLive ? deletionOf(event) : null;
    if (keys === null) return;
    event.preventDefault();
    this.#keyboard.chord(keys);
  }

  #typed(text: string): void {
    this.#sink.value = "";
    if (this.#isLive && text !== "") this.#keyboard.text(text);
  }

  #pointed(event: PointerEvent): void {
    this.#keyboard.observe(event);
    this.#viewport.pointed(event.clientX, event.clientY);
    if (event.type !== "pointerdown") return;
    // Where an input method opens its window.
    const box = this.root.getBoundingClientRect();
    this.#sink.style.left = `${event.clientX - box.left}px`;
    this.#sink.style.top = `${event.clientY - box.top}px`;
    this.focus();
  }

  /** The window lost the keyboard: what is released now is not told. */
  #left(): void {
    this.#isControlHeld = false;
    this.#release();
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
