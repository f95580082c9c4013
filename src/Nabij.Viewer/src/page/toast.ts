// One line that says for a moment what has just happened, over whatever is shown; screen readers are told it too.

import { element, setText } from "./element.ts";

const shownMilliseconds = 6_000;

export class Toast {
  readonly root = element("p", { class: "toast", role: "status" });
  #hide = 0;
  #about = "";

  /** @param about what it tells of, for `forget` */
  tell(text: string, milliseconds = shownMilliseconds, about = ""): void {
    this.#about = about;
    setText(this.root, text);
    this.root.classList.add("is-shown");
    clearTimeout(this.#hide);
    this.#hide = window.setTimeout(() => this.hide(), milliseconds);
  }

  hide(): void {
    this.root.classList.remove("is-shown");
  }

  /** What it tells is no longer so. */
  forget(about: string): void {
    if (this.#about === about) this.hide();
  }
}
