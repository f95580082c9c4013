// The waiting room as the desk shows it: the customers who are waiting, longest first, who has taken whom, and what to do when
// nobody waits. Names and the like come from customers. However many wait, few are in the document.

import { button, element, setText } from "./element.ts";
import { clockTime } from "./session-model.ts";
import { spokenMinutes, type Language, type Say } from "./texts/texts.ts";
import { WaitingRoomModel, type WaitingChange, type WaitingCustomer } from "./waiting-room-model.ts";

export interface WaitingRoomEvents {
  /** The technician takes this customer; `over`: from a colleague. */
  readonly take: (customer: WaitingCustomer, over: boolean) => void;
  readonly giveBack: (customer: WaitingCustomer) => void;
  /** These have just come. */
  readonly arrived: (customers: readonly WaitingCustomer[], count: number) => void;
  readonly counted: (count: number) => void;
}

/** What the page knows of itself and its organization. */
export interface WaitingRoomPlace {
  /** The technician's account, 32 hex digits. */
  readonly own: string;
  /** Where customers ask for help. */
  readonly helpPage: string;
  /** What stands above the list: the switches of sound and notices. */
  readonly tools: HTMLElement;
}

const refreshMilliseconds = 1_000;
/** Rows that are in the document at first, and more with each wish for more. */
const rowsAtOnce = 50;
/** So many customers fit on a page and need no search. */
const searchFrom = 8;
/** Who waits longer is marked. */
const longMilliseconds = 10 * 60_000;
const shownPlatforms: Readonly<Record<string, string>> = { "win-x64": "Windows", "linux-x64": "Linux", "osx-x64": "macOS", "osx-arm64": "macOS" };

interface Row {
  readonly item: HTMLLIElement;
  readonly time: HTMLElement;
  readonly customer: WaitingCustomer;
}

export class WaitingRoom {
  readonly root: HTMLElement;
  /** Where other things stand that wait for technicians. */
  readonly beside = element("div", { class: "beside" });
  readonly #say: Say;
  readonly #place: WaitingRoomPlace;
  readonly #events: WaitingRoomEvents;
  readonly #languageNames: Intl.DisplayNames;
  readonly #model = new WaitingRoomModel();
  readonly #list = element("ul", { id: "waiting" });
  readonly #empty: HTMLElement;
  readonly #noMatch: HTMLParagraphElement;
  readonly #offline = element("p", { class: "message", "data-kind": "problem", role: "status", hidden: true });
  readonly #count = element("span", { class: "count" });
  readonly #filter: HTMLElement;
  readonly #query: HTMLInputElement;
  readonly #onlyFree = element("input", { type: "checkbox" });
  readonly #more: HTMLElement;
  readonly #moreText = element("span", {});
  readonly #rows = new Map<string, Row>();
  #limit = rowsAtOnce;
  #isAsked = false;

