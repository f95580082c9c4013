// The part of the panel for copied text: puts the technician's clipboard on the customer's, and asks for what the customer
// copied. Reads the technician's clipboard at that very press and at no other time; where the browser refuses, there is a box
// to paste into.

import { permissions } from "../protocol/permissions.ts";
import type { TextOutcome } from "../session/clipboard-exchange.ts";
import { button, element, setText } from "./element.ts";
import type { SessionModel } from "./session-model.ts";
import type { Say, TextKey } from "./texts/texts.ts";

export interface ClipboardSectionEvents {
  readonly place: (text: string) => void;
  readonly request: () => void;
  readonly ask: (permissions: number) => void;
}

/** A host takes no more sooner. */
const restMilliseconds = { place: 1_000, request: 5_000 } as const;

const placeTexts: Readonly<Record<TextOutcome, TextKey>> = {
  placed: "clipboard.placed",
  failed: "clipboard.placeFailed",
  declined: "clipboard.notNow",
  empty: "clipboard.ownEmpty",
  "too-large": "clipboard.ownTooLarge",
  unanswered: "clipboard.notNow",
  "not-now": "clipboard.notNow",
  "too-often": "clipboard.tooOften",
  lost: "clipboard.lost",
};

const requestTexts: Readonly<Record<TextOutcome, TextKey>> = {
  placed: "clipboard.getFailed",
  failed: "clipboard.getFailed",
  declined: "clipboard.declined",
  empty: "clipboard.empty",
  "too-large": "clipboard.tooLarge",
  unanswered: "clipboard.unanswered",
  "not-now": "clipboard.notNow",
  "too-often": "clipboard.tooOften",
  lost: "clipboard.lost",
};

export class ClipboardSection {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #events: ClipboardSectionEvents;
  readonly #over: AbortSignal;
  readonly #place: HTMLButtonElement;
  readonly #request: HTMLButtonElement;
  readonly #paste: HTMLFormElement;
  readonly #field: HTMLTextAreaElement;
  readonly #status = element("p", { class: "hint", role: "status" });
  #isPlacing = false;
  #isAsking = false;
  #model: SessionModel | null = null;

  constructor(say: Say, events: ClipboardSectionEvents, over: AbortSignal) {
    this.#say = say;
    this.#events = events;
    this.#over = over;
    this.#place = button("", { class: "quiet" }, () => void this.#pressedPlace());
    this.#request = button("", { class: "quiet" }, () => this.#pressedRequest());
    this.#field = element("textarea", { rows: 3, "aria-label": say("clipboard.paste"), placeholder: say("clipboard.paste") });
    this.#paste = element("form", { hidden: true }, this.#field, element("button", { type: "submit", class: "quiet" }, say("clipboard.pasteSend")));
    this.#paste.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(this.#field.value);
    });
    this.root = element("section", { class: "clipboard" }, element("h2", {}, say("clipboard.heading")), this.#place, this.#paste, this.#request, this.#status);
  }

  show(model: SessionModel): void {
    this.#model = model;
    const { CLIPBOARD_TO_HOST, CLIPBOARD_FROM_HOST } = permissions;
    this.root.hidden = (model.ceiling & (CLIPBOARD_TO_HOST | CLIPBOARD_FROM_HOST)) === 0 || model.state === "waiting-for-customer";
    this.#showButton(this.#place, CLIPBOARD_TO_HOST, this.#isPlacing, ["clipboard.place", "clipboard.askPlace"]);
    this.#showButton(this.#request, CLIPBOARD_FROM_HOST, this.#isAsking, ["clipboard.get", "clipboard.askGet"]);
    if (!this.#may(CLIPBOARD_TO_HOST)) this.#paste.hidden = true;
    if (this.#isAsking && model.state === "stopped" && model.pause === "private-moment") setText(this.#status, this.#say("clipboard.reading"));
  }

  /** What came of the technician's text. */
  placed(outcome: TextOutcome): void {
    setText(this.#status, this.#say(placeTexts[outcome]));
    this.#rest(restMilliseconds.place, () => (this.#isPlacing = false));
  }

  /** Why the customer's text does not come. */
  refused(outcome: TextOutcome): void {
    setText(this.#status, this.#say(requestTexts[outcome]));
    this.#rest(restMilliseconds.request, () => (this.#isAsking = false));
  }

  /** The customer's text has come. */
  came(wasAsked: boolean): void {
    setText(this.#status, this.#say("clipboard.came"));
    if (wasAsked) this.#rest(restMilliseconds.request, () => (this.#isAsking = false));
  }

  #may(permission: number): boolean {
    return this.#model?.state === "active" && (this.#model.granted & permission) !== 0;
  }

  #showButton(target: HTMLButtonElement, permission: number, isUnderWay: boolean, captions: readonly [may: TextKey, ask: TextKey]): void {
    const model = this.#model;
    if (model === null) return;
    target.hidden = (model.ceiling & permission) === 0;
    setText(target, this.#say(captions[this.#may(permission) || model.state !== "active" ? 0 : 1]));
    // A button that is disabled while it has the keyboard would lose it.
    target.setAttribute("aria-disabled", String(model.state !== "active" || isUnderWay || (!this.#may(permission) && model.asking !== "none")));
  }

  async #pressedPlace(): Promise<void> {
    if (isOff(this.#place)) return;
    if (!this.#may(permissions.CLIPBOARD_TO_HOST)) return this.#events.ask(permissions.CLIPBOARD_TO_HOST);
    let text: string;
    try {
      text = await navigator.clipboard.readText();
    } catch {
      setText(this.#status, this.#say("clipboard.refused"));
      this.#paste.hidden = false;
      this.#field.focus();
      return;
    }
    this.#send(text);
  }

  #pressedRequest(): void {
    if (isOff(this.#request)) return;
    if (!this.#may(permissions.CLIPBOARD_FROM_HOST)) return this.#events.ask(permissions.CLIPBOARD_FROM_HOST);
    this.#isAsking = true;
    setText(this.#status, this.#say("clipboard.asked"));
    this.#events.request();
    this.#showAgain();
  }

  #send(text: string): void {
    if (this.#isPlacing || !this.#may(permissions.CLIPBOARD_TO_HOST)) return;
    this.#isPlacing = true;
    // What was pasted is not kept on the page.
    this.#field.value = "";
    setText(this.#status, this.#say("clipboard.sending"));
    this.#events.place(text);
    this.#showAgain();
  }

  #rest(milliseconds: number, done: () => void): void {
    const timer = setTimeout(() => {
      done();
      this.#showAgain();
    }, milliseconds);
    this.#over.addEventListener("abort", () => clearTimeout(timer));
  }

  #showAgain(): void {
    if (this.#model !== null) this.show(this.#model);
  }
}

function isOff(target: HTMLButtonElement): boolean {
  return target.getAttribute("aria-disabled") === "true";
}
