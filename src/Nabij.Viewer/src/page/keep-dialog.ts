// What a technician sees before a picture of the customer's screen is kept: the picture as it was at that moment, what of it
// is blacked out or left away, and words for it. Nothing has left the page before "Keep".

import { captionOf, largestImage } from "../pictures/envelope.ts";
import { PictureEditing, type EditingTool, type Part, type Point } from "../pictures/editing.ts";
import { button, element, setText } from "./element.ts";
import type { Say, TextKey } from "./texts/texts.ts";

/** Pixels that an arrow key moves the corner; with Shift one. */
const keyStep = 16;
/** A press that moves no further is a click: the other corner is clicked too. */
const clickPixels = 4;
const longestTyped = 200;

export interface EditedPicture {
  readonly image: Uint8Array<ArrayBuffer>;
  readonly caption: string;
}

export interface KeepDialogEvents {
  /** Keeps it. Says what went wrong, or nothing when it is kept. */
  readonly keep: (picture: EditedPicture) => Promise<string>;
  readonly closed: () => void;
}

export class KeepDialog {
  readonly root: HTMLDialogElement;
  readonly #say: Say;
  readonly #events: KeepDialogEvents;
  readonly #canvas = element("canvas", { tabindex: 0, role: "application", "aria-describedby": "keep-hint keep-marked" });
  readonly #caption: HTMLInputElement;
  readonly #marked = element("p", { id: "keep-marked", class: "hint", role: "status" });
  readonly #problem = element("p", { id: "keep-problem", class: "keep-problem", role: "alert" });
  readonly #undo: HTMLButtonElement;
  readonly #whole: HTMLButtonElement;
  readonly #keep: HTMLButtonElement;
  readonly #tools: readonly HTMLInputElement[];
  #source: HTMLCanvasElement | null = null;
  #editing = new PictureEditing(1, 1);
  /** Where the pointer or the keys are. */
  #at: Point = { x: 0, y: 0 };
  #pressedAt: Point | null = null;

  constructor(say: Say, events: KeepDialogEvents) {
    this.#say = say;
    this.#events = events;
    this.#canvas.setAttribute("aria-label", say("keep.picture"));
    this.#undo = button(say("keep.undo"), { class: "quiet" }, () => this.#change(() => this.#editing.undo()));
    this.#whole = button(say("keep.whole"), { class: "quiet" }, () => this.#change(() => this.#editing.keepWhole()));
    this.#keep = button(say("keep.keep"), { class: "primary" }, () => void this.#finish());
    this.#caption = element("input", { id: "keep-caption", type: "text", maxlength: longestTyped, autocomplete: "off" });
    this.#tools = [this.#tool("black-out"), this.#tool("part")];
    const cancel = button(say("keep.cancel"), { class: "quiet" }, () => this.root.close());
    const captions: readonly TextKey[] = ["keep.blackOut", "keep.part"];
    const choices = this.#tools.map((input, index) => element("label", {}, input, say(captions[index] ?? "keep.part")));
    const tools = element("fieldset", { class: "look-choice" }, element("legend", {}, say("keep.tool")), ...choices);
    const caption = element("div", { class: "keep-caption" }, element("label", { for: "keep-caption" }, say("keep.caption")), this.#caption);
    this.root = element(
      "dialog", { class: "desk-dialog keep-dialog", "aria-labelledby": "keep-title" },
      element("h2", { id: "keep-title" }, say("keep.title")), element("p", {}, say("keep.lead")), tools,
      element("p", { id: "keep-hint", class: "hint" }, say("keep.hint")), element("div", { class: "keep-picture" }, this.#canvas),
      element("div", { class: "keep-steps" }, this.#undo, this.#whole, this.#marked), caption, this.#problem,
      element("div", { class: "actions" }, this.#keep, cancel),
    );
    this.#listen();
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** @param source in the customer's own pixels; nobody changes it any more */
  open(source: HTMLCanvasElement): void {
    this.#source = source;
    this.#editing = new PictureEditing(source.width, source.height);
    this.#at = { x: Math.round(source.width / 2), y: Math.round(source.height / 2) };
    this.#resize(source.width, source.height);
    this.#caption.value = "";
    this.#problem.textContent = "";
    for (const tool of this.#tools) tool.checked = tool.value === "black-out";
    this.#setBusy(false);
    this.#draw();
    if (!this.root.open) this.root.showModal();
    this.#canvas.focus();
  }

  close(): void {
    if (this.root.open) this.root.close();
  }

  #resize(width: number, height: number): void {
    this.#canvas.width = width;
    this.#canvas.height = height;
  }

  #tool(tool: EditingTool): HTMLInputElement {
    const input = element("input", { type: "radio", name: "keep-tool", value: tool, checked: tool === "black-out" });
    input.addEventListener("change", () => this.#change(() => {
      this.#editing.tool = tool;
      this.#editing.cancel();
    }));
    return input;
  }

  #listen(): void {
    const canvas = this.#canvas;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      this.#at = this.#pointOf(event);
      this.#pressedAt = { x: event.clientX, y: event.clientY };
      if (this.#editing.corner === null) this.#editing.begin(this.#at);
      this.#draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      this.#at = this.#pointOf(event);
      if (this.#editing.corner !== null) this.#draw();
    });
    canvas.addEventListener("pointerup", (event) => this.#released(event));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    for (const name of ["focus", "blur"]) canvas.addEventListener(name, () => this.#draw());
    this.#caption.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) void this.#finish();
    });
    this.root.addEventListener("close", () => {
      this.#source = null;
      this.#resize(1, 1);
      this.#events.closed();
    });
  }

