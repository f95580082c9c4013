// The part of the panel that says how the picture is shown: its size, full screen, which display, and the figures.

import type { Display } from "../protocol/screen.ts";
import { actualSize, type Scaling } from "../screen/placement.ts";
import { DisplayMap } from "./display-map.ts";
import { button, element, setText } from "./element.ts";
import type { Say } from "./texts/texts.ts";
import type { View } from "./viewport.ts";

export interface ViewSectionEvents {
  readonly scale: (scaling: Scaling) => void;
  readonly zoom: (direction: 1 | -1) => void;
  readonly choose: (display: Display | null) => void;
  readonly fullScreen: () => void;
  readonly figures: () => void;
}

export class ViewSection {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #displays: DisplayMap;
  readonly #fit: HTMLButtonElement;
  readonly #actual: HTMLButtonElement;
  readonly #percent: HTMLButtonElement;
  readonly #fullScreen: HTMLButtonElement;
  readonly #figures: HTMLButtonElement;
  readonly #summary = element("p", { class: "hint" });

  constructor(say: Say, events: ViewSectionEvents) {
    this.#say = say;
    this.#displays = new DisplayMap(say, events.choose);
    this.#fit = button(say("bar.fit"), { title: say("bar.fitLong") }, () => events.scale("fit"));
    this.#actual = button(say("bar.actual"), { title: say("bar.actualLong") }, () => events.scale(actualSize));
    const smaller = button("−", { "aria-label": say("bar.smaller"), title: say("bar.smaller") }, () => events.zoom(-1));
    const larger = button("+", { "aria-label": say("bar.larger"), title: say("bar.larger") }, () => events.zoom(1));
    this.#percent = button("100 %", { class: "percent", title: say("bar.fitLong") }, () => events.scale("fit"));
    this.#fullScreen = button(say("bar.fullscreen"), { class: "quiet" }, events.fullScreen);
    this.#figures = button(say("figures.show"), { class: "quiet", "aria-pressed": "false" }, events.figures);
    const sizes = element("div", { class: "segments", role: "group", "aria-label": say("bar.view") }, this.#fit, this.#actual);
    const zoom = element("div", { class: "segments zoom", role: "group", "aria-label": say("bar.zoom") }, smaller, this.#percent, larger);
    const view = element("section", {}, element("h2", {}, say("bar.view")), sizes, zoom, this.#fullScreen, this.#figures, this.#summary);
    this.root = element("div", { class: "view-section" }, this.#displays.root, view);
  }

  /** Takes the keyboard. */
  focus(): void {
    this.#fit.focus();
  }

  show(view: View): void {
    const { scaling, placement } = view;
    this.#fit.setAttribute("aria-pressed", String(scaling === "fit"));
    this.#actual.setAttribute("aria-pressed", String(scaling === actualSize));
    const percent = `${Math.round(placement.dots * 100)} %`;
    setText(this.#percent, percent);
    this.#percent.setAttribute("aria-label", this.#say("bar.percent", { percent }));
    this.#displays.show(view);
  }

  showFullScreen(isFullScreen: boolean): void {
    setText(this.#fullScreen, this.#say(isFullScreen ? "bar.fullscreenLeave" : "bar.fullscreen"));
  }

  showFigures(isShown: boolean): void {
    this.#figures.setAttribute("aria-pressed", String(isShown));
  }

  /** What the figures say, in words; empty: they are not shown. */
  summarize(summary: string): void {
    setText(this.#summary, summary);
  }
}
