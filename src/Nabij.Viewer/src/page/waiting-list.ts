// The customers who are waiting, longest first, as the server tells it. Names and the like come from customers.

import { button, element, setText } from "./element.ts";
import { spokenMinutes, type Language, type Say } from "./texts/texts.ts";

/** One customer who waits for help. */
export interface WaitingCustomer {
  readonly nameplate: string;
  /** What the customer wants to be called; may be empty. */
  readonly name: string;
  readonly language: string;
  readonly platform: string;
  /** When the customer began to wait, milliseconds since 1970 by this computer's clock. */
  readonly since: number;
}

const refreshMilliseconds = 10_000;
const shownPlatforms: Readonly<Record<string, string>> = { "win-x64": "Windows", "linux-x64": "Linux", "osx-x64": "macOS", "osx-arm64": "macOS" };

export class WaitingList {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #languageNames: Intl.DisplayNames;
  readonly #choose: (customer: WaitingCustomer) => void;
  readonly #list = element("ul", { id: "waiting" });
  readonly #empty: HTMLParagraphElement;
  readonly #offline: HTMLParagraphElement;
  readonly #count = element("span", { class: "count" });
  readonly #items = new Map<string, { readonly item: HTMLLIElement; readonly time: HTMLElement }>();
  #customers: readonly WaitingCustomer[] = [];

  constructor(say: Say, language: Language, choose: (customer: WaitingCustomer) => void) {
    this.#say = say;
    this.#choose = choose;
    this.#languageNames = new Intl.DisplayNames(language, { type: "language", fallback: "code" });
    this.#empty = element("p", { class: "empty" }, say("waiting.empty"));
    this.#offline = element("p", { class: "message", "data-kind": "problem", role: "status", hidden: true });
    const heading = element("h2", { id: "waiting-heading" }, say("waiting.heading"), " ", this.#count);
    this.root = element("section", { class: "card", "aria-labelledby": "waiting-heading" }, heading, this.#offline, this.#list, this.#empty);
    setInterval(() => this.#refreshTimes(), refreshMilliseconds);
    this.show([]);
  }

  find(nameplate: string): WaitingCustomer | null {
    return this.#customers.find((customer) => customer.nameplate === nameplate) ?? null;
  }

  nameOf(customer: WaitingCustomer): string {
    return customer.name.trim() === "" ? this.#say("waiting.nameless") : customer.name;
  }

  waitingTime(customer: WaitingCustomer): string {
    return spokenMinutes(this.#say, (Date.now() - customer.since) / 1000);
  }

  set isOffline(offline: boolean) {
    this.#offline.hidden = !offline;
    setText(this.#offline, offline ? this.#say("waiting.offline") : "");
  }

  /** Shows this list; customers who were there before keep their elements, and with them the focus. */
  show(customers: readonly WaitingCustomer[]): void {
    this.#customers = customers;
    const gone = new Set(this.#items.keys());
    customers.forEach((customer, index) => {
      const name = keyOf(customer);
      gone.delete(name);
      const { item } = this.#items.get(name) ?? this.#make(name, customer);
      if (this.#list.children[index] !== item) this.#list.insertBefore(item, this.#list.children[index] ?? null);
    });
    for (const name of gone) {
      this.#items.get(name)?.item.remove();
      this.#items.delete(name);
    }
    this.#empty.hidden = customers.length > 0;
    setText(this.#count, customers.length > 0 ? String(customers.length) : "");
    this.#refreshTimes();
  }

  #make(name: string, customer: WaitingCustomer): { readonly item: HTMLLIElement } {
    const called = this.nameOf(customer);
    const time = element("span", { class: "time" });
    const choose = button(this.#say("waiting.choose"), { class: "quiet" }, () => this.#choose(customer));
    choose.setAttribute("aria-label", this.#say("waiting.chooseLong", { name: called, nameplate: customer.nameplate }));
    const details = element("span", { class: "details" }, `${this.#language(customer.language)} · ${shownPlatforms[customer.platform] ?? customer.platform} · `, time);
    const item = element(
      "li",
      { "data-nameplate": customer.nameplate },
      element("span", { class: "plate" }, customer.nameplate),
      element("span", { class: "who" }, element("bdi", { class: "name" }, called), details),
      choose,
    );
    this.#items.set(name, { item, time });
    return { item };
  }

  #refreshTimes(): void {
    for (const customer of this.#customers) {
      const made = this.#items.get(keyOf(customer));
      if (made === undefined) continue;
      setText(made.time, this.#say("waiting.since", { time: this.waitingTime(customer) }));
    }
  }

  #language(code: string): string {
    try {
      return this.#languageNames.of(code) ?? code;
    } catch {
      return code;
    }
  }
}

/** Everything that an item shows and that does not change by itself. */
function keyOf({ nameplate, name, language, platform }: WaitingCustomer): string {
  return JSON.stringify([nameplate, name, language, platform]);
}
