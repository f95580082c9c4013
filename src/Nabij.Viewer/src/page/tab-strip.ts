// The sessions that are open, as tabs beside the waiting room: whose each is, where it stands, and what waits in it. Stands above
// the picture and takes no room of it while there is only one session; in full screen it is away.

import { button, element, setText } from "./element.ts";
import { marksOf, stateWord, type Attention, type Glance } from "./glance.ts";
import type { Say } from "./texts/texts.ts";

/** What one tab shows. */
export interface Tab {
  /** Stays the same for as long as the tab is there. */
  readonly key: number;
  readonly glance: Glance;
  readonly isFront: boolean;
  readonly attention: Attention | null;
}

export interface TabStripEvents {
  /** null: the waiting room. */
  readonly choose: (key: number | null) => void;
  readonly close: (key: number) => void;
}

interface Item {
  readonly item: HTMLLIElement;
  readonly open: HTMLButtonElement;
  readonly name: HTMLElement;
  readonly state: HTMLElement;
  readonly close: HTMLButtonElement;
}

export class TabStrip {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #events: TabStripEvents;
  readonly #list = element("ul", {});
  readonly #desk: HTMLButtonElement;
  readonly #items = new Map<number, Item>();

  constructor(say: Say, events: TabStripEvents) {
    this.#say = say;
    this.#events = events;
    this.#desk = button("", { class: "tab desk-tab" }, () => events.choose(null));
    this.#list.append(element("li", {}, this.#desk));
    this.root = element("nav", { class: "tabs", "aria-label": say("tabs.label"), hidden: true }, this.#list);
  }

  /** @param waiting how many customers wait */
  show(tabs: readonly Tab[], waiting: number): void {
    const isDesk = tabs.every(({ isFront }) => !isFront);
    this.root.hidden = tabs.length === 0 || (tabs.length === 1 && !isDesk);
    setText(this.#desk, this.#say(waiting === 0 ? "tabs.waitingRoom" : "tabs.waitingRoomCount", { count: waiting }));
    mark(this.#desk, isDesk);
    const gone = new Set(this.#items.keys());
    for (const tab of tabs) {
      gone.delete(tab.key);
      this.#show(this.#items.get(tab.key) ?? this.#make(tab.key), tab);
    }
    for (const key of gone) {
      this.#items.get(key)?.item.remove();
      this.#items.delete(key);
    }
  }

  #show({ item, open, name, state, close }: Item, { glance, isFront, attention }: Tab): void {
    const say = this.#say;
    const called = glance.customer.trim() === "" ? say("waiting.nameless") : glance.customer;
    const words = [stateWord(say, glance), ...marksOf(say, glance)].join(" · ");
    setText(name, called);
    setText(state, words);
    item.dataset["state"] = glance.isLookTaken ? "stopped" : glance.state;
    item.toggleAttribute("data-attention", attention !== null);
    mark(open, isFront);
    const label = `${called}, ${words}${attention === null ? "" : `, ${say("tabs.attention")}`}`;
    if (open.getAttribute("aria-label") !== label) open.setAttribute("aria-label", label);
    open.title = label;
    const closing = say(glance.state === "ended" ? "tabs.close" : "tabs.end", { name: called });
    close.setAttribute("aria-label", closing);
    close.title = closing;
  }

  #make(key: number): Item {
    const name = element("bdi", { class: "tab-name" });
    const state = element("span", { class: "tab-state" });
    const open = button("", { class: "tab" }, () => this.#events.choose(key));
    open.append(element("span", { class: "dot", "aria-hidden": "true" }), element("span", { class: "tab-words" }, name, state));
    const close = button("✕", { class: "tab-close" }, () => this.#events.close(key));
    const item = element("li", {}, open, close);
    this.#list.append(item);
    const made = { item, open, name, state, close };
    this.#items.set(key, made);
    return made;
  }
}

function mark(tab: HTMLButtonElement, isFront: boolean): void {
  if (isFront) tab.setAttribute("aria-current", "true");
  else tab.removeAttribute("aria-current");
}
