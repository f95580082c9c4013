// The figures of the picture, for whoever wants to know why it is as it is: colors over the blocks that changed, and times.
// Exists only while it is shown; nothing of it takes the pointer, and screen readers get its summary from the panel.

import type { InputMessage } from "../protocol/input.ts";
import { BlockMarks, kindColors, type ColoredKind } from "../screen/block-marks.ts";
import { FigureGatherer, type Figures } from "../screen/figures.ts";
import type { Update } from "../screen/painter.ts";
import type { Size } from "../screen/placement.ts";
import { element, setText } from "./element.ts";
import type { Say, TextKey } from "./texts/texts.ts";
import type { View } from "./viewport.ts";

const textMilliseconds = 500;
const fadeStepMilliseconds = 100;
const roundTripMilliseconds = 2_000;
const blockSide = 16;

const rows: readonly { readonly name: keyof Figures; readonly caption: TextKey }[] = [
  { name: "echo", caption: "figures.echo" },
  { name: "input", caption: "figures.input" },
  { name: "roundTrip", caption: "figures.roundTrip" },
  { name: "arrival", caption: "figures.arrival" },
  { name: "decode", caption: "figures.decode" },
  { name: "paint", caption: "figures.paint" },
  { name: "framesPerSecond", caption: "figures.frames" },
  { name: "kilobytesPerSecond", caption: "figures.traffic" },
];

const now = (): number => performance.timeOrigin + performance.now();

export class Inspector {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #summed: (summary: string) => void;
  readonly #gatherer = new FigureGatherer();
  readonly #tint = element("canvas", { class: "tint", "aria-hidden": "true" });
  readonly #values = new Map<keyof Figures, HTMLElement>();
  readonly #legend = new Map<ColoredKind, HTMLElement>();
  readonly #over = new AbortController();
  #marks: BlockMarks | null = null;
  #image: ImageData | null = null;
  /** When the key or button went down that input is about to be sent for. */
  #pressedAt: number | null = null;

  /**
   * @param over what the tint is laid into, in the picture's own coordinates
   * @param summed told the most important figures in words, now and then
   */
  constructor(say: Say, over: HTMLElement, summed: (summary: string) => void) {
    this.#say = say;
    this.#summed = summed;
    over.append(this.#tint);
    const list = element("dl", {}, ...rows.map(({ name, caption }) => this.#row(name, say(caption))));
    const legend = element("ul", {}, ...(Object.keys(kindColors) as ColoredKind[]).map((kind) => this.#entry(kind)));
    this.root = element("div", { class: "figures", "aria-hidden": "true" }, list, legend);
    const { signal } = this.#over;
    for (const name of ["keydown", "pointerdown"] as const) {
      addEventListener(name, (event) => (this.#pressedAt = performance.timeOrigin + event.timeStamp), { capture: true, signal });
    }
    this.#every(textMilliseconds, () => this.#tell());
    this.#every(fadeStepMilliseconds, () => this.#paintTint());
    this.#every(roundTripMilliseconds, () => void this.#measureRoundTrip());
    void this.#measureRoundTrip();
  }

  /** A screen of this size begins. */
  start(size: Size): void {
    this.#marks = new BlockMarks(size);
    this.#tint.width = this.#marks.columns;
    this.#tint.height = this.#marks.rows;
    this.#image = new ImageData(this.#marks.columns, this.#marks.rows);
  }

  place({ placement, area }: View): void {
    const { style } = this.#tint;
    style.left = `${-area.x * placement.scale}px`;
    style.top = `${-area.y * placement.scale}px`;
    style.width = `${this.#tint.width * blockSide * placement.scale}px`;
    style.height = `${this.#tint.height * blockSide * placement.scale}px`;
  }

  /** For the painter: in the frame in which it happens. */
  painted(updates: readonly Update[], paintedAt: number): void {
    this.#gatherer.painted(updates, paintedAt);
    for (const update of updates) this.#marks?.add(update, paintedAt);
    this.#paintTint();
  }

  /** These messages go to the worker now. Returns when the press happened that is among them, if one is. */
  sending(messages: readonly InputMessage[]): number | undefined {
    const isPress = messages.some((message) => (message.type === "KEY" || message.type === "POINTER_BUTTON") && message.down);
    if (!isPress || this.#pressedAt === null) return undefined;
    this.#gatherer.pressed(this.#pressedAt);
    return this.#pressedAt;
  }

  inputSent(milliseconds: number): void {
    this.#gatherer.inputSent(now(), milliseconds);
  }

  close(): void {
    this.#over.abort();
    this.#tint.remove();
    this.root.remove();
    this.#summed("");
  }

  #row(name: keyof Figures, caption: string): HTMLElement {
    const value = element("dd", { "data-figure": name });
    this.#values.set(name, value);
    return element("div", {}, element("dt", {}, caption), value);
  }

  #entry(kind: ColoredKind): HTMLElement {
    const swatch = element("span", { class: "swatch" });
    swatch.style.backgroundColor = `rgb(${kindColors[kind].join(" ")})`;
    const entry = element("li", { hidden: true }, swatch, this.#say(`figures.kind.${kind}`));
    this.#legend.set(kind, entry);
    return entry;
  }

  #every(milliseconds: number, action: () => void): void {
    const timer = setInterval(action, milliseconds);
    this.#over.signal.addEventListener("abort", () => clearInterval(timer));
  }

  #tell(): void {
    const figures = this.#gatherer.take(now());
    for (const [name, value] of this.#values) setText(value, this.#inWords(name, figures[name]));
    const frames = this.#inWords("framesPerSecond", figures.framesPerSecond);
    const traffic = this.#inWords("kilobytesPerSecond", figures.kilobytesPerSecond);
    this.#summed(this.#say("figures.summary", { frames, traffic, echo: this.#inWords("echo", figures.echo) }));
  }

  #inWords(name: keyof Figures, value: number | null): string {
    if (value === null) return "–";
    if (name === "framesPerSecond") return this.#say("figures.perSecond", { value: value.toFixed(value < 10 ? 1 : 0) });
    if (name === "kilobytesPerSecond") return this.#say("figures.kilobytes", { value: value.toFixed(value < 100 ? 1 : 0) });
    return this.#say("figures.milliseconds", { value: value.toFixed(1) });
  }

  #paintTint(): void {
    if (this.#marks === null || this.#image === null) return;
    const seen = this.#marks.paint(this.#image.data, now());
    this.#tint.getContext("2d")?.putImageData(this.#image, 0, 0);
    for (const [kind, entry] of this.#legend) if (seen.has(kind)) entry.hidden = false;
  }

  /** The session's own socket has no echo without the customer's computer; this is the way to the server alone. */
  async #measureRoundTrip(): Promise<void> {
    const begin = now();
    try {
      const { ok } = await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: this.#over.signal });
      if (ok) this.#gatherer.roundTrip(now(), now() - begin);
    } catch {
      // Away for a moment, or closed: there is no figure then.
    }
  }
}
