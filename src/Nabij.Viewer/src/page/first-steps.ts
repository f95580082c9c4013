// The first steps for a technician who is new at the desk: a card above the work and never in its way. It points at the
// part of the desk that it tells about. Escape or its button puts it away; a button below brings it back.

import { button, element, setText } from "./element.ts";
import { steps, StepsModel, type Memory, type Step } from "./steps-model.ts";
import type { Say } from "./texts/texts.ts";

/** What each step points at; the others are about what is not on the screen yet. */
const targets: Partial<Readonly<Record<Step, string>>> = { code: ".code-form", waiting: "#waiting-heading", safety: ".protection", account: ".staff .who" };
const pointed = "is-pointed-at";

export class FirstSteps {
  /** The card. */
  readonly root: HTMLElement;
  /** Brings the card back. */
  readonly opener: HTMLButtonElement;
  readonly #say: Say;
  readonly #model: StepsModel;
  readonly #title = element("h2", { id: "steps-title", tabindex: -1 });
  readonly #count = element("p", { class: "hint" });
  readonly #text = element("p");
  readonly #back: HTMLButtonElement;
  readonly #next: HTMLButtonElement;

  constructor(say: Say, technicianId: string, memory: Memory | null) {
    this.#say = say;
    this.#model = new StepsModel(memory, technicianId);
    this.#back = button(say("steps.back"), { class: "quiet" }, () => this.#go(() => this.#model.back()));
    this.#next = button("", { class: "primary" }, () => this.#go(() => this.#model.next()));
    const away = button(say("steps.away"), { class: "quiet", id: "steps-away" }, () => this.#putAway());
    this.root = element(
      "section",
      { class: "card first-steps", "aria-labelledby": "steps-title" },
      element("div", { class: "steps-head" }, this.#title, this.#count),
      this.#text,
      element("div", { class: "steps-buttons" }, this.#back, this.#next, away),
    );
    this.opener = button(say("steps.open"), { class: "link", id: "steps-open" }, () => this.#go(() => this.#model.bringBack()));
    this.root.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** Shows the step that is on, and points at what it is about; once the desk stands in the page. */
  begin(): void {
    this.#show();
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") this.#putAway();
    else if (event.key === "ArrowRight" && !this.#model.isLast) this.#go(() => this.#model.next());
    else if (event.key === "ArrowLeft") this.#go(() => this.#model.back());
    else return;
    event.preventDefault();
  }

  #putAway(): void {
    this.#model.putAway();
    this.#show();
    this.opener.focus();
  }

  /** The keyboard follows, so that a screen reader tells the new step. */
  #go(change: () => void): void {
    change();
    this.#show();
    (this.#model.isShown ? this.#title : this.opener).focus();
  }

  #show(): void {
    const { step, isShown, isFirst, isLast, number } = this.#model;
    this.root.hidden = !isShown;
    this.opener.hidden = isShown;
    this.#back.hidden = isFirst;
    setText(this.#title, this.#say(`steps.${step}.title`));
    setText(this.#count, this.#say("steps.count", { number, count: steps.length }));
    setText(this.#text, this.#say(`steps.${step}.text`));
    setText(this.#next, this.#say(isLast ? "steps.done" : "steps.next"));
    for (const marked of document.querySelectorAll(`.${pointed}`)) marked.classList.remove(pointed);
    const target = targets[step];
    if (isShown && target !== undefined) document.querySelector(target)?.classList.add(pointed);
  }
}
