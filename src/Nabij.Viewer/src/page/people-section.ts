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
  /** Says it where whoever looks at the picture sees it. */
  readonly tell: (text: string) => void;
}

const maximumParticipants = 4;
/** How long the customer may think about whether somebody may look. */
const answerMilliseconds = 120_000;
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
  readonly #copy: HTMLButtonElement;
  readonly #withdraw: HTMLButtonElement;
  #people: People | null = null;
  #toldAt = 0;
  #invited = "";
  #invitation: Pick<Invitation, "state" | "code"> | null = null;
  #invitedAt = 0;
  /** The newest person when the invitation began: whoever came by it has a higher number. */
  #newest = 0;
  #model: SessionModel | null = null;

  constructor(say: Say, events: PeopleSectionEvents) {
    this.#say = say;
    this.#events = events;
    this.#take = button(say("people.take"), { class: "primary", hidden: true }, () => this.takeControl());
    this.#copy = button(say("people.copy"), { class: "quiet", hidden: true }, () => void this.#copyCode());
    this.#open = button(say("people.invite"), { class: "quiet", "aria-expanded": "false" }, () => this.#showForm(this.#form.hidden));
    this.#name = element("input", { type: "text", maxlength: longestName, required: true, autocomplete: "off" });
    this.#reason = element("input", { type: "text", maxlength: longestReason / 2, autocomplete: "off" });
    this.#withdraw = button(say("people.withdraw"), { class: "quiet", hidden: true }, events.withdraw);
    this.#form = this.#makeForm();
    this.root = element(
      "section", { id: "people" }, element("h2", {}, say("people.heading")), this.#list, this.#take, this.#open, this.#form, this.#state, this.#code, this.#copy, this.#withdraw,
    );
    this.#state.tabIndex = -1;
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
    const before = this.#people;
    this.#people = people;
    this.#toldAt = Date.now();
    this.#show();
    if (before !== null && before.control !== people.control && people.participants.length > 1) this.#tellControl(before, people);
  }

  invited(invitation: Invitation): void {
    this.#invitation = invitation;
    this.#invitedAt = Date.now();
    setText(this.#copy, this.#say("people.copy"));
    this.#show();
  }

  /** Takes mouse and keyboard, where somebody else has them and the customer allows it; else says why not. */
  takeControl(): void {
    if (this.#mayTake) this.#events.takeControl();
    else this.#events.tell(this.#say(this.#people !== null && this.#people.control === this.#people.own ? "people.haveControl" : "people.mayNotTake"));
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
    if (this.#invitation?.state === "joined" && Date.now() - this.#invitedAt > answerMilliseconds) {
      this.#invitation = null;
      this.#show();
    }
  }

  get #mayTake(): boolean {
    const people = this.#people;
    const own = people?.participants.find(({ person }) => person === people.own);
    return people !== null && own !== undefined && (own.permissions & control) !== 0 && people.control !== people.own && people.participants.length > 1;
  }

  #tellControl(before: People, now: People): void {
    const name = this.nameOf(now.control);
    if (now.control === now.own) this.#events.tell(this.#say("people.nowYou"));
    else if (before.control === before.own && name !== null) this.#events.tell(this.#say("people.nowOther", { name }));
  }

  async #copyCode(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#invitation?.code ?? "");
      setText(this.#copy, this.#say("people.copied"));
    } catch {
      // The code stands there to be read and selected.
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
    this.#invitation = { state: "asked", code: "" };
    this.#newest = Math.max(0, ...(this.#people?.participants ?? []).map(({ person }) => person));
    this.#showForm(false);
    this.#show();
    this.#withdraw.focus();
  }

  #show(): void {
    const say = this.#say;
    const people = this.#people;
    this.root.hidden = people === null;
    if (people === null) return;
    this.#list.replaceChildren(...people.participants.map((one) => this.#item(one, people)));
    this.tick();
    const focused = document.activeElement;
    this.#take.hidden = !this.#mayTake;
    // Whoever used the code has been let in; that is told before or after its use.
    if (this.#invitation?.state === "joined" && people.participants.some(({ person }) => person > this.#newest)) this.#invitation = null;
    const state = this.#invitation?.state ?? null;
    const isOpen = state === "asked" || state === "code";
    this.#open.hidden = isOpen || people.participants.length >= maximumParticipants || this.#model?.state !== "active";
    if (this.#open.hidden) this.#form.hidden = true;
    setText(this.#state, state === null ? "" : say(`people.state.${state}`, { name: this.#invited }));
    const code = this.#invitation?.code ?? "";
    this.#code.hidden = code === "";
    setText(this.#code, code.replace(/(\d{3})(?=\d)/g, "$1 "));
    this.#copy.hidden = code === "";
    this.#withdraw.hidden = !isOpen;
    // The panel stays where it is, and the keyboard in it.
    if (focused instanceof HTMLElement && this.root.contains(focused) && focused.closest("[hidden]") !== null) {
      if (this.#state.textContent === "") this.#open.focus();
      else this.#state.focus();
    }
  }

  #item(one: Participant, people: People): HTMLElement {
    const say = this.#say;
    const marks: string[] = [];
    if (one.person === people.own) marks.push(say("people.you"));
    if (one.role === "relative") marks.push(say("people.relative"));
    if (one.person === people.control) marks.push(say("people.controls"));
    if (one.away) marks.push(say("people.away"));
    return element("li", {}, element("bdi", {}, peerText(one.name)), " ", element("time"), " ", element("span", { class: "mark" }, marks.join(", ")));
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