  constructor(say: Say, language: Language, place: WaitingRoomPlace, events: WaitingRoomEvents) {
    this.#say = say;
    this.#place = place;
    this.#events = events;
    this.#languageNames = new Intl.DisplayNames(language, { type: "language", fallback: "code" });
    this.#empty = this.#makeEmpty();
    this.#noMatch = element("p", { class: "empty", hidden: true }, say("waiting.noMatch"));
    this.#query = element("input", { type: "search", autocomplete: "off", spellcheck: "false", "aria-label": say("waiting.search"), placeholder: say("waiting.search") });
    this.#filter = element("div", { class: "waiting-filter", hidden: true }, this.#query, element("label", {}, this.#onlyFree, say("waiting.onlyFree")));
    this.#more = element("p", { class: "waiting-more", hidden: true }, this.#moreText, button(say("waiting.more", { count: rowsAtOnce }), { class: "quiet" }, () => this.#showMore()));
    const heading = element("h2", { id: "waiting-heading" }, say("waiting.heading"), " ", this.#count);
    const head = element("div", { class: "waiting-head" }, heading, place.tools);
    const card = element("section", { class: "card", "aria-labelledby": "waiting-heading" }, head, this.#offline, this.#filter, this.#list, this.#more, this.#noMatch, this.#empty);
    this.root = element("div", { class: "waiting-room" }, card, this.beside);
    for (const control of [this.#query, this.#onlyFree]) control.addEventListener("input", () => this.#filtered());
    setInterval(() => this.#refreshTimes(), refreshMilliseconds);
    this.#draw();
  }

  get count(): number {
    return this.#model.count;
  }

  find(nameplate: string): WaitingCustomer | null {
    return this.#model.find(nameplate);
  }

  nameOf(customer: WaitingCustomer): string {
    return customer.name.trim() === "" ? this.#say("waiting.nameless") : customer.name;
  }

  waitingTime(customer: WaitingCustomer): string {
    return spokenMinutes(this.#say, (Date.now() - customer.since) / 1000);
  }

  /** Whether a colleague has taken this customer. */
  isOthers(customer: WaitingCustomer): boolean {
    return customer.claim !== null && customer.claim.by !== this.#place.own;
  }

  set isOffline(offline: boolean) {
    this.#offline.hidden = !offline;
    setText(this.#offline, offline ? this.#say("waiting.offline") : "");
  }

  /** The whole list anew. */
  replace(customers: readonly WaitingCustomer[]): void {
    this.#changed(this.#model.replace(customers));
  }

  change(change: WaitingChange): void {
    if (change.came.length + change.gone.length > 0) this.#changed(this.#model.change(change));
  }

  #changed(came: readonly WaitingCustomer[]): void {
    this.#plan();
    this.#events.counted(this.#model.count);
    if (came.length > 0) this.#events.arrived(came, this.#model.count);
  }

  /** Several changes in one frame are drawn once. */
  #plan(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    const draw = (): void => {
      this.#isAsked = false;
      this.#draw();
    };
    // Nothing is painted in a hidden page, but its list is there for screen readers and when it is shown.
    if (document.visibilityState === "hidden") setTimeout(draw);
    else requestAnimationFrame(draw);
  }

  #filtered(): void {
    this.#limit = rowsAtOnce;
    this.#draw();
  }

  #showMore(): void {
    const first = this.#list.children.length;
    this.#limit += rowsAtOnce;
    this.#draw();
    this.#list.children[first]?.querySelector("button")?.focus();
  }

  /** Customers who were shown before keep their elements, and with them the focus. */
  #draw(): void {
    const { count } = this.#model;
    const wanted = this.#model.shown({ query: this.#query.value, onlyFree: this.#onlyFree.checked }, this.#place.own, (customer) => this.#words(customer));
    const shown = wanted.slice(0, this.#limit);
    const gone = new Set(this.#rows.keys());
    shown.forEach((customer, index) => {
      const key = keyOf(customer);
      gone.delete(key);
      const { item } = this.#rows.get(key) ?? this.#make(key, customer);
      if (this.#list.children[index] !== item) this.#list.insertBefore(item, this.#list.children[index] ?? null);
    });
    this.#forget(gone, shown);
    this.#empty.hidden = count > 0;
    this.#noMatch.hidden = count === 0 || wanted.length > 0;
    this.#filter.hidden = count < searchFrom && this.#query.value === "" && !this.#onlyFree.checked;
    this.#more.hidden = wanted.length <= shown.length;
    setText(this.#moreText, this.#say("waiting.shown", { shown: shown.length, count: wanted.length }));
    setText(this.#count, count > 0 ? String(count) : "");
    this.#refreshTimes();
  }

  /** Takes rows away; the focus of one that was only drawn anew goes on to the new one. */
  #forget(gone: ReadonlySet<string>, shown: readonly WaitingCustomer[]): void {
    for (const key of gone) {
      const row = this.#rows.get(key);
      this.#rows.delete(key);
      const hadFocus = row?.item.contains(document.activeElement) === true;
      row?.item.remove();
      const again = hadFocus ? shown.find(({ nameplate }) => nameplate === row?.customer.nameplate) : undefined;
      if (again !== undefined) this.#rows.get(keyOf(again))?.item.querySelector("button")?.focus();
    }
  }

  #make(key: string, customer: WaitingCustomer): Row {
    const say = this.#say;
    const time = element("span", { class: "time" });
    const details = element("span", { class: "details" }, `${this.#language(customer.language)} · ${platformOf(customer)} · `, time);
    const who = element("span", { class: "who" }, element("bdi", { class: "name" }, this.nameOf(customer)), details);
    const isOwn = customer.claim?.by === this.#place.own;
    if (customer.claim !== null) {
      who.append(element("span", { class: "claimed" }, isOwn ? say("waiting.own") : say("waiting.takenBy", { name: customer.claim.name })));
    }
    const item = element(
      "li", { "data-nameplate": customer.nameplate, "data-claim": customer.claim === null ? "" : isOwn ? "own" : "other" },
      element("span", { class: "plate" }, customer.nameplate), who, ...this.#buttons(customer, isOwn),
    );
    const row = { item, time, customer };
    this.#rows.set(key, row);
    return row;
  }

  #buttons(customer: WaitingCustomer, isOwn: boolean): HTMLButtonElement[] {
    const say = this.#say;
    const values = { name: this.nameOf(customer), nameplate: customer.nameplate };
    if (isOwn) {
      return [
        button(say("waiting.typeCode"), { class: "primary", "aria-label": say("waiting.typeCodeLong", values) }, () => this.#events.take(customer, false)),
        button(say("waiting.giveBack"), { class: "quiet", "aria-label": say("waiting.giveBackLong", values) }, () => this.#events.giveBack(customer)),
      ];
    }
    const over = customer.claim !== null;
    const caption = say(over ? "waiting.takeOver" : "waiting.take");
    const label = say(over ? "waiting.takeOverLong" : "waiting.takeLong", { ...values, other: customer.claim?.name ?? "" });
    return [button(caption, { class: "quiet", "aria-label": label }, () => this.#events.take(customer, over))];
  }

  #makeEmpty(): HTMLElement {
    const say = this.#say;
    const address = element("a", { href: this.#place.helpPage, target: "_blank", rel: "noopener" }, this.#place.helpPage);
    const copied = element("span", { role: "status" });
    const copy = button(say("waiting.copyAddress"), { class: "quiet" }, () => {
      void navigator.clipboard.writeText(this.#place.helpPage).then(() => setText(copied, say("waiting.copied")), () => undefined);
    });
    const steps = element("ol", {}, element("li", {}, say("waiting.step1"), " ", address, " ", copy, " ", copied), element("li", {}, say("waiting.step2")), element("li", {}, say("waiting.step3")));
    return element("div", { class: "empty" }, element("p", {}, say("waiting.empty")), steps);
  }

  #refreshTimes(): void {
    const now = Date.now();
    for (const { time, customer, item } of this.#rows.values()) {
      setText(time, this.#say("waiting.since", { time: clockTime(now - customer.since) }));
      item.toggleAttribute("data-long", now - customer.since > longMilliseconds);
    }
  }

  /** Everything that a search looks at. */
  #words(customer: WaitingCustomer): string {
    return `${customer.nameplate} ${this.nameOf(customer)} ${this.#language(customer.language)} ${platformOf(customer)} ${customer.claim?.name ?? ""}`;
  }

  #language(code: string): string {
    try {
      return this.#languageNames.of(code) ?? code;
    } catch {
      return code;
    }
  }
}

function platformOf({ platform }: WaitingCustomer): string {
  return Object.hasOwn(shownPlatforms, platform) ? (shownPlatforms[platform] ?? platform) : platform;
}

/** Everything that a row shows and that does not change by itself. */
function keyOf({ nameplate, place, name, language, platform, claim }: WaitingCustomer): string {
  return JSON.stringify([nameplate, place, name, language, platform, claim?.by, claim?.name]);
}
