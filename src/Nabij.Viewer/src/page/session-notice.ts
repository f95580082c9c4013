// The card over the picture that says where the session stands while there is no picture to look at. Its heading is the
// status for everybody: screen readers are told of each change, and it stays there, out of sight, while the session runs.

import { button, element, setText } from "./element.ts";
import { protection } from "./protection.ts";
import { clockTime, explanation, isLookTaken, statusText, type SessionModel } from "./session-model.ts";
import type { Say } from "./texts/texts.ts";

export interface SessionNoticeEvents {
  /** Give up connecting, or end the session. */
  readonly end: () => void;
  readonly numbersDiffer: () => void;
  readonly askLook: () => void;
  readonly back: () => void;
  /** To the list of files, at the end. */
  readonly files: () => void;
  /** To what the technician writes about the session. */
  readonly notes: () => void;
}

export class SessionNotice {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #status = element("p", { id: "status", role: "status", "aria-live": "polite" });
  readonly #text = element("p", { class: "text" });
  readonly #machine = element("p", { class: "hint" });
  readonly #number = element("output", { class: "check-number" });
  readonly #check: HTMLElement;
  readonly #duration = element("p", { class: "hint" });
  readonly #protection: HTMLElement;
  readonly #actions: Readonly<Record<"cancel" | "end" | "askLook" | "back" | "notes" | "files", HTMLButtonElement>>;

  constructor(say: Say, events: SessionNoticeEvents) {
    this.#say = say;
    this.#check = element(
      "div",
      { class: "check" },
      element("span", { class: "label" }, say("checkNumber.label")),
      this.#number,
      element("p", { class: "hint" }, say("checkNumber.text")),
      button(say("checkNumber.differs"), { class: "link danger" }, events.numbersDiffer),
    );
    this.#protection = protection(say);
    this.#actions = {
      cancel: button(say("connecting.cancel"), { class: "quiet" }, events.end),
      end: button(say("bar.end"), { class: "danger" }, events.end),
      askLook: button(say("grant.askLook"), { class: "primary" }, events.askLook),
      back: button(say("ended.again"), { class: "primary" }, events.back),
      notes: button(say("notes.open"), { class: "quiet" }, events.notes),
      files: button(say("files.open"), { class: "quiet" }, events.files),
    };
    const actions = element("div", { class: "actions" }, ...Object.values(this.#actions));
    const progress = element("div", { class: "progress", "aria-hidden": "true" });
    this.root = element(
      "section", { class: "notice", tabindex: -1, "aria-labelledby": "status" },
      progress, this.#status, this.#text, this.#machine, this.#check, this.#duration, this.#protection, actions,
    );
  }

  show(model: SessionModel): void {
    const { state } = model;
    this.root.dataset["state"] = isLookTaken(model) ? "look-taken" : state;
    setText(this.#status, statusText(this.#say, model));
    this.#status.dataset["state"] = state;
    setText(this.#text, explanation(this.#say, model));
    const who = [model.machine, model.user].filter((part) => part !== "").join(" · ");
    setText(this.#machine, this.#say("waitingCustomer.who", { machine: who }));
    this.#machine.hidden = state !== "waiting-for-customer" || who === "";
    setText(this.#number, model.checkNumber);
    this.#check.hidden = state !== "waiting-for-customer";
    this.#protection.hidden = state !== "waiting-for-customer";
    const lasted = model.establishedAt !== null && model.endedAt !== null ? model.endedAt - model.establishedAt : null;
    setText(this.#duration, lasted === null ? "" : this.#say("ended.duration", { time: clockTime(lasted) }));
    this.#duration.hidden = lasted === null;
    this.#actions.cancel.hidden = state !== "connecting" && state !== "waiting-for-customer";
    this.#actions.end.hidden = state !== "stopped" && state !== "resuming" && !isLookTaken(model);
    this.#actions.askLook.hidden = !isLookTaken(model);
    this.#actions.askLook.disabled = model.asking !== "none";
    this.#actions.back.hidden = state !== "ended";
    this.#actions.notes.hidden = state !== "ended" || model.establishedAt === null;
    this.#actions.files.hidden = state !== "ended" || model.filesArrived + model.filesInFlight === 0;
  }

  /** Takes the keyboard from the picture. Not to a button: a key that is still being pressed would press it unread. */
  focus(): void {
    this.root.focus();
  }
}
