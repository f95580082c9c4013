// What the technician is asked when the session is to end while files are on their way: the list, and end now, let the copying
// finish, or go on. The browser's own dialog element keeps the keyboard in it and Escape means go on.

import type { TransferReport } from "../session/transfer-reports.ts";
import { button, element, setText } from "./element.ts";
import { isOwn } from "./file-log.ts";
import { nameText, percentOf } from "./file-words.ts";
import type { Say, TextKey } from "./texts/texts.ts";

const namesShown = 8;

export interface EndDialogEvents {
  readonly endNow: () => void;
  readonly finishFirst: () => void;
  readonly goOn: () => void;
}

export class EndDialog {
  readonly root: HTMLDialogElement;
  readonly #say: Say;
  readonly #heading = element("h2", { id: "ending-heading" });
  readonly #text = element("p", {});
  readonly #list = element("ul", {});
  readonly #more = element("p", { class: "hint" });
  readonly #finish: HTMLButtonElement;
  readonly #goOn: HTMLButtonElement;
  #closing = "";

  constructor(say: Say, events: EndDialogEvents) {
    this.#say = say;
    const choice = (caption: TextKey, weight: string, act: () => void): HTMLButtonElement =>
      button(say(caption), { class: weight }, () => {
        this.root.close();
        act();
      });
    this.#finish = choice("ending.finish", "primary", events.finishFirst);
    this.#goOn = choice("ending.goOn", "quiet", events.goOn);
    const now = choice("ending.now", "danger", events.endNow);
    const actions = element("div", { class: "actions" }, this.#finish, this.#goOn, now);
    this.root = element("dialog", { class: "ending", "aria-labelledby": "ending-heading" }, this.#heading, this.#text, this.#list, this.#more, actions);
    // Escape.
    this.root.addEventListener("cancel", () => events.goOn());
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** @param closing whose tab is to be closed, when that is what was asked for */
  open(inFlight: readonly TransferReport[], closing = ""): void {
    this.#closing = closing;
    this.show(inFlight);
    if (!this.root.open) this.root.showModal();
    // Never the one that cannot be undone.
    (this.#finish.hidden ? this.#goOn : this.#finish).focus();
  }

  close(): void {
    if (this.root.open) this.root.close();
  }

  show(inFlight: readonly TransferReport[]): void {
    const say = this.#say;
    const count = inFlight.length;
    const none = this.#closing === "" ? say("ending.none") : say("ending.sure", { name: this.#closing });
    setText(this.#heading, count === 0 ? none : say(count === 1 ? "ending.headingOne" : "ending.heading", { count }));
    setText(this.#text, count > 0 ? say("ending.text") : this.#closing === "" ? "" : say("ending.sureText"));
    const items = inFlight.slice(0, namesShown).map((one) => {
      const direction = say(isOwn(one) ? "files.toCustomer" : "files.fromCustomer");
      return element("li", {}, element("bdi", {}, nameText(one)), element("span", { class: "hint" }, `${direction}, ${percentOf(one.done, one.size)} %`));
    });
    this.#list.replaceChildren(...items);
    setText(this.#more, count > namesShown ? say("files.more", { count: count - namesShown }) : "");
    this.#finish.hidden = count === 0;
  }
}