  /** Dragged: the mark is done. Clicked at the first corner: the second one is still to come. */
  #released(event: PointerEvent): void {
    const pressed = this.#pressedAt;
    if (pressed === null) return;
    this.#pressedAt = null;
    this.#at = this.#pointOf(event);
    const made = this.#editing.draft(this.#at);
    const isClick = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < clickPixels;
    const isFirst = made !== null && made.width < clickPixels && made.height < clickPixels;
    if (isClick && isFirst) this.#draw();
    else this.#change(() => this.#editing.end(this.#at));
  }

  #key(event: KeyboardEvent): void {
    const step = event.shiftKey ? 1 : keyStep;
    const moves: Readonly<Record<string, Point>> = { ArrowLeft: { x: -step, y: 0 }, ArrowRight: { x: step, y: 0 }, ArrowUp: { x: 0, y: -step }, ArrowDown: { x: 0, y: step } };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move !== undefined) {
      const { width, height } = this.#canvas;
      this.#at = { x: Math.min(Math.max(this.#at.x + move.x, 0), width), y: Math.min(Math.max(this.#at.y + move.y, 0), height) };
      this.#draw();
    } else if (event.key === " " || event.key === "Enter") {
      if (this.#editing.corner === null) this.#change(() => this.#editing.begin(this.#at));
      else this.#change(() => this.#editing.end(this.#at));
    } else if (event.key === "Escape" && this.#editing.corner !== null) this.#change(() => this.#editing.cancel());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #change(act: () => void): void {
    act();
    this.#draw();
  }

  #pointOf(event: PointerEvent): Point {
    const box = this.#canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * this.#canvas.width / Math.max(1, box.width), y: (event.clientY - box.top) * this.#canvas.height / Math.max(1, box.height) };
  }

  #draw(): void {
    const context = this.#canvas.getContext("2d");
    if (context === null || this.#source === null) return;
    const { width, height } = this.#canvas;
    const { part, blackOuts, corner } = this.#editing;
    context.drawImage(this.#source, 0, 0);
    blackOut(context, blackOuts, { x: 0, y: 0 });
    if (!this.#editing.isWhole) {
      context.fillStyle = "rgb(255 255 255 / 75%)";
      context.fill(framePath(width, height, part), "evenodd");
    }
    const unit = Math.max(1, width / Math.max(1, this.#canvas.clientWidth));
    const draft = this.#editing.draft(this.#at);
    if (draft !== null) this.#outline(context, draft, unit);
    if (corner !== null || document.activeElement === this.#canvas) this.#cross(context, unit);
    this.#undo.disabled = !this.#editing.mayUndo;
    this.#whole.disabled = this.#editing.isWhole;
    const count = blackOuts.length;
    const size = this.#editing.isWhole ? this.#say("keep.isWhole") : this.#say("keep.isPart", { width: part.width, height: part.height });
    const blacked = count === 0 ? "" : ` ${count === 1 ? this.#say("keep.blackedOne") : this.#say("keep.blacked", { count })}`;
    setText(this.#marked, corner === null ? `${size}${blacked}` : this.#say("keep.otherCorner"));
  }

  #outline(context: CanvasRenderingContext2D, { x, y, width, height }: Part, unit: number): void {
    context.lineWidth = 2 * unit;
    for (const [color, dash] of [["#ffffff", []], ["#b3261e", [8 * unit, 6 * unit]]] as const) {
      context.strokeStyle = color;
      context.setLineDash([...dash]);
      context.strokeRect(x, y, width, height);
    }
    context.setLineDash([]);
  }

  #cross(context: CanvasRenderingContext2D, unit: number): void {
    const { x, y } = this.#at;
    const arm = 12 * unit;
    for (const [color, line] of [["#ffffff", 4], ["#b3261e", 2]] as const) {
      context.strokeStyle = color;
      context.lineWidth = line * unit;
      context.beginPath();
      context.moveTo(x - arm, y);
      context.lineTo(x + arm, y);
      context.moveTo(x, y - arm);
      context.lineTo(x, y + arm);
      context.stroke();
    }
  }

  async #finish(): Promise<void> {
    const source = this.#source;
    if (this.#keep.disabled || source === null) return;
    this.#setBusy(true);
    this.#problem.textContent = "";
    const image = await this.#encode(source);
    const problem = image === null ? this.#say("keep.failed") : image.length > largestImage
      ? this.#say("keep.large", { size: (image.length / 1024 / 1024).toFixed(1), most: largestImage / 1024 / 1024 })
      : await this.#events.keep({ image, caption: captionOf(this.#caption.value) });
    // Closed meanwhile, and perhaps open again with another picture.
    if (this.#source !== source) return;
    this.#setBusy(false);
    if (problem === "") this.close();
    else setText(this.#problem, problem);
  }

  /** What is blacked out is no longer in it. */
  async #encode(source: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | null> {
    const { part, blackOuts } = this.#editing;
    const kept = element("canvas", { width: part.width, height: part.height });
    const context = kept.getContext("2d");
    if (context === null) return null;
    context.drawImage(source, -part.x, -part.y);
    blackOut(context, blackOuts, part);
    const blob = await new Promise<Blob | null>((resolve) => kept.toBlob(resolve, "image/png"));
    return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
  }

  #setBusy(isBusy: boolean): void {
    this.#keep.disabled = isBusy;
    setText(this.#keep, this.#say(isBusy ? "keep.keeping" : "keep.keep"));
  }
}

function blackOut(context: CanvasRenderingContext2D, parts: readonly Part[], from: Point): void {
  context.fillStyle = "#000000";
  for (const { x, y, width, height } of parts) context.fillRect(x - from.x, y - from.y, width, height);
}

function framePath(width: number, height: number, part: Part): Path2D {
  const path = new Path2D();
  path.rect(0, 0, width, height);
  path.rect(part.x, part.y, part.width, part.height);
  return path;
}
