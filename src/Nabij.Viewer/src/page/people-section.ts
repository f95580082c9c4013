// Who takes part in the session, in the panel: names, roles, who has mouse and keyboard; taking control, and asking the
// customer for a colleague who comes along or takes over (docs/protocol/13-participants.md).

import { longestName, longestReason, type Invitation, type InvitePurpose, type Participant, type People } from "../protocol/people.ts";
import { permissions } from "../protocol/permissions.ts";
import { button, element, setText } from "./element.ts";
import { peerText } from "./peer-text.ts";
import { clockTime, type SessionModel } from "./session-model.ts";
import type { Say, TextKey } from "./texts/texts.ts";

export interface PeopleSectionEvents {
  readonly invite: (purpose: InvitePurpose, name: string, reason: string) => void;
  readonly withdraw: () => void;
  readonly takeControl: () => void;
}

const maximumParticipants = 4;
const control = permissions.POINTER | permissions.KEYBOARD;

export class PeopleSection {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #events: PeopleSectionEvents;
  readonly #list = element("ul", { class: "people" });
  readonly #take: HTMLButtonElement;
  readonly #open: HTMLButtonElement;
  readonly #form: HTMLFormElement;
  readonly #name: HTMLInputElement;
  readonly #reason: HTMLInputElement;
  readonly #takesOver = element("input", { type: "checkbox" });
  readonly #state = element("p", { class: "hint", role: "status" });
  readonly #code = element("p", { class: "people-code", hidden: true });
  readonly #withdraw: HTMLButtonElement;
  #people: People | null = null;
  #toldAt = 0;
  #invited = "";
  #invitation: Invitation | null = null;
  #model: SessionModel | null = null;

  constructor(say: Say, events: PeopleSectionEvents) {
    this.#say = say;
    this.#events = events;
    this.#take = button(say("people.take"), { class: "primary", hidden: true }, events.takeControl);
    this.#open = button(say("people.invite"), { class: "quiet", "aria-expanded": "false" }, () => this.#showForm(this.#form.hidden));
    this.#name = element("input", { type: "text", maxlength: longestName, required: true, autocomplete: "off" });
    this.#reason = element("input", { type: "text", maxlength: longestReason / 2, autocomplete: "off" });
    this.#withdraw = button(say("people.withdraw"), { class: "quiet", hidden: true }, events.withdraw);
    this.#form = this.#makeForm();
    this.root = element(
      "section", { id: "people" }, element("h2", {}, say("people.heading")), this.#list, this.#take, this.#open, this.#form, this.#state, this.#code, this.#withdraw,
    );
    this.#show();
  }

  /** Who this person is, for the chat; null for nobody who is here. */
  nameOf(person: number): string | null {
    const one = this.#people?.participants.find((each) => each.person === person);
    return one === undefined ? null : peerText(one.name);
  }

  show(model: SessionModel): void {
    this.#model = model;
    this.#show();
  }

  told(people: People): void {
    this.#people = people;
    this.#toldAt = Date.now();
    this.#show();
  }

  invited(invitation: Invitation): void {
    this.#invitation = invitation;
    this.#show();
  }

  /** Time goes on. */
  tick(): void {
    const people = this.#people;
    if (people === null) return;
    const since = Math.floor((Date.now() - this.#toldAt) / 1_000);
    for (const [index, item] of [...this.#list.children].entries()) {
      const one = people.participants[index];
      const time = item.querySelector("time");
      if (one !== undefined && time !== null) setText(time, clockTime((one.seconds + since) * 1_000));
    }
  }

  #makeForm(): HTMLFormElement {
    const say = this.#say;
    const send = element("button", { type: "submit", class: "primary" }, say("people.ask"));
    const label = (caption: TextKey, field: HTMLElement): HTMLElement => element("label", {}, say(caption), field);
    const over = element("label", { class: "people-over" }, this.#takesOver, say("people.takeOver"));
    const form = element("form", { hidden: true }, label("people.name", this.#name), label("people.reason", this.#reason), over, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask();
    });
    return form;
  }

  #showForm(isShown: boolean): void {
    this.#form.hidden = !isShown;
    this.#open.setAttribute("aria-expanded", String(isShown));
    if (isShown) this.#name.focus();
  }

  #ask(): void {
    const name = fit(this.#name.value, longestName);
    if (name === "") return;
    this.#invited = name;
    this.#events.invite(this.#takesOver.checked ? "take-over" : "come-along", name, fit(this.#reason.value, longestReason));
    this.#name.value = this.#reason.value = "";
    this.#showForm(false);
  }

  #show(): void {
    const say = this.#say;
    const people = this.#people;
    this.root.hidden = people === null;
    if (people === null) return;
    this.#list.replaceChildren(...people.participants.map((one) => this.#item(one, people)));
    this.tick();
    const own = people.participants.find(({ person }) => person === people.own);
    const mayTake = own !== undefined && (own.permissions & control) !== 0 && people.control !== people.own && people.participants.length > 1;
    this.#take.hidden = !mayTake;
    const state = this.#invitation?.state ?? null;
    const isOpen = state === "asked" || state === "code";
    this.#open.hidden = isOpen || people.participants.length >= maximumParticipants || this.#model?.state !== "active";
    if (this.#open.hidden) this.#form.hidden = true;
    setText(this.#state, state === null ? "" : say(`people.state.${state}`, { name: this.#invited }));
    const code = this.#invitation?.code ?? "";
    this.#code.hidden = code === "";
    setText(this.#code, code.replace(/(\d{3})(?=\d)/g, "$1 "));
    this.#withdraw.hidden = !isOpen;
  }

  #item(one: Participant, people: People): HTMLElement {
    const say = this.#say;
    const marks: string[] = [];
    if (one.person === people.own) marks.push(say("people.you"));
    if (one.role === "relative") marks.push(say("people.relative"));
    if (one.person === people.control) marks.push(say("people.controls"));
    if (one.away) marks.push(say("people.away"));
    return element("li", {}, element("bdi", {}, peerText(one.name)), " ", element("span", { class: "mark" }, marks.join(", ")), " ", element("time"));
  }
}

/** Within so many bytes of UTF-8, without control characters. */
function fit(typed: string, mostBytes: number): string {
  let kept = "";
  let bytes = 0;
  for (const character of typed.replace(/[\u0000-\u001f\u007f-\u009f\ufeff]/g, " ").replace(/\p{Surrogate}/gu, "").trim()) {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept.trim();
}
