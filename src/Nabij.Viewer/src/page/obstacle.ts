// Why there is nothing to see although the customer lets the technician look.

import type { WorkerToPage } from "../session/worker-messages.ts";
import { element, setText } from "./element.ts";
import type { Say } from "./texts/texts.ts";

export class Obstacle {
  readonly root = element("p", { class: "obstacle", role: "alert", hidden: true });
  readonly #say: Say;

  constructor(say: Say) {
    this.#say = say;
  }

  get isShown(): boolean {
    return !this.root.hidden;
  }

  /** @param fits whether this browser can show a picture of that size */
  show({ width, height, displays }: Extract<WorkerToPage, { type: "layout" }>, fits: boolean): void {
    const isShared = displays.length > 0;
    this.root.hidden = fits && isShared;
    const text = isShared ? this.#say("picture.tooLarge", { width, height }) : this.#say("picture.nothingShared");
    setText(this.root, this.root.hidden ? "" : text);
  }
}
