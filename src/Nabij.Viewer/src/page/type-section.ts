// The part of the panel that types the technician's clipboard at the customer's as keys, with progress and Cancel.

import { maximumTyped, PacedText, typeable } from "../input/paced-text.ts";
import { button, element, setText } from "./element.ts";
import type { Say } from "./texts/texts.ts";

export class TypeSection {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #paced: PacedText;
  readonly #start: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #meter = element("progress", { hidden: true });
  readonly #status = element("p", { class: "hint", role: "status" });
  #mayType = false;

  /** @param type enters a text at the customer's */
  constructor(say: Say, type: (text: string) => void) {
    this.#say = say;
    this.#paced = new PacedText({
      type,
      later: (milliseconds, action) => {
        const timer = setTimeout(action, milliseconds);
        return () => clearTimeout(timer);
      },
      progress: (typed, total) => this.#progress(typed, total),
    });
    this.#start = button(say("typing.start"), { class: "quiet", title: say("typing.startLong") }, () => void this.#read());
    this.#cancel = button(say("typing.cancel"), { class: "quiet", hidden: true }, () => this.cancel());
    this.#meter.setAttribute("aria-label", say("typing.start"));
    this.root = element("div", { class: "typing" }, this.#start, this.#meter, this.#cancel, this.#status);
  }

  /** Whether the customer lets the technician type now; when that ends, so does what runs. */
  allow(mayType: boolean): void {
    this.#mayType = mayType;
    if (!mayType) this.cancel();
  }

  cancel(): void {
    if (!this.#paced.isRunning) return;
    this.#paced.cancel();
    this.#tell(this.#say("typing.canceled"));
  }

  async #read(): Promise<void> {
    let text: string;
    try {
      text = typeable(await navigator.clipboard.readText());
    } catch {
      return this.#tell(this.#say("typing.refused"));
    }
    if (!this.#mayType) return;
    const count = Array.from(text).length;
    if (count === 0) return this.#tell(this.#say("typing.empty"));
    if (count > maximumTyped) return this.#tell(this.#say("typing.tooLong", { count, most: maximumTyped }));
    this.#tell("");
    this.#paced.start(text);
    if (!this.#paced.isRunning) this.#tell(this.#say("typing.done"));
  }

  #progress(typed: number, total: number): void {
    const isRunning = total > 0;
    this.#meter.hidden = this.#cancel.hidden = !isRunning;
    this.#start.hidden = isRunning;
    if (isRunning) {
      this.#meter.max = total;
      this.#meter.value = typed;
    } else {
      this.#tell(this.#say("typing.done"));
    }
  }

  #tell(text: string): void {
    setText(this.#status, text);
  }
}
