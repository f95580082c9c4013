// What the desk says about its sign-in: that it ends in a moment, over whatever is in front, and that it is over, in the place
// of everything that names customers.

import { button, element } from "./element.ts";
import type { SignInLeft } from "./presence.ts";
import type { Language, Say } from "./texts/texts.ts";

export class SignInNotice {
  /** Stands in the page always, so that screen readers tell what comes into it. */
  readonly root = element("div", { class: "sign-in-notice", role: "alert" });
  readonly #say: Say;
  readonly #language: Language;
  readonly #stay: () => void;

  constructor(say: Say, language: Language, stay: () => void) {
    this.#say = say;
    this.#language = language;
    this.#stay = stay;
  }

  ending({ isIdle }: SignInLeft): void {
    const say = this.#say;
    const words = element("p", {}, say(isIdle ? "signIn.ending" : "signIn.endingByAge"));
    this.root.replaceChildren(words, ...(isIdle ? [button(say("signIn.stay"), { class: "primary" }, this.#stay)] : []));
  }

  clear(): void {
    this.root.replaceChildren();
  }

  over(): void {
    const say = this.#say;
    const back = element("a", { class: "button primary", href: `/sign-in?return=%2Fdesk&lang=${this.#language}` }, say("signIn.again"));
    this.root.replaceChildren(element("p", {}, say("signIn.over")), back);
  }
}
