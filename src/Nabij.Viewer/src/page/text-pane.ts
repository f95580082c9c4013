// The customer's text, in a pane of its own beside the picture: shown as text, and put on the technician's clipboard only by
// the press of Copy. It takes no keys by itself: the technician may be typing at the customer's.

import { button, element, setText } from "./element.ts";
import { peerText } from "./peer-text.ts";
import type { Say } from "./texts/texts.ts";

/** So much is shown of it; Copy takes all. */
const mostShown = 20_000;

export class TextPane {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #heading = element("h2", { id: "text-heading" });
  readonly #field: HTMLTextAreaElement;
  readonly #length = element("p", { class: "hint" });
  readonly #status = element("p", { class: "hint", role: "status" });
  #text = "";

  /** @param closed the keyboard goes back to the picture */
  constructor(say: Say, closed: () => void) {
    this.#say = say;
    this.#field = element("textarea", { readonly: true, rows: 6, "aria-labelledby": "text-heading" });
    const close = (): void => {
      this.#forget();
      closed();
    };
    const copy = button(say("text.copy"), { class: "primary" }, () => void this.#copy());
    const cross = button("✕", { class: "quiet", "aria-label": say("text.close"), title: say("text.close") }, close);
    this.root = element("aside", { id: "text", "aria-labelledby": "text-heading", hidden: true },
      element("header", {}, this.#heading, cross), this.#field, this.#length, copy, this.#status);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
  }

  /** @param text of the customer; @param name what the customer is called */
  show(text: string, name: string): void {
    this.#text = text;
    const characters = Array.from(text);
    this.#field.value = peerText(characters.slice(0, mostShown).join(""));
    setText(this.#heading, this.#say("text.heading", { name }));
    const isWhole = characters.length <= mostShown;
    setText(this.#length, this.#say(isWhole ? "text.length" : "text.lengthMore", { count: characters.length, shown: mostShown }));
    setText(this.#status, "");
    this.root.hidden = false;
  }

  /** The session is over: nothing of the customer's stays on the page. */
  end(): void {
    this.#forget();
  }

  #forget(): void {
    this.#text = this.#field.value = "";
    this.root.hidden = true;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#text);
      setText(this.#status, this.#say("text.copied"));
    } catch {
      this.#field.select();
      setText(this.#status, this.#say("text.refused"));
    }
  }
}
