// The shared displays as they stand on the customer's desk, drawn small: each is a button with its number, and one more
// shows them all. Names are the peer's text.

import type { Display } from "../protocol/screen.ts";
import { button, element, setText } from "./element.ts";
import type { Say } from "./texts/texts.ts";
import type { View } from "./viewport.ts";

export class DisplayMap {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #choose: (display: Display | null) => void;
  readonly #all: HTMLButtonElement;
  readonly #map = element("div", { class: "map" });
  readonly #chosen = element("p", { class: "hint" });
  #displays: readonly Display[] = [];
  #buttons: readonly HTMLButtonElement[] = [];

  constructor(say: Say, choose: (display: Display | null) => void) {
    this.#say = say;
    this.#choose = choose;
    this.#all = button(say("displays.all"), { class: "quiet" }, () => choose(null));
    const group = element("div", { class: "displays", role: "group", "aria-label": say("displays.label") }, this.#map, this.#all);
    this.root = element("section", { hidden: true }, element("h2", {}, say("displays.label")), group, this.#chosen);
  }

  show({ displays, display }: View): void {
    if (displays !== this.#displays) this.#draw(displays);
    this.root.hidden = displays.length < 2;
    this.#all.setAttribute("aria-pressed", String(display === null));
    displays.forEach((one, i) => this.#buttons[i]?.setAttribute("aria-pressed", String(one === display)));
    const number = display === null ? 0 : displays.indexOf(display) + 1;
    setText(this.#chosen, display === null ? this.#say("displays.showsAll") : this.#nameOf(display, number));
  }

  #draw(displays: readonly Display[]): void {
    this.#displays = displays;
    const right = Math.max(1, ...displays.map(({ x, width }) => x + width));
    const bottom = Math.max(1, ...displays.map(({ y, height }) => y + height));
    const left = Math.min(right - 1, ...displays.map(({ x }) => x));
    const top = Math.min(bottom - 1, ...displays.map(({ y }) => y));
    const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(3)}%`;
    this.#map.style.aspectRatio = `${right - left} / ${bottom - top}`;
    this.#buttons = displays.map((display, i) => {
      const name = this.#nameOf(display, i + 1);
      const made = button(String(i + 1), { "aria-label": name, title: name }, () => this.#choose(display));
      made.style.left = percent(display.x - left, right - left);
      made.style.top = percent(display.y - top, bottom - top);
      made.style.width = percent(display.width, right - left);
      made.style.height = percent(display.height, bottom - top);
      return made;
    });
    this.#map.replaceChildren(...this.#buttons);
  }

  #nameOf({ name, width, height }: Display, number: number): string {
    return name === "" ? this.#say("displays.nameless", { number, width, height }) : this.#say("displays.one", { number, name, width, height });
  }
}
