// One line that says for a moment what has just happened, over whatever is shown; screen readers are told it too.

import { element, setText } from "./element.ts";

const shownMilliseconds = 6_000;

export class Toast {
  readonly root = element("p", { class: "toast", role: "status" });
  #hide = 0;

  tell(text: string, milliseconds = shownMilliseconds): void {
    setText(this.root, text);
    this.root.classList.add("is-shown");
    clearTimeout(this.#hide);
    this.#hide = window.setTimeout(() => this.hide(), milliseconds);
  }

  hide(): void {
    this.root.classList.remove("is-shown");
  }
}
