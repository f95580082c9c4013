// The part of the panel with the tools for pointing and drawing, and the note over the picture that says which one is on. Where
// the customer has not allowed it yet, choosing a tool asks, and the tool is on once the answer is yes.

import type { Tool } from "../input/drawing.ts";
import { permissions } from "../protocol/permissions.ts";
import { button, element, setText } from "./element.ts";
import type { SessionModel } from "./session-model.ts";
import type { Say, TextKey } from "./texts/texts.ts";

export interface DrawingSectionEvents {
  readonly use: (tool: Tool | null) => void;
  readonly keep: (isKept: boolean) => void;
  readonly undo: () => void;
  readonly clear: () => void;
  readonly ask: (permissions: number) => void;
  readonly toPicture: () => void;
}

const tools: readonly { readonly tool: Tool; readonly caption: TextKey }[] = [
  { tool: "point", caption: "draw.point" },
  { tool: "line", caption: "draw.line" },
  { tool: "arrow", caption: "draw.arrow" },
  { tool: "rectangle", caption: "draw.rectangle" },
  { tool: "ellipse", caption: "draw.ellipse" },
];

const pointing = permissions.VIEW | permissions.DRAW;

export class DrawingSection {
  /** For the panel. */
  readonly root: HTMLElement;
  /** For over the picture. */
  readonly note: HTMLElement;
  readonly #say: Say;
  readonly #events: DrawingSectionEvents;
  readonly #buttons: ReadonlyMap<Tool, HTMLButtonElement>;
  readonly #kept = element("input", { type: "checkbox", id: "draw-keep" });
  readonly #undo: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #hint = element("p", { class: "hint" });
  readonly #noteText = element("span", { role: "status" });
  #model: SessionModel | null = null;
  #tool: Tool | null = null;
  #newest: Tool = "point";
  /** Chosen while it is not allowed yet. */
  #wish: Tool | null = null;

  constructor(say: Say, events: DrawingSectionEvents) {
    this.#say = say;
    this.#events = events;
    this.#buttons = new Map(tools.map(({ tool, caption }) => [tool, button(say(caption), { class: "quiet", "aria-pressed": "false" }, () => this.toggle(tool))]));
    this.#kept.addEventListener("change", () => events.keep(this.#kept.checked));
    this.#undo = button(say("draw.undo"), { class: "quiet" }, events.undo);
    this.#clear = button(say("draw.clear"), { class: "quiet" }, events.clear);
    const group = element("div", { class: "tools", role: "group", "aria-label": say("draw.heading") }, ...this.#buttons.values());
    const keep = element("label", { class: "check-line", for: "draw-keep" }, this.#kept, say("draw.keep"));
    const away = element("div", { class: "tools" }, this.#undo, this.#clear);
    this.root = element("section", { class: "drawing" }, element("h2", {}, say("draw.heading")), group, keep, away, this.#hint);
    const done = button(say("draw.done"), { class: "quiet" }, () => {
      this.use(null);
      events.toPicture();
    });
    this.note = element("div", { class: "drawing-note", hidden: true }, this.#noteText, done);
  }

  get tool(): Tool | null {
    return this.#tool;
  }

  /** Takes the tool, or puts it away; without one the newest. */
  toggle(tool: Tool = this.#newest): void {
    if (this.#tool === tool || (this.#tool !== null && tool === this.#newest)) this.use(null);
    else this.use(tool);
    this.#events.toPicture();
  }

  use(tool: Tool | null): void {
    const model = this.#model;
    if (tool !== null && !isAllowed(model)) {
      if (model === null || (model.ceiling & permissions.DRAW) === 0) return;
      this.#newest = this.#wish = tool;
      if (model.asking === "none") this.#events.ask(permissions.DRAW);
      return;
    }
    this.#wish = null;
    if (tool === this.#tool) return;
    this.#tool = tool;
    if (tool !== null) this.#newest = tool;
    this.#events.use(tool);
    this.#showTool();
  }

  show(model: SessionModel): void {
    const wasAsking = this.#model?.asking === "open";
    this.#model = model;
    const may = isAllowed(model);
    const wish = this.#wish;
    if (may && wish !== null) this.use(wish);
    else if (wasAsking && model.asking !== "open") this.#wish = null;
    if (!may && this.#tool !== null) this.use(null);
    this.root.hidden = (model.ceiling & pointing) !== pointing || model.state !== "active";
    // One question at a time: while one is open, or was answered with no a moment ago, no other is asked.
    for (const one of this.#buttons.values()) one.disabled = !may && model.asking !== "none";
    this.#kept.disabled = this.#undo.disabled = this.#clear.disabled = !may;
    setText(this.#hint, may ? this.#say("draw.hint") : this.#say("draw.askHint"));
  }

  #showTool(): void {
    for (const [tool, one] of this.#buttons) one.setAttribute("aria-pressed", String(tool === this.#tool));
    this.note.hidden = this.#tool === null;
    setText(this.#noteText, this.#tool === null ? "" : this.#say(this.#tool === "point" ? "draw.pointing" : "draw.drawing"));
  }
}

function isAllowed(model: SessionModel | null): boolean {
  return model?.state === "active" && (model.granted & pointing) === pointing;
}
